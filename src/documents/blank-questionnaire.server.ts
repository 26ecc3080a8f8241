/** The questionnaire to fill by hand, as one kind of structure of one territory has it: what paper cannot check it says in words. */
import { NOTICE_LINES } from '../domains/entry/index.ts';
import { askedKeys, type CompiledVersion, type Question, STATE_LABELS, unitLabel } from '../domains/questionnaire/index.ts';
import { formatNumber, NBSP } from '../kernel/french-number.ts';
import { typeset } from './typesetter.server.ts';

export interface BlankOptions {
  readonly kind: { readonly code: string; readonly label: string };
  /** Code of the département, whose local module is added; '' for none. */
  readonly territory: string;
  readonly territoryName: string;
  readonly demonstration: boolean;
}

export async function typesetBlank(compiled: CompiledVersion, options: BlankOptions): Promise<Uint8Array> {
  const { pdf } = await typeset({ template: 'blank-questionnaire.typ', data: blankQuestionnaire(compiled, options), files: new Map() });
  return pdf;
}

/** What the template reads; pure. The date of the document is the year of the campaign, so that the same questionnaire gives the same bytes. */
export function blankQuestionnaire(compiled: CompiledVersion, { kind, territory, territoryName, demonstration }: BlankOptions) {
  const { version } = compiled;
  return {
    title: `Questionnaire ${version.year}, ${kind.label.toLowerCase()}`,
    head: `Questionnaire ${version.year}`,
    subtitle: [kind.label, territoryName, `données ${compiled.dataYears.join(' et ')}`].filter(Boolean).join(' · '),
    year: version.year,
    demonstration,
    notice: NOTICE_LINES,
    words: `S’il n’y en a pas, écrivez 0 plutôt que de laisser vide. Les réponses se saisissent ensuite en ligne, où les calculs et les vérifications se font d’eux-mêmes.`,
    years: compiled.dataYears.map((dataYear) => {
      const asked = new Set(askedKeys(compiled, { structureKind: kind.code, territory, dataYear }));
      const questions = version.questions.filter((q) => asked.has(q.key));
      return {
        rubrics: [...new Set(questions.map((q) => q.rubric))].map((code) => ({
          label: `${code}. ${version.rubrics[code] ?? ''}${compiled.dataYears.length > 1 ? `, ${dataYear}` : ''}`,
          questions: questions.filter((q) => q.rubric === code).map((q) => blank(q, compiled)),
        })),
      };
    }),
  };
}

/** « À remplir selon votre réponse à B02 »: the screen shows the question or not, paper says on what it depends. */
function conditionWords(question: Question, compiled: CompiledVersion): string {
  const deciding = compiled.version.questions.filter((q) => compiled.relevanceReads.get(question.key)?.has(q.key));
  if (deciding.length === 0) return '';
  return `À remplir selon ${deciding.length > 1 ? 'vos réponses' : 'votre réponse'} à ${deciding.map((q) => q.code).join(', ')}${NBSP}; sans objet, passez à la suite.`;
}

/** Beyond it a maximum only stops slips of the finger: it says nothing to a person with a pen. */
const TELLING_MAX = 400;

function boundWords({ kind, min, max, maxChoices }: Question): string {
  if (kind === 'multiple') return maxChoices === undefined ? 'Plusieurs réponses possibles.' : `${maxChoices} réponses au plus.`;
  if (kind === 'single') return 'Une seule réponse.';
  if ((kind === 'integer' || kind === 'decimal' || kind === 'percentage') && max !== undefined && max <= TELLING_MAX) return min ? `De ${formatNumber(min)} à ${formatNumber(max)}.` : `${formatNumber(max)} au plus.`;
  return '';
}

function blank(question: Question, compiled: CompiledVersion) {
  const { kind, table } = question;
  const states = [...(question.unknownAllowed ? (['unknown'] as const) : []), ...(question.notConcernedAllowed ? (['not_concerned'] as const) : [])];
  return {
    code: question.code,
    label: question.label,
    optional: !question.required,
    help: [question.help, boundWords(question)].filter(Boolean).join(' '),
    condition: conditionWords(question, compiled),
    shape: kind === 'single' || kind === 'multiple' ? kind : kind === 'table' ? 'table' : kind === 'date' ? 'date' : kind === 'text' ? ((question.maxLength ?? 0) > 200 ? 'lines' : 'line') : 'number',
    unit: kind === 'table' ? '' : unitLabel(question.unit),
    options: question.options?.map((o) => o.label) ?? [],
    states: states.map((state) => STATE_LABELS[state]),
    table: table
      ? {
          columns: table.columns.map((c) => ({ label: c.label, unit: c.kind === 'boolean' || unitLabel(c.unit).toLowerCase() === c.label.toLowerCase() ? '' : unitLabel(c.unit), box: c.kind === 'boolean' })),
          rows: table.rows.map((r) => r.label),
          total: table.total !== undefined,
        }
      : null,
  };
}
