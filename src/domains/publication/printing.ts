/** The committee's words, field by field as the page names them, and the signs in them that no face of the brochure can print. */
import { unprintableIn } from '../../kernel/printable-text.ts';
import { THEME_LABELS } from './labels.ts';
import { type BrochureTexts, THEMES } from './model.ts';

function fieldsOf(texts: BrochureTexts): [field: string, text: string][] {
  return [
    ['Édito, titre', texts.editoTitle],
    ['Édito, texte', texts.edito],
    ...texts.signatures.map((s, n): [string, string] => [n === 0 ? 'Première signature' : 'Seconde signature', `${s.name} ${s.role}`]),
    ...THEMES.flatMap((theme): [string, string][] => [
      [`${THEME_LABELS[theme]}, introduction`, texts.introductions[theme]],
      ...texts.focuses.filter((f) => f.section === theme).map((f): [string, string] => [`${THEME_LABELS[theme]}, récit`, `${f.title} ${f.text} ${f.author}`]),
    ]),
    ['Remerciements', texts.acknowledgement],
    ['SENACS sur notre territoire', texts.localParagraph],
    ...texts.contacts.map((c, n): [string, string] => [n === 0 ? 'Premier contact' : 'Second contact', `${c.name} ${c.lines.join(' ')}`]),
  ];
}

/** Empty when everything can be printed. */
export const unprintableFields = (texts: BrochureTexts): { readonly field: string; readonly signs: readonly string[] }[] =>
  fieldsOf(texts).map(([field, text]) => ({ field, signs: unprintableIn(text) })).filter(({ signs }) => signs.length > 0);
