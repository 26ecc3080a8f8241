/** What the direction may give by a link: rubrics that are asked, for a person named, until a day that is near. Pure. */
import { LONGEST_LINK_DAYS, readName } from '../../access/index.ts';
import { askedKeys, type CompiledVersion } from '../../questionnaire/index.ts';
import { isIsoDate } from '../../../kernel/french-date.ts';
import { ok, refuse, type Refusal, type Result } from '../../../kernel/result.ts';

export interface PartRequest {
  readonly forWhom: string;
  readonly rubrics: readonly string[];
  readonly dataYears: readonly number[];
  /** ISO day, included. */
  readonly lastDay: string;
}
export interface PartContent extends PartRequest {
  readonly keys: readonly string[];
}

const no = (code: string, message: string): Refusal => ({ code, message });
const DAY_MS = 86_400_000;

/** Days from one ISO day to another. */
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** The part with its questions, or why it cannot be given. `today`: ISO day. */
export function readPartRequest(compiled: CompiledVersion, structure: { readonly structureKind: string; readonly territoryCode: string }, given: PartRequest, today: string): Result<PartContent> {
  const forWhom = readName(given.forWhom);
  if (!forWhom) return refuse(no('part_for_whom', 'Dites pour qui est ce lien, en deux à quatre-vingts lettres : « trésorière », « cabinet comptable ».'));
  const dataYears = compiled.dataYears.filter((year) => given.dataYears.includes(year));
  if (dataYears.length === 0) return refuse(no('part_without_year', 'Choisissez au moins une année de données.'));
  const asked = new Set(dataYears.flatMap((dataYear) => askedKeys(compiled, { structureKind: structure.structureKind, territory: structure.territoryCode, dataYear })));
  const questions = compiled.version.questions.filter((q) => given.rubrics.includes(q.rubric) && asked.has(q.key));
  const rubrics = Object.keys(compiled.version.rubrics).filter((code) => questions.some((q) => q.rubric === code));
  if (rubrics.length === 0) return refuse(no('part_without_rubric', 'Choisissez au moins une rubrique à confier.'));
  const days = isIsoDate(given.lastDay) ? daysBetween(today, given.lastDay) : Number.NaN;
  if (Number.isNaN(days)) return refuse(no('part_without_day', 'Donnez le dernier jour du lien.'));
  if (days < 0) return refuse(no('part_day_is_past', 'Le dernier jour du lien est passé : choisissez aujourd’hui ou un jour à venir.'));
  if (days >= LONGEST_LINK_DAYS) return refuse(no('part_too_long', 'Un lien dure six mois au plus : choisissez un jour plus proche.'));
  return ok({ forWhom, rubrics, dataYears, lastDay: given.lastDay, keys: questions.map((q) => q.key) });
}
