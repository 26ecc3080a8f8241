/**
 * How wide a line of Source Sans 3 will be, from the advance widths of the face (thousandths of an em): enough to wrap labels and to keep
 * them apart, without a font engine.
 */
const WIDTHS: { readonly [letter: string]: number } = {
  ' ': 200, a: 504, b: 553, c: 456, d: 555, e: 496, f: 292, g: 504, h: 544, i: 246, j: 247, k: 495, l: 255, m: 829, n: 547, o: 542, p: 555,
  q: 555, r: 347, s: 419, t: 338, u: 544, v: 467, w: 719, x: 446, y: 467, z: 425, A: 544, B: 588, C: 571, D: 615, E: 527, F: 494, G: 617,
  H: 652, I: 263, J: 480, K: 579, L: 486, M: 745, N: 647, O: 664, P: 569, Q: 664, R: 569, S: 534, T: 536, U: 645, V: 515, W: 786, X: 513,
  Y: 476, Z: 539, '-': 311, '.': 249, ',': 249, '(': 303, ')': 303, '’': 249, '\u202f': 120, '\u00a0': 200, '%': 824, '€': 497, ':': 249, '+': 497,
};
const OTHER = 497;

/** Width in units of the drawing. `bold` adds the few percent of the heavier faces. */
export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const letter of text.normalize('NFD')) {
    if (letter >= '\u0300' && letter <= '\u036f') continue;
    sum += WIDTHS[letter] ?? OTHER;
  }
  return (sum * size * (bold ? 1.06 : 1)) / 1000;
}

/** Lines no wider than `width`, broken at spaces; a word that is wider stands alone. */
export function wrap(text: string, size: number, width: number, bold = false): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, size, bold) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}
