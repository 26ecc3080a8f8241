/** Bytes of an export -> text. Makers write UTF-8 (with or without its mark), ISO-8859-15, Windows-1252, sometimes UTF-16. */

export function decodeText(bytes: Uint8Array): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // 0x80 to 0x9F are letters and signs in Windows-1252 only; without them the euro sign is the one of ISO-8859-15.
    return new TextDecoder(bytes.some((byte) => byte >= 0x80 && byte <= 0x9f) ? 'windows-1252' : 'iso-8859-15').decode(bytes);
  }
}

/** A file chosen by the person, decoded. The name is shown to that person and goes nowhere. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Each line with its number from 1, without building the list of all lines; line ends are LF, CRLF or CR. */
export function* linesOf(text: string): Generator<readonly [number, string]> {
  let start = 0;
  let number = 1;
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : 10;
    if (unit !== 10 && unit !== 13) continue;
    if (i > start || i < text.length) yield [number++, text.slice(start, i)];
    if (unit === 13 && text.charCodeAt(i + 1) === 10) i++;
    start = i + 1;
  }
}
