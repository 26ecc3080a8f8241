/** A version as an XLSForm: rubrics as groups, tables as groups of rows, checks as notes that show when they fail. Pure. */
import type { Question, QuestionnaireVersion, Rule } from '../model.ts';
import { CONSTRAINT_MESSAGE, constraintOf, type FormRow, type FormSheet, HINT, type Item, ITEM, LABEL, LANGUAGE, type NotCarried, OWN, OWN_FIELDS, RULE_FIELDS, toCell, typeOf, YES_NO } from './xlsform.ts';
import { failureXPath, TICKED, toXPath, type XPathScope } from './xpath-write.ts';

export interface WrittenForm {
  readonly sheets: readonly FormSheet[];
  readonly notCarried: readonly NotCarried[];
}

export const formScope = (version: Omit<QuestionnaireVersion, 'contentHash'>, params?: XPathScope['params']): XPathScope => {
  const questions = new Map(version.questions.map((q) => [q.key, q]));
  return {
    question: (key) => questions.get(key),
    dataYear: version.dataYears[0]?.year ?? version.year - 1,
    keysOfRubric: (rubric) => version.questions.filter((q) => q.rubric === rubric).map((q) => q.key),
    ...(params ? { params } : {}),
  };
};

/** Sheets in the order of XLSForm, then ours; what a program that reads only XLSForm will not see. */
export function writeXlsForm(version: QuestionnaireVersion): WrittenForm {
  const scope = formScope(version);
  const notCarried: NotCarried[] = general(version);
  const survey: FormRow[] = [];
  const groups = new Map<string, number>();
  let open: string | undefined;
  for (const question of version.questions) {
    if (question.rubric !== open) {
      if (open !== undefined) survey.push({ type: 'end_group' });
      open = question.rubric;
      const seen = (groups.get(open) ?? 0) + 1;
      groups.set(open, seen);
      survey.push({ type: 'begin_group', name: `rubrique_${seen > 1 ? `${open}_${seen}` : open}`, [LABEL]: version.rubrics[open] ?? open, [ITEM]: 'rubric' satisfies Item, [`${OWN}rubric`]: open });
    }
    survey.push(...questionRows(question, scope, notCarried));
  }
  if (open !== undefined) survey.push({ type: 'end_group' });
  survey.push(...ruleRows(version, notCarried));

  const choices: FormRow[] = version.questions.flatMap((q) => (q.options ?? []).map((o) => ({ list_name: q.key, name: o.code, [LABEL]: o.label, [`${OWN}exclusive`]: toCell(o.exclusive) })));
  const boxes = version.questions.some((q) => q.table?.columns.some((c) => c.kind === 'boolean'));
  const yesNo: FormRow[] = boxes ? [{ list_name: YES_NO, name: TICKED, [LABEL]: 'Oui' }, { list_name: YES_NO, name: 'no', [LABEL]: 'Non' }] : [];
  const columns = ['type', 'name', LABEL, HINT, 'required', 'relevant', 'constraint', CONSTRAINT_MESSAGE, 'calculation', 'readonly', 'appearance'];
  return {
    notCarried,
    sheets: [
      { name: 'survey', columns: [...columns, ITEM, `${OWN}rubric`, ...OWN_FIELDS.map((f) => OWN + f)], rows: survey },
      { name: 'choices', columns: ['list_name', 'name', LABEL, `${OWN}exclusive`], rows: [...choices, ...yesNo] },
      { name: 'settings', columns: ['form_title', 'form_id', 'version', 'default_language'], rows: [{ form_title: version.title, form_id: `senacs_${version.year}`, version: version.contentHash.slice(0, 12), default_language: LANGUAGE }] },
      { name: `${OWN}version`, columns: ['field', 'name', 'value'], rows: headRows(version) },
      { name: `${OWN}rules`, columns: RULE_FIELDS, rows: version.rules.map((r) => Object.fromEntries(RULE_FIELDS.map((f) => [f, toCell(r[f])]))) },
      { name: `${OWN}non_repris`, columns: ['objet', 'raison'], rows: notCarried.map(({ subject, reason }) => ({ objet: subject, raison: reason })) },
    ],
  };
}

function headRows(version: QuestionnaireVersion): FormRow[] {
  const words = (field: string, object: { readonly [code: string]: string }): FormRow[] => Object.entries(object).map(([name, value]) => ({ field, name, value: toCell(value) }));
  const items = (field: string, list: readonly unknown[]): FormRow[] => list.map((value) => ({ field, value: toCell(value) }));
  return [
    { field: 'year', value: toCell(version.year) },
    ...(version.follows === undefined ? [] : [{ field: 'follows', value: toCell(version.follows) }]),
    ...items('dataYears', version.dataYears),
    ...words('dimensions', version.dimensions),
    ...words('rubrics', version.rubrics),
    ...items('modules', version.modules),
    ...(version.lineage === undefined ? [] : [{ field: 'hasLineage', value: 'true' }, ...items('lineage', version.lineage)]),
    ...(version.becomes === undefined ? [] : [{ field: 'hasBecomes', value: 'true' }, ...items('becomes', version.becomes)]),
  ];
}

