/**
 * An XLSForm as a version: ours comes back whole (what its columns say, and ours for the rest), another's as far as our questions go, with the list of what was left and why.
 * A column of ours counts only while the column of XLSForm beside it still says the same: what a person changed in the form wins. Pure.
 */
import { checkVersion } from '../check-version.ts';
import type { Module, QuestionnaireVersion, Rule } from '../model.ts';
import { type Fault, parseHead, parseRule } from '../parsing.ts';
import { leftSettings } from './form-leftovers.ts';
import { questionOf, withConditions } from './form-questions.ts';
import { readSurvey, type Survey } from './form-survey.ts';
import { OpenForm } from './open-form.ts';
import { type FormSheet, fromCell, type NotCarried, OWN, RULE_FIELDS } from './xlsform.ts';
import { formScope, ruleName } from './xlsform-write.ts';
import { failureXPath } from './xpath-write.ts';

export interface ReadForm {
  /** Without its hash: the caller seals it. */
  readonly content: Omit<QuestionnaireVersion, 'contentHash'>;
  readonly faults: readonly Fault[];
  readonly notCarried: readonly NotCarried[];
}

/** `year` is needed for a form that is not ours. */
export function readXlsForm(sheets: readonly FormSheet[], options: { readonly year?: number; readonly file: string }): ReadForm {
  const form = new OpenForm(sheets, options);
  if (!form.sheets.has('survey')) form.fault('', 'il n’y a pas de feuille « survey » : ce n’est pas un XLSForm.');
  const survey = readSurvey(form);
  form.left.push(...leftSettings(form.rows('settings')[0] ?? {}, [...form.sheets.keys()].filter((n) => !n.startsWith(OWN))));
  const pending: Rule[] = [];
  const head = headOf(form, survey.rubrics);
  const questions = survey.drafts.map((draft, i) => questionOf(form, draft, i, pending));
  const content: ReadForm['content'] = { ...head, questions, rules: [] };
  const rules = rulesOf(form, survey.ruleRows, content, pending);
  const whole: ReadForm['content'] = { ...content, rules, questions: withConditions(form, survey.drafts, content) };
  if (form.faults.length === 0) {
    const origin = (place: string) => ({ file: form.file, place });
    form.faults.push(...checkVersion({ ...whole, contentHash: '' }, { head: origin('formulaire'), questions: new Map(questions.map((q) => [q.key, origin(`question ${q.key}`)])), rules: new Map(rules.map((r) => [r.id, origin(`contrôle ${r.id}`)])) }));
  }
  return { content: whole, faults: form.faults, notCarried: form.left };
}

function headOf(form: OpenForm, rubricsOfForm: Survey['rubrics']): Omit<ReadForm['content'], 'questions' | 'rules'> {
  const title = form.rows('settings')[0]?.['form_title'] ?? `Questionnaire ${form.year}`;
  const rows = form.rows(`${OWN}version`);
  const listed = (field: string): unknown[] => rows.filter((r) => r['field'] === field).map((r) => fromCell(r['value'] ?? ''));
  const named = (field: string): [string, unknown][] => rows.filter((r) => r['field'] === field).map((r) => [r['name'] ?? '', fromCell(r['value'] ?? '')]);
  const labels = new Map(rubricsOfForm);
  const rubrics = { ...Object.fromEntries(named('rubrics')), ...Object.fromEntries(labels) };
  const has = (field: string): boolean => rows.some((r) => r['field'] === field);
  const head = parseHead(
    {
      year: form.year, title, rubrics,
      dataYears: form.own ? listed('dataYears') : [{ year: form.year - 1, keys: 'all' }],
      dimensions: form.own ? Object.fromEntries(named('dimensions')) : { generalites: 'Généralités' },
      modules: listed('modules'),
      ...(has('follows') ? { follows: listed('follows')[0] } : {}),
      ...(has('hasLineage') ? { lineage: listed('lineage') } : {}),
      ...(has('hasBecomes') ? { becomes: listed('becomes') } : {}),
    },
    form.file, form.faults,
  );
  return {
    year: head.year, title: head.title, dataYears: head.dataYears, dimensions: head.dimensions ?? {}, rubrics: head.rubrics ?? {}, modules: (head.modules ?? []) as readonly Module[],
    ...(head.follows === undefined ? {} : { follows: head.follows }), ...(head.lineage === undefined ? {} : { lineage: head.lineage }), ...(head.becomes === undefined ? {} : { becomes: head.becomes }),
  };
}

function rulesOf(form: OpenForm, ruleRows: Survey['ruleRows'], content: ReadForm['content'], pending: readonly Rule[]): readonly Rule[] {
  const own = form.rows(`${OWN}rules`).map((row, i) => {
    const raw: { [field: string]: unknown } = {};
    for (const field of RULE_FIELDS) if (row[field]) raw[field] = fromCell(row[field]!);
    const rule = parseRule(raw, form.file, `feuille ${OWN}rules, ligne ${i + 2}`, form.faults);
    const shown = ruleRows.get(ruleName(rule));
    if (!shown) return rule;
    const expected = failureXPath(rule, formScope(content, rule.params));
    if (expected.ok && expected.value !== (shown['relevant'] ?? '')) form.leave(`Contrôle ${rule.id}`, `sa condition a été changée dans le formulaire : changez-la dans la feuille « ${OWN}rules » ou dans l’atelier.`);
    return { ...rule, message: form.words(shown, 'label') || rule.message };
  });
  const ids = new Set(own.map((r) => r.id));
  return [...own, ...pending.map((r) => (ids.has(r.id) ? { ...r, id: `${r.id}X` } : r))];
}
