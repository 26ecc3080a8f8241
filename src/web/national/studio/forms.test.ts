import { describe, expect, it } from 'vitest';
import { applyOperation, seenOf } from '../../../domains/questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../../../domains/questionnaire/index.server.ts';
import { blankFields, fieldsOf, QUESTION_FIELDS, rawQuestion } from './question-form.ts';
import { fieldsOfRule, rawRule } from './rule-form.ts';

const read = await readVersionFolder(contentFolder(), 2026);
if (!read.ok) throw new Error('unreadable');
const version = read.value;

describe('the forms of the studio', () => {
  it('give every question back as it was, when nothing is typed', () => {
    for (const question of version.questions) {
      const raw = rawQuestion(fieldsOf(question), version.modules, question);
      if (!raw.ok) throw new Error(`${question.key}: ${JSON.stringify(raw.error)}`);
      const applied = applyOperation(version, { act: 'change_question', key: question.key, question: raw.value, seen: seenOf(question) });
      expect(applied.ok && applied.value.after, question.key).toEqual(question);
    }
  });
  it('take a table of which only rows and columns are given', () => {
    const typed = { ...blankFields('F', '', ['CS']), kind: 'table', code: 'F80', key: 'gardeners', label: 'Qui jardine ?', dimension: 'projet', rows: 'adults | Adultes', columns: 'count | Personnes | nombre entier' };
    const raw = rawQuestion(typed, version.modules, undefined);
    if (!raw.ok) throw new Error(JSON.stringify(raw.error));
    expect(applyOperation(version, { act: 'add_question', question: raw.value, after: null })).toMatchObject({ ok: true });
    expect(Object.keys(typed).toSorted()).toEqual(QUESTION_FIELDS.toSorted());
  });
  it('give every rule back as it was, when nothing is typed', () => {
    for (const rule of version.rules) {
      const raw = rawRule(fieldsOfRule(rule));
      if (!raw.ok) throw new Error(`${rule.id}: ${JSON.stringify(raw.error)}`);
      const applied = applyOperation(version, { act: 'change_rule', id: rule.id, rule: raw.value, seen: seenOf(rule) });
      expect(applied.ok && applied.value.after, rule.id).toEqual(rule);
    }
  });
  it('name the field that does not read', () => {
    const question = version.questions.find((q) => q.kind === 'table')!;
    const raw = rawQuestion({ ...fieldsOf(question), rows: 'a', appliesTo: '' }, version.modules, question);
    expect(raw.ok ? [] : raw.error.map((f) => f.field)).toEqual(['rows', 'appliesTo']);
    expect(rawRule({ ...fieldsOfRule(version.rules[0]!), params: 'x' })).toMatchObject({ ok: false, error: [{ field: 'params' }] });
  });
});
