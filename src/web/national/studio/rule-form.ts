/** A rule as the fields of a plain form, and back. Pure. */
import { readParams, type Rule, type StudioFault, writeParams } from '../../../domains/questionnaire/index.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Typed } from './question-form.ts';

export const fieldsOfRule = (r: Rule): Typed => ({
  id: r.id, category: r.category, severity: r.severity, stage: r.stage, appliesTo: r.appliesTo.join(' '), when: r.when ?? '', assert: r.assert, params: writeParams(r.params), message: r.message, serverOnly: r.serverOnly ? '1' : '', note: r.note ?? '',
});
export const blankRule = (id: string, kinds: readonly string[]): Typed => ({ id, category: 'activity', severity: 'soft', stage: 'submit', appliesTo: kinds.join(' '), when: '', assert: '', params: '', message: '', serverOnly: '', note: '' });
export const RULE_FIELDS = Object.keys(blankRule('', []));

/** The rule as operations take it. A rule to explain asks for an explanation, and no other does. */
export function rawRule(typed: Typed): Result<{ readonly [name: string]: unknown }, readonly StudioFault[]> {
  const t = (name: string): string => (typed[name] ?? '').trim();
  const params = readParams(t('params'));
  const faults: StudioFault[] = params.ok ? [] : params.error.map((f) => ({ field: 'params', message: `Ligne ${f.line} : ${f.message}` }));
  const appliesTo = t('appliesTo').split(' ').filter(Boolean);
  if (appliesTo.length === 0) faults.push({ field: 'appliesTo', message: 'Choisissez au moins un type de structure.' });
  if (!params.ok || faults.length > 0) return refuse(faults);
  return ok({
    id: t('id'), category: t('category'), severity: t('severity'), stage: t('stage'), appliesTo, when: t('when') || null, assert: t('assert'), params: params.value, message: t('message'), justification: t('severity') === 'soft',
    serverOnly: t('serverOnly') !== '', ...(t('note') ? { note: t('note') } : {}),
  });
}
