import { expect, it } from 'vitest';
import { ALL_KINDS } from '../../questionnaire/fixtures/all-kinds.ts';
import { type FoundCell } from '../../../platform/spreadsheet/book.ts';
import { readSlot, slotsOf } from './slots.ts';

const question = ALL_KINDS.questions.find((q) => q.kind === 'table' && q.table!.columns.some((c) => c.kind === 'percentage') && q.table!.columns.some((c) => c.kind !== 'percentage' && c.kind !== 'boolean'))!;
const slotOf = (percentage: boolean) => slotsOf(question).find((s) => s.part.kind === 'cell' && s.part.column.kind !== 'boolean' && (s.part.column.kind === 'percentage') === percentage)!;
const read = (percentage: boolean, found: FoundCell) => readSlot(question, slotOf(percentage), found);

it('a percentage is read where one is asked, and refused elsewhere with what to write', () => {
  expect(read(true, { text: '12 %' })).toEqual({ ok: true, value: 12 });
  expect(read(true, { text: '12 %', number: 0.12, percent: true })).toEqual({ ok: true, value: 12 });
  for (const found of [{ text: '12 %' }, { text: '12%' }, { text: '0.12', number: 0.12, percent: true }]) {
    const refused = read(false, found);
    expect(!refused.ok && refused.error.message.replaceAll(/[\s\u00a0\u202f]+/g, ' ')).toMatch(/« 12 ?% » est une part : cette question attend un/);
  }
  expect(read(false, { text: '12' })).toEqual({ ok: true, value: 12 });
});
