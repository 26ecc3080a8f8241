/** Texts of exports, line by line. */

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
