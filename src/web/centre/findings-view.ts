/** The findings shown beside the questions of one rubric: the same function on the server and while typing. */
import { settledIn, type StoredFinding } from '../../domains/entry/index.ts';
import { type CompiledVersion, type Finding, ruleWords } from '../../domains/questionnaire/index.ts';

export interface FindingView {
  readonly ruleId: string;
  readonly subject: string;
  readonly severity: 'hard' | 'soft';
  readonly message: string;
  readonly detail?: string;
  /** Question under which it stands: the last of those that it names in this rubric. */
  readonly anchor: string;
  /** Questions of other rubrics that it names. */
  readonly elsewhere: readonly string[];
  readonly explainable: boolean;
  readonly settled: boolean;
  readonly justification: string | null;
}

export function findingsOf(compiled: CompiledVersion, findings: readonly Finding[], { dataYear, rubric, stored }: { readonly dataYear: number; readonly rubric: string; readonly stored: readonly StoredFinding[] }): FindingView[] {
  const settled = settledIn(stored, dataYear);
  const rank = (key: string): number => compiled.questionOrder.get(key)!;
  return findings.flatMap((f): FindingView[] => {
    if (f.severity === 'info') return [];
    const rule = compiled.ruleById.get(f.ruleId)?.rule;
    const here = f.keys.filter((key) => compiled.questions.get(key)?.rubric === rubric).toSorted((a, b) => rank(a) - rank(b));
    const anchor = f.subject ? f.subject.split('.')[0]! : here.at(-1);
    if (!anchor || rule?.stage !== 'submit' || compiled.questions.get(anchor)?.rubric !== rubric) return [];
    const kept = stored.find((s) => s.dataYear === dataYear && s.ruleId === f.ruleId && s.subject === f.subject);
    return [{
      ruleId: f.ruleId, subject: f.subject, severity: f.severity, message: ruleWords(f.message, dataYear), ...(f.detail ? { detail: f.detail } : {}), anchor,
      elsewhere: f.keys.filter((key) => compiled.questions.get(key)?.rubric !== rubric), explainable: f.severity === 'soft', settled: f.severity === 'soft' && settled(f),
      justification: kept?.justification ?? null,
    }];
  });
}

/** Name of the field that explains a finding. */
export const explanationField = (f: { readonly ruleId: string; readonly subject: string }): string => `explication~${f.ruleId}~${f.subject}`;

/** `explication~K016~` -> rule and subject. */
export function readExplanationField(name: string): { ruleId: string; subject: string } | undefined {
  const [word, ruleId, subject] = name.split('~');
  return word === 'explication' && ruleId && subject !== undefined ? { ruleId, subject } : undefined;
}
