/** A rule of a draft, brought back to the questionnaire of an earlier campaign so that it can be tried on its responses. Pure. */
import { checkVersion, type CompiledVersion, compileVersion, type Question, type QuestionnaireVersion, renameInExpression, type Rule } from '../questionnaire/index.ts';
import { REGISTER_QUESTIONS } from '../registry/index.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';

/** A count told to somebody who may not read the responses: to the nearest five, null under five. A check moved step by step then never shows one structure. */
export const roundedCount = (count: number): number | null => (count < STEP ? null : Math.round(count / STEP) * STEP);
const STEP = 5;

/** The question that the check reads and that designates a structure (a text, a fact of the register); undefined when it reads none. */
export const designatingQuestion = ({ rules, questions }: CompiledVersion): Question | undefined =>
  rules.flatMap((r) => r.reads).map((key) => questions.get(key)!).find((q) => q.kind === 'text' || q.kind === 'date' || REGISTER_QUESTIONS.includes(q.key));

/** The earlier version with this one rule, under the names that questions had then; refused when the rule reads what was not asked. */
export function benchVersion(draft: QuestionnaireVersion, rule: Rule, { version: earlier, toldBefore }: Pick<CompiledVersion, 'version' | 'toldBefore'>): Result<CompiledVersion> {
  const before = (draft.lineage ?? []).flatMap((l) => (l.kind === 'renamed' ? [[l.to[0]!, l.from[0]!] as const] : []));
  const past = (text: string): string => before.reduce((t, [to, from]) => renameInExpression(t, to, from), text);
  const tried: Rule = { ...rule, when: rule.when === null ? null : past(rule.when), assert: past(rule.assert) };
  const version: QuestionnaireVersion = { ...earlier, rules: [tried] };
  const origin = { file: '', place: '' };
  const fault = checkVersion(version, { head: origin, questions: new Map(), rules: new Map() })[0];
  if (fault) return refuse<Refusal>({ code: 'rule_not_triable', message: `Ce contrôle ne peut pas être essayé sur la campagne ${earlier.year} : ${fault.message}` });
  return ok(compileVersion(version, toldBefore));
}
