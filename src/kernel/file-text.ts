/** The text of a table that somebody sends: as French or English software wrote it, without a word on how. Pure. */

/** Text of a file without any word on its encoding: a mark decides, else UTF-8 when it is, else Windows-1252 or ISO-8859-15. */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // 0x80 to 0x9F are letters and signs in Windows-1252 only; without any, the euro sign is the one of ISO-8859-15.
    return new TextDecoder(bytes.some((byte) => byte >= 0x80 && byte <= 0x9f) ? 'windows-1252' : 'iso-8859-15').decode(bytes);
  }
}

/** The separator that the first lines use most, outside quotes. */
export function separatorOf(text: string): string {
  const sample = text.slice(0, 4000).replace(/"(?:[^"]|"")*"/g, '');
  const [best] = [';', ',', '\t', '|'].map((mark) => ({ mark, n: sample.split(mark).length })).toSorted((a, b) => b.n - a.n);
  return best!.mark;
}
