/** A rule of a draft, brought back to the questionnaire of an earlier campaign so that it can be tried on its responses. Pure. */
import { checkVersion, type CompiledVersion, compileVersion, type QuestionnaireVersion, renameInExpression, type Rule } from '../questionnaire/index.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';

/** The earlier version with this one rule, under the names that questions had then; refused when the rule reads what was not asked. */
export function benchVersion(draft: QuestionnaireVersion, rule: Rule, earlier: QuestionnaireVersion): Result<CompiledVersion> {
  const before = (draft.lineage ?? []).flatMap((l) => (l.kind === 'renamed' ? [[l.to[0]!, l.from[0]!] as const] : []));
  const past = (text: string): string => before.reduce((t, [to, from]) => renameInExpression(t, to, from), text);
  const tried: Rule = { ...rule, when: rule.when === null ? null : past(rule.when), assert: past(rule.assert) };
  const version: QuestionnaireVersion = { ...earlier, rules: [tried] };
  const origin = { file: '', place: '' };
  const fault = checkVersion(version, { head: origin, questions: new Map(), rules: new Map() })[0];
  if (fault) return refuse<Refusal>({ code: 'rule_not_triable', message: `Ce contrôle ne peut pas être essayé sur la campagne ${earlier.year} : ${fault.message}` });
  return ok(compileVersion(version));
}
