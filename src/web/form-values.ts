/** What comes in an address or a form, before any of it reaches the database: its texts, a year, an identifier, the name of an act. */
import { isUuid } from '../kernel/identifier.ts';
import { plainText } from '../kernel/plain-text.ts';
import { refusal } from './request-context.ts';

/** The only way in for a form: its texts are plain ones, its files untouched. One that cannot be read is refused (400). */
export async function readForm(request: Request): Promise<FormData> {
  const sent = await request.formData().catch(() => {
    throw refusal('Ce formulaire est arrivé incomplet ou illisible\u00a0: revenez sur la page et recommencez.', 400);
  });
  const form = new FormData();
  for (const [name, value] of sent) {
    if (typeof value === 'string') form.append(name, plainText(value));
    else form.append(name, value, value.name);
  }
  return form;
}

/** Reads the texts of a form by name; a field that is not there is empty. */
export const textsOf = (form: FormData) => (name: string): string => String(form.get(name) ?? '');

/** A year of four digits, or undefined. */
export const yearIn = (text: unknown): number | undefined => (typeof text === 'string' && /^[12]\d{3}$/.test(text) ? Number(text) : undefined);

/** The year that a form names; refused (400) when it is none. */
export function requireYear(text: unknown): number {
  const year = yearIn(text);
  if (year === undefined) throw refusal('Cette année n’est pas une année de la campagne\u00a0: rechargez la page et recommencez.', 400);
  return year;
}

/** The identifier that a form names; refused (404) when it cannot be one. */
export function requireUuid(text: unknown, message = 'Cet élément n’existe pas, ou plus\u00a0: rechargez la page et recommencez.'): string {
  if (!isUuid(text)) throw refusal(message, 404);
  return text;
}

/** A form without a known act does nothing at all. */
export const unknownAct = (): Response => refusal('Cette action n’existe pas\u00a0: rechargez la page et recommencez.', 400);
