/** The PDF of one's answers (R41): what is shown to this structure, data year by data year, with last year's value and where each comes from. */
import { contextOf, type ResponseView, sourceLabel, stateLabel } from '../domains/entry/index.ts';
import { type Answer, cellOf, columnTotal, type CompiledVersion, formatAnswer, formatCell, type Question, ruleWords, visibleQuestions } from '../domains/questionnaire/index.ts';
import { formatDate } from '../kernel/french-date.ts';
import { formatNumber, NBSP } from '../kernel/french-number.ts';
import { typeset } from './typesetter.server.ts';

/** `today`: ISO date printed at the foot. */
export async function typesetAnswers(view: ResponseView, compiled: CompiledVersion, options: { readonly today: string; readonly demonstration: boolean }): Promise<Uint8Array> {
  const { pdf } = await typeset({ template: 'answers-copy.typ', data: answersCopy(view, compiled, options), files: new Map() });
  return pdf;
}

/** What the template reads; pure. */
export function answersCopy(view: ResponseView, compiled: CompiledVersion, options: { readonly today: string; readonly demonstration: boolean }) {
  const missing = view.counters.required - view.counters.answered;
  return {
    title: `${view.structureName}, réponses à la campagne ${view.campaignYear}`,
    structureName: view.structureName,
    subtitle: [`Réponses à la campagne ${view.campaignYear}`, view.communeName].filter(Boolean).join(' · '),
    state: stateLabel(view.state),
    date: options.today.slice(0, 10).split('-').map(Number),
    printed: `Copie du ${formatDate(options.today)}`,
    demonstration: options.demonstration,
    notes: [
      `État${NBSP}: ${stateLabel(view.state).toLowerCase()}${view.submittedAt ? `, transmise le ${formatDate(view.submittedAt)}` : ''}.`,
      missing > 0 ? `${formatNumber(view.counters.answered)} questions nécessaires sur ${formatNumber(view.counters.required)} ont une réponse.` : 'Toutes les questions nécessaires ont une réponse.',
    ],
    years: compiled.dataYears.map((dataYear) => {
      const ctx = contextOf(compiled, view, dataYear);
      const visible = visibleQuestions(compiled, ctx);
      const codes = [...new Set(visible.map((q) => q.rubric))];
      return {
        rubrics: codes.map((code) => ({
          label: `${code}. ${compiled.version.rubrics[code] ?? ''}${compiled.dataYears.length > 1 ? `, ${dataYear}` : ''}`,
          questions: visible.filter((q) => q.rubric === code).map((q) => line(q, view, dataYear, compiled)),
        })),
      };
    }),
  };
}

/** Question beside which a finding's explanation is printed. */
const anchorOf = (compiled: CompiledVersion, f: { readonly ruleId: string; readonly subject: string }): string | undefined => f.subject.split('.')[0] || compiled.ruleById.get(f.ruleId)?.reads.at(-1);

/** What was asked, then what was answered: several explanations may stand under one question. */
function explanation(f: { readonly ruleId: string; readonly dataYear: number; readonly justification: string | null }, compiled: CompiledVersion): string {
  const rule = compiled.ruleById.get(f.ruleId)?.rule;
  return `${rule ? `Signalement${NBSP}: ${ruleWords(rule.message, f.dataYear)} ` : ''}Explication donnée${NBSP}: ${f.justification}`;
}

function line(question: Question, view: ResponseView, dataYear: number, compiled: CompiledVersion) {
  const sheet = view.sheets[dataYear];
  const answer = sheet?.answers[question.key];
  const previous = view.previous[dataYear]?.[question.key];
  const cut = view.cuts?.[dataYear]?.[question.key];
  const source = sheet?.provenance[question.key];
  const table = question.table && answer?.state === 'value' ? tableOf(question, answer) : null;
  return {
    code: question.code,
    label: question.label,
    answer: answer ? formatAnswer(question, answer) : 'Sans réponse',
    table,
    previous: cut ? `${dataYear - 1}${NBSP}: ${cut}` : previous && !question.table ? `${dataYear - 1}${NBSP}: ${formatAnswer(question, previous)}` : '',
    source: source ? `D’après ${sourceLabel(source)}` : '',
    explanations: view.findings
      .filter((f) => f.dataYear === dataYear && f.state === 'justified' && f.justification && anchorOf(compiled, f) === question.key)
      .map((f) => explanation(f, compiled)),
  };
}

function tableOf(question: Question, answer: Answer) {
  const { rows, columns, total } = question.table!;
  return {
    columns: columns.map((c) => c.label),
    rows: rows.map((row) => [row.label, ...columns.map((c) => formatCell(c, cellOf(answer, row.code, c.code)))]),
    total: total
      ? ['Total', ...columns.map((c) => {
          const sum = total[c.code] === undefined ? undefined : columnTotal(question, answer, c.code);
          return sum === undefined ? '' : formatCell(c, sum);
        })]
      : [],
  };
}
