/**
 * The texts and tags of an XML document, in one pass: each character is looked at a bounded number of times, whatever the document holds. Throws at what is
 * not closed. Comments, declarations and instructions are passed over. Pure.
 */
export type XmlToken =
  | { readonly kind: 'text'; readonly text: string; /** From a CDATA section: no entity in it. */ readonly literal: boolean }
  | { readonly kind: 'tag'; readonly name: string; readonly closing: boolean; readonly alone: boolean; readonly attributes: string };

const NOT_CLOSED = 'the document is cut short';

export function* xmlTokens(xml: string): Generator<XmlToken> {
  const after = (end: string, from: number): number => {
    const at = xml.indexOf(end, from);
    if (at < 0) throw new Error(NOT_CLOSED);
    return at + end.length;
  };
  for (let at = 0; at < xml.length; ) {
    if (xml[at] !== '<') {
      const next = xml.indexOf('<', at);
      const end = next < 0 ? xml.length : next;
      yield { kind: 'text', text: xml.slice(at, end), literal: false };
      at = end;
    } else if (xml.startsWith('<!--', at)) at = after('-->', at + 4);
    else if (xml.startsWith('<![CDATA[', at)) {
      const end = after(']]>', at + 9);
      yield { kind: 'text', text: xml.slice(at + 9, end - 3), literal: true };
      at = end;
    } else if (xml[at + 1] === '?' || xml[at + 1] === '!') at = after('>', at + 1);
    else {
      const end = tagEnd(xml, at + 1);
      const closing = xml[at + 1] === '/';
      const alone = !closing && xml[end - 1] === '/';
      const inside = xml.slice(at + (closing ? 2 : 1), alone ? end - 1 : end);
      const name = /^[\w:.-]+/.exec(inside)?.[0];
      if (name === undefined) throw new Error(NOT_CLOSED);
      yield { kind: 'tag', name, closing, alone, attributes: inside.slice(name.length) };
      at = end + 1;
    }
  }
}

/** Where the `>` of a tag stands: one between quotes is part of a value, and a `<` outside of them begins another tag. */
function tagEnd(xml: string, from: number): number {
  let quote = '';
  for (let at = from; at < xml.length; at++) {
    const c = xml[at]!;
    if (quote) {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '>') return at;
    else if (c === '<') break;
  }
  throw new Error(NOT_CLOSED);
}

/** `row` of `x:row`. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const NAMED: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export const unescapeXml = (text: string): string =>
  text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name: string) => (name.startsWith('#') ? String.fromCodePoint(Number(name[1] === 'x' ? `0${name.slice(1)}` : name.slice(1))) : (NAMED[name] ?? whole)));

export type Attributes = { readonly [name: string]: string };

export function attributesOf(text: string): Attributes {
  return Object.fromEntries([...text.matchAll(/(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name, one, two]) => [name!, unescapeXml(one ?? two ?? '')]));
}
