/** What a set of new answers does to the findings and the counters of a response: pure, the middle of a save. */
import {
  type Answer,
  type CompiledVersion,
  evaluateAll,
  evaluateReading,
  type EvaluationContext,
  type Finding,
  progress,
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
  readonly severity: string;
  readonly fingerprint: string;
  readonly state: 'raised' | 'corrected';
}

const slot = (year: number, rule: string, subject: string): string => `${year} ${rule} ${subject}`;

/** Beyond this many keys, all rules are judged once rather than each key's. */
const MANY = 12;

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
    const { findings, judged } = judge(compiled, ctx, keys);
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

function judge(compiled: CompiledVersion, ctx: EvaluationContext, keys: readonly string[]): { findings: readonly Finding[]; judged: (f: StoredFinding) => boolean } {
  if (keys.length > MANY) {
    const rules = new Set(compiled.rules.filter((r) => !r.gate && !r.rule.serverOnly).map((r) => r.rule.id));
    return { findings: evaluateAll(compiled, ctx, { gates: false }), judged: (f) => rules.has(f.ruleId) };
  }
  const readings = keys.map((key) => evaluateReading(compiled, ctx, key));
  const subjects = new Map<string, 'all' | Set<string>>();
  for (const { ruleId, subjects: some } of readings.flatMap((r) => r.evaluated)) {
    const known = subjects.get(ruleId);
    subjects.set(ruleId, some === 'all' || known === 'all' ? 'all' : new Set([...(known ?? []), ...some]));
  }
  return {
    findings: readings.flatMap((r) => r.findings),
    judged: (f) => {
      const some = subjects.get(f.ruleId);
      return some === 'all' || (some?.has(f.subject) ?? false);
    },
  };
}

/** Counters after the changes: progress over every data year, open findings by severity. */
export function countersOf(compiled: CompiledVersion, facts: ResponseFacts, stored: readonly Pick<StoredFinding, 'dataYear' | 'ruleId' | 'subject' | 'severity' | 'state'>[], changes: readonly FindingChange[]): Counters & { completeness: Completeness } {
  const changed = new Map(changes.map((c) => [slot(c.year, c.rule, c.subject), c]));
  const open = { hard: 0, soft: 0, info: 0 };
  for (const f of stored) {
    const now = changed.get(slot(f.dataYear, f.ruleId, f.subject));
    changed.delete(slot(f.dataYear, f.ruleId, f.subject));
    if ((now?.state ?? f.state) === 'raised') open[f.severity]++;
  }
  for (const c of changed.values()) if (c.state === 'raised') open[c.severity as keyof typeof open]++;
  const sums = compiled.dataYears.map((year) => progress(compiled, contextOf(compiled, facts, year)));
  const required = sums.reduce((n, p) => n + p.required, 0);
  const answered = sums.reduce((n, p) => n + p.answered, 0);
  const anything = Object.values(facts.sheets).some((sheet) => Object.keys(sheet.answers).length > 0);
  return { required, answered, openHard: open.hard, openSoft: open.soft, openInfo: open.info, completeness: completenessFrom(required, answered, anything) };
}
