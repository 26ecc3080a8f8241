/** The bounds that a constraint says about its own answer, and the parts that say something else. */
export interface Bounds {
  min?: number;
  max?: number;
  maxLength?: number;
  maxChoices?: number;
  pattern?: string;
}

const NUMBER = String.raw`(-?\d+(?:\.\d+)?)`;
const FORMS: readonly (readonly [RegExp, (m: RegExpExecArray) => Bounds])[] = [
  [new RegExp(String.raw`^\.\s*>=\s*${NUMBER}$`), (m) => ({ min: Number(m[1]) })],
  [new RegExp(String.raw`^\.\s*<=\s*${NUMBER}$`), (m) => ({ max: Number(m[1]) })],
  [/^string-length\(\s*\.\s*\)\s*<=\s*(\d+)$/, (m) => ({ maxLength: Number(m[1]) })],
  [/^string-length\(\s*\.\s*\)\s*<\s*(\d+)$/, (m) => ({ maxLength: Number(m[1]) - 1 })],
  [/^count-selected\(\s*\.\s*\)\s*<=\s*(\d+)$/, (m) => ({ maxChoices: Number(m[1]) })],
  [/^regex\(\s*\.\s*,\s*'([^']*)'\s*\)$/, (m) => ({ pattern: m[1]! })],
  [/^regex\(\s*\.\s*,\s*"([^"]*)"\s*\)$/, (m) => ({ pattern: m[1]! })],
];

export function boundsOf(constraint: string): { readonly bounds: Bounds; readonly rest: readonly string[] } {
  const bounds: Bounds = {};
  const rest: string[] = [];
  for (const part of conjuncts(constraint)) {
    const found = FORMS.map(([form, read]) => [form.exec(part), read] as const).find(([m]) => m);
    const said = found?.[0] ? found[1](found[0]) : undefined;
    if (said && Object.keys(said).every((name) => bounds[name as keyof Bounds] === undefined)) Object.assign(bounds, said);
    else rest.push(part);
  }
  return { bounds, rest };
}

/** The sides of the `and` that stand outside parentheses and quotes; the whole when an `or` stands beside them. */
function conjuncts(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quote) quote = c === quote ? '' : quote;
    else if (c === "'" || c === '"') quote = c;
    else if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (depth === 0 && /\s/.test(c)) {
      if (/^\s+or[\s(]/.test(text.slice(i))) return [text.trim()];
      const and = /^\s+and(?=[\s(])/.exec(text.slice(i));
      if (and) {
        parts.push(text.slice(from, i));
        i += and[0].length - 1;
        from = i + 1;
      }
    }
  }
  return [...parts, text.slice(from)].map((p) => p.trim()).filter((p) => p !== '');
}