function questionRows(question: Question, scope: XPathScope, notCarried: NotCarried[]): FormRow[] {
  const own = Object.fromEntries(OWN_FIELDS.map((f) => [OWN + f, toCell(question[f])]));
  const translated = (field: 'relevance' | 'computed', why: string): string => {
    const text = question[field];
    if (!text) return '';
    const xpath = toXPath(text, scope);
    if (xpath.ok) return xpath.value;
    notCarried.push({ subject: `Question ${question.code} (${question.key}), ${why}`, reason: `« ${text} » : ${xpath.error}` });
    return '';
  };
  const base: FormRow = {
    name: question.key, [LABEL]: question.label, [HINT]: question.help, relevant: translated('relevance', 'condition d’affichage'), [ITEM]: 'question' satisfies Item, ...own,
  };
  const { table } = question;
  if (question.kind !== 'table' || !table) {
    const { constraint, message } = constraintOf(question);
    const calculation = translated('computed', 'calcul');
    return [{
      ...base, type: typeOf(question.kind as Exclude<Question['kind'], 'table'>, question.key), required: question.required ? 'yes' : '', constraint, [CONSTRAINT_MESSAGE]: message,
      calculation, readonly: calculation ? 'yes' : '', appearance: question.kind === 'text' && (question.maxLength ?? 0) > 200 ? 'multiline' : '',
    }];
  }
  return [
    { ...base, type: 'begin_group', appearance: 'field-list' },
    ...table.rows.flatMap((row): FormRow[] => [
      { type: 'begin_group', name: `${question.key}.${row.code}`, [LABEL]: row.label, [ITEM]: 'row' satisfies Item },
      ...table.columns.map((column): FormRow => {
        const { constraint, message } = column.kind === 'boolean' ? { constraint: '', message: '' } : constraintOf({ ...column, kind: column.kind });
        return {
          type: typeOf(column.kind, ''), name: `${question.key}.${row.code}.${column.code}`, [LABEL]: column.label, required: question.required && column.kind !== 'boolean' ? 'yes' : '',
          constraint, [CONSTRAINT_MESSAGE]: message, [ITEM]: 'cell' satisfies Item,
        };
      }),
      { type: 'end_group' },
    ]),
    { type: 'end_group' },
  ];
}

const STRENGTH: { readonly [severity in Rule['severity']]: string } = { hard: 'À corriger avant de transmettre.', soft: 'À corriger, ou à expliquer.', info: 'À vérifier.' };

export const ruleName = (rule: Rule): string => `controle_${rule.id.replace(/[^A-Za-z0-9_.-]/g, '_')}`;

function ruleRows(version: QuestionnaireVersion, notCarried: NotCarried[]): FormRow[] {
  const rows: FormRow[] = [];
  for (const rule of version.rules) {
    const shown = failureXPath(rule, formScope(version, rule.params));
    if (shown.ok) rows.push({ type: 'note', name: ruleName(rule), [LABEL]: rule.message, [HINT]: STRENGTH[rule.severity], relevant: shown.value, [ITEM]: 'rule' satisfies Item });
    else notCarried.push({ subject: `Contrôle ${rule.id}`, reason: shown.error });
  }
  return rows.length > 0 ? [{ type: 'begin_group', name: `${OWN}controles`, [LABEL]: 'Contrôles', [ITEM]: 'rules' satisfies Item }, ...rows, { type: 'end_group' }] : [];
}

/** What no form can say, question by question or for the whole. */
function general(version: QuestionnaireVersion): NotCarried[] {
  const count = (is: (q: Question) => boolean): number => version.questions.filter(is).length;
  const said: [number, string, string][] = [
    [version.dataYears.length - 1, 'Années de données', `le formulaire ne demande que ${version.dataYears[0]?.year} ; les années précédentes ne se saisissent que dans l’application.`],
    [count((q) => q.unknownAllowed), '« Ne sait pas »', 'un formulaire n’a qu’une réponse vide : cet état ne se distingue pas.'],
    [count((q) => q.notConcernedAllowed === true), '« Non concerné »', 'un formulaire n’a qu’une réponse vide : cet état ne se distingue pas.'],
    [count((q) => q.prefill === 'register' || q.prefill === 'previous'), 'Valeurs proposées', 'elles viennent du répertoire ou de l’année précédente, que le formulaire ne connaît pas.'],
    [count((q) => new Set(version.questions.flatMap((o) => o.appliesTo)).size > q.appliesTo.length), 'Natures de structure', 'les questions d’une seule nature de structure sont posées à toutes.'],
    [version.modules.length, 'Modules', 'les modules choisis et les modules de territoire sont posés à toutes les structures.'],
    [version.rules.filter((r) => r.severity === 'soft').length, 'Explications', 'un contrôle à expliquer s’affiche, mais son explication ne se saisit pas.'],
    [version.rules.filter((r) => r.stage === 'review').length, 'Contrôles de la relecture', 'ils se montrent à la saisie, faute de relecture dans un formulaire.'],
  ];
  return said.filter(([n]) => n > 0).map(([n, subject, reason]) => ({ subject: `${subject} (${n})`, reason }));
}
