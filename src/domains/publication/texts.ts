/** The committee's words: defaults of our own, parsed from a form or a stored column, completed by the institutions' names. */
import { printableText } from '../../kernel/printable-text.ts';
import { type Refusal, refuse, ok, type Result } from '../../kernel/result.ts';
import { type BrochureTexts, type Contact, type Focus, type Signature, type ThemeId, THEMES } from './model.ts';
import { notPrintable, textMissing } from './errors.ts';
import { unprintableFields } from './printing.ts';
import { checkTokens } from './tokens.ts';
import { frenchTypography } from './typography.ts';
import defaults from '../../../content/brochures/default-texts.json' with { type: 'json' };

const withArticle = (name: string): string => (/^(Union|Association)/i.test(name) ? `l’${name}` : /^(Caf|Caisse|Fédération)\b/i.test(name) ? `la ${name}` : name);

/** Defaults, with the names of the two institutions when the register knows them (federation first, as on the cover). */
export function defaultTexts(names: { readonly caf?: string; readonly federation?: string } = {}): BrochureTexts {
  const [federationContact, cafContact] = defaults.contacts as unknown as [Contact, Contact];
  const [federationSign, cafSign] = defaults.signatures as unknown as [Signature, Signature];
  return {
    ...(defaults as unknown as BrochureTexts),
    signatures: [
      { ...federationSign, role: names.federation ? `Pour ${withArticle(names.federation)}` : federationSign.role },
      { ...cafSign, role: names.caf ? `Pour ${withArticle(names.caf)}` : cafSign.role },
    ],
    contacts: [{ ...federationContact, name: names.federation ?? federationContact.name }, { ...cafContact, name: names.caf ?? cafContact.name }],
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const record = (value: unknown): { readonly [key: string]: unknown } => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { [key: string]: unknown }) : {});

/** From what was stored or posted, missing parts from `fallback`; unknown parts are dropped. */
export function parseTexts(raw: unknown, fallback: BrochureTexts): BrochureTexts {
  const source = record(raw);
  const pair = <T>(key: string, parse: (value: unknown, other: T) => T, other: readonly [T, T]): readonly [T, T] => {
    const list = Array.isArray(source[key]) ? (source[key] as unknown[]) : [];
    return [list[0] === undefined ? other[0] : parse(list[0], other[0]), list[1] === undefined ? other[1] : parse(list[1], other[1])];
  };
  const given = (key: string, other: string): string => (typeof source[key] === 'string' ? text(source[key]) : other);
  const introductions = record(source['introductions']);
  return {
    editoTitle: given('editoTitle', fallback.editoTitle),
    edito: given('edito', fallback.edito),
    signatures: pair<Signature>('signatures', (v) => ({ name: text(record(v)['name']), role: text(record(v)['role']) }), fallback.signatures),
    introductions: Object.fromEntries(THEMES.map((id) => [id, typeof introductions[id] === 'string' ? text(introductions[id]) : fallback.introductions[id]])) as { [id in ThemeId]: string },
    focuses: Array.isArray(source['focuses'])
      ? (source['focuses'] as unknown[]).flatMap((v): Focus[] => {
          const f = record(v);
          const section = THEMES.find((id) => id === f['section']);
          return section && text(f['text']) !== '' ? [{ section, title: text(f['title']), text: text(f['text']), author: text(f['author']) }] : [];
        })
      : fallback.focuses,
    localParagraph: given('localParagraph', fallback.localParagraph),
    contacts: pair<Contact>('contacts', (v) => ({ name: text(record(v)['name']), lines: (Array.isArray(record(v)['lines']) ? (record(v)['lines'] as unknown[]) : []).map(text).filter((l) => l !== '') }), fallback.contacts),
    acknowledgement: given('acknowledgement', fallback.acknowledgement),
  };
}

/** Refuses an empty edito, signs that cannot be printed (now, before anyone votes) and figures that may not be shown; gives the words back with French typography. */
export function checkTexts(texts: BrochureTexts, known: (id: string) => boolean): Result<BrochureTexts, Refusal> {
  // What nobody sees is no title.
  if (printableText(texts.editoTitle).trim() === '') return refuse(textMissing('Le titre de l’édito'));
  if (texts.edito === '') return refuse(textMissing('L’édito'));
  const unprintable = unprintableFields(texts);
  if (unprintable.length > 0) return refuse(notPrintable(unprintable));
  const all = [texts.edito, texts.localParagraph, texts.acknowledgement, ...Object.values(texts.introductions), ...texts.focuses.map((f) => f.text)].join('\n');
  const checked = checkTokens(all, known);
  if (!checked.ok) return checked;
  return ok({
    ...texts,
    editoTitle: frenchTypography(texts.editoTitle),
    edito: frenchTypography(texts.edito),
    localParagraph: frenchTypography(texts.localParagraph),
    acknowledgement: frenchTypography(texts.acknowledgement),
    introductions: Object.fromEntries(THEMES.map((id) => [id, frenchTypography(texts.introductions[id])])) as { [id in ThemeId]: string },
    focuses: texts.focuses.map((f) => ({ ...f, title: frenchTypography(f.title), text: frenchTypography(f.text) })),
  });
}
