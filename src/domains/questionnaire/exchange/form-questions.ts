/** Questions from the drafts of a form: their fields, then bounds, conditions and calculations once every question has its name. */
import type { Question, QuestionnaireVersion, Rule } from '../model.ts';
import { parseQuestion, type Raw } from '../parsing.ts';
import { boundsOf } from './form-bounds.ts';
import { requiredOf } from './form-kinds.ts';
import type { Draft } from './form-survey.ts';
import type { OpenForm } from './open-form.ts';
import { constraintOf, fromCell, ITEM, OWN, OWN_FIELDS } from './xlsform.ts';
import { formScope } from './xlsform-write.ts';
import { toXPath } from './xpath-write.ts';

const MAX_HELP = 240;

/** What of its constraint is no bound is added to `pending` as a check. */
export function questionOf(form: OpenForm, draft: Draft, index: number, pending: Rule[]): Question {
  const { row, key, kind } = draft;
  const own: { [field: string]: unknown } = {};
  if (row[ITEM] === 'question') for (const field of OWN_FIELDS) if (row[OWN + field]) own[field] = fromCell(row[OWN + field]!);
  let help = form.words(row, 'hint');
  const guidance = form.words(row, 'guidance_hint');
  if (guidance) help = help ? `${help} ${guidance}` : guidance;
  if (help.length > MAX_HELP) {
    form.leave(`Question « ${row['name']} », aide`, `elle a ${help.length} caractères : les ${MAX_HELP} premiers sont repris.`);
    help = `${help.slice(0, MAX_HELP - 1)}…`;
  }
  const label = form.words(row, 'label');
  if (!label) form.leave(`Question « ${row['name']} »`, 'elle n’a pas d’intitulé : son nom en tient lieu.');
  const { relevance: _, computed: __, table: ___, required: ownRequired, ...kept } = own;
  const raw: { [field: string]: unknown } = {
    code: `${draft.rubric}${String(index + 1).padStart(3, '0')}`, dimension: 'generalites', referencePeriod: 'current', sensitivity: 'declared',
    ...kept, ...draft.more, key, kind, label: label || (row['name'] ?? ''), ...(help ? { help } : {}),
    required: kind === 'table' ? (ownRequired ?? false) : requiredOf(form, row),
  };
  if ((kind === 'single' || kind === 'multiple') && !raw['options']) raw['options'] = form.options(draft.list, false, `Question « ${row['name']} »`);
  if (kind === 'table') raw['table'] = draft.table;
  if (kind !== 'table') constrain(form, draft, raw, pending);
  return parseQuestion(raw, draft.rubric, form.file, `survey, ligne ${draft.line}`, form.faults);
}

/** Bounds from the constraint when a person changed it; what is no bound becomes a check. */
function constrain(form: OpenForm, draft: Draft, raw: { [field: string]: unknown }, pending: Rule[]): void {
  const { row, key, kind } = draft;
  const constraint = row['constraint'] ?? '';
  if (constraintOf(raw as unknown as Question).constraint === constraint) return;
  const own = draft.row[ITEM] === 'question';
  if (own) for (const field of ['min', 'max', 'maxLength', 'pattern', 'maxChoices']) delete raw[field];
  const { bounds, rest } = boundsOf(constraint);
  const numeric = kind === 'integer' || kind === 'decimal' || kind === 'money' || kind === 'percentage';
  for (const [field, value] of Object.entries(bounds)) {
    const fits = field === 'min' || field === 'max' ? numeric : field === 'maxChoices' ? kind === 'multiple' : kind === 'text';
    if (fits) raw[field] = value;
    else form.leave(`Question « ${row['name']} », contrainte`, `« ${constraint} » ne convient pas à une question de cette nature.`);
  }
  const exclusive = ((raw['options'] ?? []) as Raw[]).filter((o) => o['exclusive']).map((o) => `(not(selected(., '${String(o['code'])}')) or count-selected(.) = 1)`);
  const others = rest.filter((part) => !exclusive.includes(part));
  if (others.length === 0) return;
  const read = form.translate(others.join(' and '), row['name'] ?? '');
  if (!read.ok) return form.leave(`Question « ${row['name']} », contrainte`, `« ${others.join(' and ')} » : ${read.error}`);
  pending.push({
    id: `F${String(pending.length + 1).padStart(3, '0')}`, category: 'bound', severity: 'hard', stage: 'submit', appliesTo: ['CS', 'EVS'], when: null, assert: read.value, params: {},
    message: form.words(row, 'constraint_message') || `La réponse à « ${form.words(row, 'label') || key} » n’est pas dans ce qui est attendu.`, justification: false, serverOnly: false,
  });
}

/** Conditions and calculations, once every question has its place. */
export function withConditions(form: OpenForm, drafts: readonly Draft[], content: Omit<QuestionnaireVersion, 'contentHash'>): readonly Question[] {
  const scope = formScope(content);
  return content.questions.map((question, i) => {
    const { row, groups } = drafts[i]!;
    const translated = (theirs: string, ours: string | undefined, what: string): string | null => {
      if (ours !== undefined) {
        const again = toXPath(ours, scope);
        if (theirs === (again.ok ? again.value : '')) return ours;
      }
      if (!theirs) return null;
      const read = form.translate(theirs, row['name'] ?? '');
      if (read.ok) return read.value;
      form.leave(`Question « ${row['name']} », ${what}`, `« ${theirs} » : ${read.error}`);
      return null;
    };
    const cell = (field: string): string | undefined => (row[ITEM] === 'question' && row[OWN + field] ? String(fromCell(row[OWN + field]!)) : undefined);
    const own = translated(row['relevant'] ?? '', cell('relevance'), 'condition d’affichage');
    const around = groups.map((g) => translated(g, undefined, 'condition du groupe')).filter((g) => g !== null);
    const all = [...around, ...(own === null ? [] : [own])];
    const relevance = all.length === 0 ? null : all.length === 1 ? all[0]! : all.map((part) => `(${part})`).join(' && ');
    const numeric = ['integer', 'decimal', 'money', 'percentage'].includes(question.kind);
    if (row['calculation'] && !numeric) form.leave(`Question « ${row['name']} », calcul`, 'seul un nombre se calcule.');
    const computed = numeric ? translated(row['calculation'] ?? '', cell('computed'), 'calcul') : null;
    const { computed: _, ...rest } = question;
    return { ...rest, relevance, ...(computed === null ? {} : { computed, prefill: 'computed' as const }) };
  });
}
