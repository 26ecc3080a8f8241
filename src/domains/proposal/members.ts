/** A list of members, whatever software made it: columns are recognised by their titles, and placed by the person where they are not. */
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type MemberField, MEMBER_FIELDS, type MembersGuide } from './guides.ts';
import { plain, wordsOf, wordTest } from './words.ts';

export interface MembersReading {
  readonly fileName: string;
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Field recognised at each column. */
  readonly guesses: ReadonlyMap<number, MemberField>;
}

const LINES_SEARCHED = 15;

/** Finds the line of titles (the one with most titles known among the first lines) and the lines under it. */
export function readMembers(fileName: string, rows: readonly (readonly string[])[], guide: MembersGuide): Result<MembersReading> {
  const tests = guide.columns.map(({ field, when }) => [field, wordTest(when)] as const);
  const guessesOf = (titles: readonly string[]): Map<number, MemberField> => {
    const found = new Map<number, MemberField>();
    const words = titles.map((title) => wordsOf(title));
    // In the order of the guide, so that a district is preferred to a commune wherever their columns stand.
    for (const [field, test] of tests) {
      if ([...found.values()].includes(field)) continue;
      const at = words.findIndex((w, i) => !found.has(i) && w.length > 0 && w.length <= 6 && test(w));
      if (at >= 0) found.set(at, field);
    }
    return found;
  };
  const candidates = rows.slice(0, LINES_SEARCHED).map((row, i) => ({ i, guesses: guessesOf(row) }));
  const best = candidates.reduce<(typeof candidates)[number] | undefined>((a, b) => (b.guesses.size > (a?.guesses.size ?? 0) ? b : a), undefined);
  if (!best || best.guesses.size < 2)
    return refuse({ code: 'no_titles', message: `« ${fileName} » : on n’y trouve pas de ligne de titres (date de naissance, sexe, quotient, commune…). Exportez la liste avec une ligne de titres, ou ajoutez-la en haut du tableau.` });
  const body = rows.slice(best.i + 1).filter((row) => row.some((cell) => cell.trim() !== ''));
  if (body.length === 0) return refuse({ code: 'no_rows', message: `« ${fileName} » a des titres mais aucune ligne en dessous : vérifiez l’export.` });
  return ok({ fileName, titles: rows[best.i]!.map((title) => title.trim()), rows: body, guesses: best.guesses });
}

/** Column of each field, by what the person chose for each column, else as recognised. */
export function columnsOf(reading: MembersReading, choices: { readonly [placeId: string]: string }): Map<MemberField, number> {
  const columns = new Map<MemberField, number>();
  for (const [i, title] of reading.titles.entries()) {
    const given = choices[columnId(title, i)];
    const field = given === undefined ? reading.guesses.get(i) : MEMBER_FIELDS.find((f) => f === given);
    // What the person says of a column wins over what was recognised elsewhere.
    if (field && (given !== undefined || !columns.has(field))) columns.set(field, i);
  }
  return columns;
}

export const columnId = (title: string, index: number): string => `column:${plain(title) || String(index + 1)}`;
