/** A response as a correspondent reads it: question by question, beside N-1 and the median of the group, with what the rules say. Pure shaping, for one data year. */
import type { GroupMedian, ReviewFile } from '../../domains/control/index.ts';
import { findingStateLabel, type ResponseView, sourceLabel, type StoredFinding } from '../../domains/entry/index.ts';
import {
  type Answer, cellOf, type CompiledVersion, type EvaluationContext, formatAnswer, formatCell, isNumeric, numberOf, type Question, ruleWords, visibleQuestions,
} from '../../domains/questionnaire/index.ts';
import { formatNumber, formatPercent } from '../../kernel/french-number.ts';

export interface ReadFinding {
  readonly dataYear: number;
  readonly ruleId: string;
  readonly subject: string;
  readonly severity: 'hard' | 'soft' | 'info';
  readonly message: string;
  readonly state: string;
  readonly open: boolean;
  readonly justification: string | null;
  readonly waiver: string | null;
  /** Questions it speaks of: the first is the one it stands beside. */
  readonly questions: readonly { readonly key: string; readonly code: string }[];
}

export interface ReadTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly { readonly value: string; readonly previous: string | null }[] }[];
  /** Rows that hold nothing but zeros, not shown. */
  readonly folded: number;
}

export interface ReadQuestion {
  readonly key: string;
  readonly code: string;
  readonly label: string;
  readonly value: string;
  readonly previous: string;
  /** Why there is no N-1 beside it; null: there is, or never was. */
  readonly cut: string | null;
  /** `+12 %`, or null when it cannot be said. */
  readonly change: string | null;
  readonly large: boolean;
  readonly median: string | null;
  /** Its value is a quantity: it lines up on the right. */
  readonly number: boolean;
  readonly table: ReadTable | null;
  readonly findings: readonly ReadFinding[];
  readonly asked: boolean;
  readonly disputed: string | null;
  /** Set when someone else than the structure gave the value. */
  readonly source: string | null;
  readonly answered: boolean;
}

export interface ReadRubric {
  readonly code: string;
  readonly label: string;
  readonly questions: readonly ReadQuestion[];
}

const LARGE_CHANGE = 25;

export function findingsOf(compiled: CompiledVersion, view: ResponseView, file: ReviewFile): ReadFinding[] {
  const order = { hard: 0, soft: 1, info: 2 };
  const shown = view.findings.filter((f) => f.state !== 'closed' && f.state !== 'corrected');
  return shown.map((f) => read(compiled, f, file)).toSorted((a, b) => Number(b.open) - Number(a.open) || order[a.severity] - order[b.severity]);
}

function read(compiled: CompiledVersion, f: StoredFinding, file: ReviewFile): ReadFinding {
  const rule = compiled.ruleById.get(f.ruleId);
  const subject = f.subject.split('.')[0]!;
  const keys = subject ? [subject] : (rule?.reads ?? []).slice(0, 4);
  const waiver = file.waivers.find((w) => w.dataYear === f.dataYear && w.ruleId === f.ruleId && w.subject === f.subject);
  return {
    dataYear: f.dataYear, ruleId: f.ruleId, subject: f.subject, severity: f.severity, message: rule ? ruleWords(rule.rule.message, f.dataYear) : f.ruleId, state: findingStateLabel(f.state), open: f.state === 'raised',
    justification: f.justification, waiver: waiver ? `${waiver.reason} (${waiver.name})` : null,
    questions: keys.flatMap((key) => (compiled.questions.get(key) ? [{ key, code: compiled.questions.get(key)!.code }] : [])),
  };
}

export function readRubrics(compiled: CompiledVersion, view: ResponseView, medians: readonly GroupMedian[], file: ReviewFile, dataYear: number): ReadRubric[] {
  const sheet = view.sheets[dataYear] ?? { answers: {}, provenance: {} };
  const previous = view.previous[dataYear] ?? {};
  const context: EvaluationContext = { structureKind: view.structureKind, territory: view.ancestors, dataYear, answers: sheet.answers, previous };
  const findings = findingsOf(compiled, view, file).filter((f) => f.dataYear === dataYear);
  const asked = new Set(file.requests.filter((q) => q.state === 'open').flatMap((q) => q.points.filter((p) => p.dataYear === dataYear).map((p) => p.key)));
  const medianOf = new Map(medians.filter((m) => m.dataYear === dataYear).map((m) => [m.key, m]));
  const questions = visibleQuestions(compiled, context).map((question): ReadQuestion & { rubric: string } => {
    const answer = sheet.answers[question.key];
    const before = previous[question.key];
    // A year or a code is compared as it stands, not in per cent.
    const quantity = question.unit !== 'year';
    const change = !quantity ? null : changeOf(numberOf(sheet.answers, question.key), numberOf(previous, question.key));
    const median = medianOf.get(question.key);
    const source = sheet.provenance[question.key];
    return {
      rubric: question.rubric, key: question.key, code: question.code, label: question.label,
      value: formatAnswer(question, answer), previous: before ? formatAnswer(question, before) : '', cut: view.cuts?.[dataYear]?.[question.key] ?? null, change: changeWords(change), number: isNumeric(question.kind) && question.unit !== 'year',
      large: change !== null && Math.abs(change) > LARGE_CHANGE, median: median && quantity ? formatAnswer(question, { state: 'value', value: round(median.median) }) : null,
      table: question.kind === 'table' ? tableOf(question, answer, before) : null, findings: findings.filter((f) => f.questions[0]?.key === question.key), asked: asked.has(question.key),
      disputed: file.disputed.find((d) => d.dataYear === dataYear && d.key === question.key)?.reason ?? null, source: source && source !== 'structure' ? sourceLabel(source) : null, answered: answer !== undefined,
    };
  });
  return Object.entries(compiled.version.rubrics).flatMap(([code, label]) => {
    const own = questions.filter((q) => q.rubric === code);
    return own.length > 0 ? [{ code, label, questions: own }] : [];
  });
}

/** « +12 % »; nothing when there is no change, or one that rounds to none. `change` in per cent. */
export const changeWords = (change: number | null): string | null => (change === null || formatPercent(Math.abs(change)) === formatPercent(0) ? null : `${change > 0 ? '+' : ''}${formatPercent(change)}`);

const round = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10);
const changeOf = (now: number | undefined, before: number | undefined): number | null => (now === undefined || before === undefined || before === 0 ? null : (100 * (now - before)) / Math.abs(before));

function tableOf(question: Question, answer: Answer | undefined, before: Answer | undefined): ReadTable | null {
  if (!question.table || (!answer && !before)) return null;
  const { columns } = question.table;
  const idle = (cell: unknown): boolean => cell === undefined || cell === 0 || cell === false || cell === 'not_concerned';
  const kept = question.table.rows.filter((row) => columns.some((c) => !idle(answer && cellOf(answer, row.code, c.code)) || !idle(before && cellOf(before, row.code, c.code))));
  return {
    columns: columns.map((c) => c.label),
    rows: kept.map((row) => ({
      label: row.label,
      cells: columns.map((c) => ({
        value: formatCell(c, answer && cellOf(answer, row.code, c.code)),
        previous: before ? formatCell(c, cellOf(before, row.code, c.code)) : null,
      })),
    })),
    folded: question.table.rows.length - kept.length,
  };
}

export const plural = (n: number, one: string, many: string): string => `${formatNumber(n)} ${n > 1 ? many : one}`;
