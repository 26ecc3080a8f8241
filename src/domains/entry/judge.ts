/** What a set of new answers does to the findings and the counters of a response: pure, the middle of a save. */
import {
  type Answer,
  type CompiledVersion,
  evaluateChanged,
  type Progress,
  progress,
  progressAfter,
  type Severity,
} from '../questionnaire/index.ts';
import type { AnswerSource, Completeness, Counters, Sheet, StoredFinding } from './model.ts';
import { completenessFrom, contextOf, type ResponseFacts, SETTLED } from './rules.ts';

export interface Change {
  readonly key: string;
  /** undefined: taken back. */
  readonly answer: Answer | undefined;
}

/** The sheet after the changes, each of them of one source. */
export function applyChanges(sheet: Sheet | undefined, changes: readonly Change[], source: AnswerSource): Sheet {
  const answers: { [key: string]: Answer } = { ...sheet?.answers };
  const provenance: { [key: string]: AnswerSource } = { ...sheet?.provenance };
  for (const { key, answer } of changes) {
    if (answer) answers[key] = answer;
    else delete answers[key];
    if (answer && source !== 'structure') provenance[key] = source;
    else delete provenance[key];
  }
  return { answers, provenance };
}

export interface FindingChange {
  readonly year: number;
  readonly rule: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly fingerprint: string;
  readonly state: 'raised' | 'corrected';
}

const slot = (year: number, rule: string, subject: string): string => `${year} ${rule} ${subject}`;

/** The findings once their changes are written. */
export function applyFindingChanges(stored: readonly StoredFinding[], changes: readonly FindingChange[]): readonly StoredFinding[] {
  if (changes.length === 0) return stored;
  const findings = new Map(stored.map((f) => [slot(f.dataYear, f.ruleId, f.subject), f]));
  for (const { year, rule, subject, severity, fingerprint, state } of changes)
    findings.set(slot(year, rule, subject), { dataYear: year, ruleId: rule, subject, severity, fingerprint, state, justification: findings.get(slot(year, rule, subject))?.justification ?? null });
  return [...findings.values()];
}

/**
 * Findings that change because `keys` changed in `dataYear`: new ones, those on other values than before, those that no longer stand.
 * The following data year is judged too where it reads this one as its N-1.
 */
export function findingChanges(compiled: CompiledVersion, facts: ResponseFacts, stored: readonly StoredFinding[], dataYear: number, keys: readonly string[]): FindingChange[] {
  const before = new Map(stored.map((f) => [slot(f.dataYear, f.ruleId, f.subject), f]));
  const changes = new Map<string, FindingChange>();
  const years = compiled.dataYears.includes(dataYear + 1) && facts.sheets[dataYear + 1] ? [dataYear, dataYear + 1] : [dataYear];
  for (const year of years) {
    const ctx = contextOf(compiled, facts, year, { serverRules: false });
    const { findings, judged } = evaluateChanged(compiled, ctx, keys);
    const standing = new Set<string>();
    for (const finding of findings) {
      const at = slot(year, finding.ruleId, finding.subject);
      standing.add(at);
      const old = before.get(at);
      if (old && old.fingerprint === finding.fingerprint && (old.state === 'raised' || SETTLED.includes(old.state))) continue;
      changes.set(at, { year, rule: finding.ruleId, subject: finding.subject, severity: finding.severity, fingerprint: finding.fingerprint, state: 'raised' });
    }
    for (const old of stored) {
      const at = slot(old.dataYear, old.ruleId, old.subject);
      if (old.dataYear !== year || standing.has(at) || old.state === 'corrected' || old.state === 'closed' || !judged(old)) continue;
      changes.set(at, { year, rule: old.ruleId, subject: old.subject, severity: old.severity, fingerprint: old.fingerprint, state: 'corrected' });
    }
  }
  return [...changes.values()];
}

export type ProgressByYear = ReadonlyMap<number, Progress>;

export const progressOf = (compiled: CompiledVersion, facts: ResponseFacts): ProgressByYear => new Map(compiled.dataYears.map((year) => [year, progress(compiled, contextOf(compiled, facts, year))]));

/** The progress once `keys` have changed in `dataYear`, from the one before. The following year is counted anew: it may read this one as its N-1. */
export function progressOnceChanged(compiled: CompiledVersion, before: ResponseFacts, after: ResponseFacts, dataYear: number, keys: readonly string[], known: ProgressByYear): ProgressByYear {
  const counted = (year: number, was: Progress): Progress => {
    if (year === dataYear) return progressAfter(compiled, contextOf(compiled, before, year), contextOf(compiled, after, year), keys, was);
    return year === dataYear + 1 ? progress(compiled, contextOf(compiled, after, year)) : was;
  };
  return new Map([...known].map(([year, was]) => [year, counted(year, was)]));
}

/** Counters after the changes: progress over every data year, open findings by severity. */
export function countersOf(
  facts: ResponseFacts,
  progresses: ProgressByYear,
  stored: readonly Pick<StoredFinding, 'dataYear' | 'ruleId' | 'subject' | 'severity' | 'state'>[],
  changes: readonly FindingChange[],
): Counters & { completeness: Completeness } {
  const changed = new Map(changes.map((c) => [slot(c.year, c.rule, c.subject), c]));
  const open = { hard: 0, soft: 0, info: 0 };
  for (const f of stored) {
    const now = changed.get(slot(f.dataYear, f.ruleId, f.subject));
    changed.delete(slot(f.dataYear, f.ruleId, f.subject));
    if ((now?.state ?? f.state) === 'raised') open[f.severity]++;
  }
  for (const c of changed.values()) if (c.state === 'raised') open[c.severity]++;
  const sums = [...progresses.values()];
  const required = sums.reduce((n, p) => n + p.required, 0);
  const answered = sums.reduce((n, p) => n + p.answered, 0);
  const anything = Object.values(facts.sheets).some((sheet) => Object.keys(sheet.answers).length > 0);
  return { required, answered, openHard: open.hard, openSoft: open.soft, openInfo: open.info, completeness: completenessFrom(required, answered, anything) };
}
