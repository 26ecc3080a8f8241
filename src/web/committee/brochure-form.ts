/** From the fields of the form to the committee's words, and back: one name per field, so that it works without JavaScript. */
import { type BrochureTexts, THEMES } from '../../domains/publication/index.ts';

const field = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** Shape that the publication domain parses; unknown to it is dropped there. */
export function textsFromForm(form: FormData): unknown {
  return {
    editoTitle: field(form, 'editoTitle'),
    edito: field(form, 'edito'),
    signatures: [0, 1].map((n) => ({ name: field(form, `signature-${n}-nom`), role: field(form, `signature-${n}-fonction`) })),
    introductions: Object.fromEntries(THEMES.map((id) => [id, field(form, `introduction-${id}`)])),
    focuses: THEMES.map((id) => ({ section: id, title: field(form, `recit-${id}-titre`), text: field(form, `recit-${id}-texte`), author: field(form, `recit-${id}-auteur`) })),
    localParagraph: field(form, 'localParagraph'),
    contacts: [0, 1].map((n) => ({ name: field(form, `contact-${n}-nom`), lines: field(form, `contact-${n}-lignes`).split('\n') })),
    acknowledgement: field(form, 'acknowledgement'),
  };
}

export const focusOf = (texts: BrochureTexts, section: string) => texts.focuses.find((f) => f.section === section) ?? { section, title: '', text: '', author: '' };
