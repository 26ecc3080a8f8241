/** The ZIP container of XLSX and ODS (APPNOTE 6.3, without ZIP64): written in order, read within a bound so that a small file cannot swell. */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly text: string;
  /** ODF wants its first part uncompressed. */
  readonly stored?: boolean;
}

/** 1 January 1980: equal parts give equal bytes. */
const DAY = 0x21;
const UTF8_NAMES = 0x800;

export function zip(parts: readonly ZipPart[]): Buffer {
  const blocks: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const raw = Buffer.from(part.text, 'utf8');
    const packed = part.stored ? raw : deflateRawSync(raw);
    const name = Buffer.from(part.name, 'utf8');
    const head = Buffer.alloc(26);
    [20, UTF8_NAMES, part.stored ? 0 : 8, 0, DAY].forEach((v, i) => head.writeUInt16LE(v, 2 * i));
    head.writeUInt32LE(crc32(raw), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(raw.length, 18);
    head.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, tail, name]));
    blocks.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...blocks, central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

/** The parts of a container by name. Throws when it is none, or when it unfolds to more than `limit` bytes. */
export function unzip(bytes: Uint8Array, limit: number): Map<string, Buffer> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('no zip directory');
  const parts = new Map<string, Buffer>();
  let left = limit;
  let at = file.readUInt32LE(end + 16);
  for (let n = file.readUInt16LE(end + 10); n > 0; n--) {
    if (file.readUInt32LE(at) !== 0x02014b50) throw new Error('broken zip directory');
    const method = file.readUInt16LE(at + 10);
    const size = file.readUInt32LE(at + 20);
    const [nameLength, extra, comment] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)];
    const local = file.readUInt32LE(at + 42);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(start, start + size);
    if (method !== 0 && method !== 8) throw new Error('unknown compression');
    const raw = method === 0 ? packed : packed.length === 0 ? Buffer.alloc(0) : inflateRawSync(packed, { maxOutputLength: Math.max(left, 1) });
    left -= raw.length;
    if (left < 0) throw new Error('too large once unfolded');
    parts.set(name, raw);
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}
