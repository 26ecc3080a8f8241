/** The directory of a ZIP (APPNOTE 6.3, without ZIP64), unfolded by nobody here: what a server and a browser read before they unfold. Pure. */

export interface PackedPart {
  readonly name: string;
  readonly deflated: boolean;
  readonly packed: Uint8Array<ArrayBuffer>;
}

/** Throws when the bytes are no container. */
export function partsOf(file: Uint8Array): PackedPart[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const bytes = new Uint8Array(file.buffer as ArrayBuffer, file.byteOffset, file.byteLength);
  const end = directoryEnd(view);
  const names = new TextDecoder();
  const parts: PackedPart[] = [];
  let at = view.getUint32(end + 16, true);
  for (let n = view.getUint16(end + 10, true); n > 0; n--) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error('broken zip directory');
    const method = view.getUint16(at + 10, true);
    if (method !== 0 && method !== 8) throw new Error('unknown compression');
    const size = view.getUint32(at + 20, true);
    const [nameLength, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    parts.push({ name: names.decode(bytes.subarray(at + 46, at + 46 + nameLength)), deflated: method === 8 && size > 0, packed: bytes.subarray(start, start + size) });
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}

/** It stands last, before a comment of 65 535 bytes at most. */
function directoryEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) if (view.getUint32(at, true) === 0x06054b50) return at;
  throw new Error('no zip directory');
}
