/** Figures inside the committee's words: `{{staff.headcount}}` is replaced by the publishable figure, and noted in the manifest. */
import { type Refusal, refuse, ok, type Result } from '../../kernel/result.ts';
import { noun, type FigureReader } from './figure-reader.ts';

const TOKEN = /\{\{\s*([\w.@-]+)\s*\}\}/g;

/** Identifiers of the figures that a text calls. */
export const calledFigures = (text: string): string[] => [...text.matchAll(TOKEN)].map((m) => m[1]!);

/** Puts the figures in. One that may not be shown (any more) leaves « … », never its value. `{{noun}}` is « centres », « EVS » or « structures ». */
export const insertFigures = (text: string, figures: FigureReader): string =>
  text.replace(TOKEN, (_, id: string) => (id === 'noun' ? noun(figures.set.figures.values().next().value?.kinds ?? []) : (figures.get(id)?.text ?? '…')));

/** Refuses a text that calls a figure which does not exist or may not be shown. */
export function checkTokens(text: string, known: (id: string) => boolean): Result<string, Refusal> {
  const unknown = calledFigures(text).filter((id) => id !== 'noun' && !known(id));
  return unknown.length === 0
    ? ok(text)
    : refuse({ code: 'figure_not_publishable', message: `Ces chiffres n’existent pas ou ne peuvent pas être publiés : ${unknown.join(', ')}. Choisissez un identifiant dans la liste des chiffres de la salle du comité.` });
}
