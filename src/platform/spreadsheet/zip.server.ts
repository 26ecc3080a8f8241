/** The ZIP container of XLSX and ODS (APPNOTE 6.3, without ZIP64): written in order, read within a bound so that a small file cannot swell. */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { BookTooLarge } from './limits.ts';
import { partsOf } from './zip-directory.ts';

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

/** The parts of a container that are wanted, by name. Throws when it is none; BookTooLarge when they unfold to more than `limit` bytes. */
export function unzip(bytes: Uint8Array, limit: number, wanted: (name: string) => boolean = () => true): Map<string, Buffer> {
  const parts = new Map<string, Buffer>();
  let left = limit;
  for (const { name, deflated, packed } of partsOf(bytes)) {
    if (!wanted(name)) continue;
    const raw = deflated ? inflated(packed, left) : Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
    left -= raw.length;
    if (left < 0) throw new BookTooLarge({ over: 'bytes' });
    parts.set(name, raw);
  }
  return parts;
}

function inflated(packed: Uint8Array, most: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(most, 1) });
  } catch (error) {
    throw (error as { readonly code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? new BookTooLarge({ over: 'bytes' }) : error;
  }
}
