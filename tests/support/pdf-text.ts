/**
 * The words of a PDF made by our typesetter, page by page: enough of the format for its output (plain objects, deflated streams, two-byte fonts with
 * their ToUnicode tables), so that a test reads what a reader reads.
 */
import { inflateSync } from 'node:zlib';

interface PdfObject {
  readonly head: string;
  readonly stream: Buffer | undefined;
}

function objectsOf(pdf: Buffer): ReadonlyMap<number, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const from = match.index + match[0].length;
    const end = text.indexOf('endobj', from);
    const streamAt = text.indexOf('stream\n', from);
    if (streamAt === -1 || streamAt > end) {
      objects.set(Number(match[1]), { head: text.slice(from, end), stream: undefined });
      continue;
    }
    const head = text.slice(from, streamAt);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const raw = pdf.subarray(streamAt + 7, streamAt + 7 + length);
    objects.set(Number(match[1]), { head, stream: head.includes('/FlateDecode') ? inflateSync(raw) : raw });
  }
  return objects;
}

/** Code of a glyph, four hexadecimal digits, to its letters. */
function toUnicode(map: string): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  const letters = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const block of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code, target] of block[1]!.matchAll(/<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>/g)) table.set(code!.toUpperCase(), letters(target!));
  }
  for (const block of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from, to, target] of block[1]!.matchAll(/<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>/g)) {
      for (let code = parseInt(from!, 16); code <= parseInt(to!, 16); code++) {
        table.set(code.toString(16).toUpperCase().padStart(4, '0'), String.fromCharCode(parseInt(target!, 16) + code - parseInt(from!, 16)));
      }
    }
  }
  return table;
}

/** A literal string's bytes: escapes undone. */
function literal(text: string): Buffer {
  const bytes: number[] = [];
  for (let n = 0; n < text.length; n++) {
    if (text[n] !== '\\') {
      bytes.push(text.charCodeAt(n));
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(n + 1, n + 4));
    if (octal) {
      bytes.push(parseInt(octal[0], 8));
      n += octal[0].length;
    } else {
      const escapes: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
      const letter = text[++n]!;
      if (letter !== '\n') bytes.push((escapes[letter] ?? letter).charCodeAt(0));
    }
  }
  return Buffer.from(bytes);
}

/** Literal strings as hexadecimal ones: parentheses inside a literal may stand in pairs without an escape, which no pattern follows. */
function withoutLiterals(content: string): string {
  let out = '';
  for (let n = 0; n < content.length; n++) {
    if (content[n] !== '(') {
      out += content[n];
      continue;
    }
    const from = n + 1;
    for (let depth = 1; depth > 0 && n < content.length; ) {
      n++;
      if (content[n] === '\\') n++;
      else depth += content[n] === '(' ? 1 : content[n] === ')' ? -1 : 0;
    }
    out += `<${literal(content.slice(from, n)).toString('hex')}>`;
  }
  return out;
}

/** One text per page, spaces made plain, in the order of drawing. Throws when nothing could be read: a test must not pass on emptiness. */
export function pdfText(bytes: Uint8Array): string[] {
  const objects = objectsOf(Buffer.from(bytes));
  const reference = (text: string, name: string): number | undefined => {
    const found = new RegExp(`/${name}\\s*\\[?\\s*(\\d+) 0 R`).exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const tables = new Map<number, ReadonlyMap<string, string>>();
  const tableOf = (font: number): ReadonlyMap<string, string> => {
    const known = tables.get(font);
    if (known) return known;
    const map = reference(objects.get(font)?.head ?? '', 'ToUnicode');
    const table = toUnicode(map === undefined ? '' : (objects.get(map)?.stream?.toString('latin1') ?? ''));
    tables.set(font, table);
    return table;
  };
  const fontsOf = (head: string): ReadonlyMap<string, number> =>
    new Map([...(/\/Font\s*<<([\s\S]*?)>>/.exec(head)?.[1] ?? '').matchAll(/\/(\w+)\s+(\d+) 0 R/g)].map((m) => [m[1]!, Number(m[2])]));

  const read = (content: string, head: string, depth: number): string => {
    const fonts = fontsOf(head);
    let font: ReadonlyMap<string, string> = new Map();
    let out = '';
    const token = /\/(\w+)\s+[\d.]+\s+Tf|<([0-9A-Fa-f\s]*)>|\/(\w+)\s+Do\b|\b(ET|Td|Tm|T\*)(?=\s)/g;
    for (const m of withoutLiterals(content).matchAll(token)) {
      if (m[1] !== undefined) font = tableOf(fonts.get(m[1]) ?? -1);
      else if (m[3] !== undefined) {
        const inner = new RegExp(`/${m[3]}\\s+(\\d+) 0 R`).exec(head)?.[1];
        const form = inner === undefined ? undefined : objects.get(Number(inner));
        if (form?.stream && form.head.includes('/Form') && depth < 6) out += ` ${read(form.stream.toString('latin1'), form.head, depth + 1)} `;
      } else if (m[4] !== undefined) out += m[4] === 'ET' ? ' ' : '';
      else {
        const hex = m[2]!.replaceAll(/\s/g, '');
        for (const [code] of hex.matchAll(/.{4}/g)) out += font.get(code!.toUpperCase()) ?? '';
      }
    }
    return out;
  };

  const pages = [...objects.values()].filter((o) => /\/Type \/Page\s/.test(o.head));
  const texts = pages.map((page) => {
    const content = reference(page.head, 'Contents');
    return read(content === undefined ? '' : (objects.get(content)?.stream?.toString('latin1') ?? ''), page.head, 0).replaceAll(/[\s\u00a0\u202f\u2060]+/g, ' ');
  });
  if (texts.join('').length < 200) throw new Error('no text found in the PDF');
  return texts;
}
