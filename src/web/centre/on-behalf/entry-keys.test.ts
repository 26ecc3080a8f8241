import { describe, expect, it } from 'vitest';
import { type FieldFacts, meaningOf, optionCode } from './entry-keys.ts';

const figure: FieldFacts = { sort: 'figure', empty: true, options: 0, states: ['unknown'] };
const list: FieldFacts = { sort: 'list', empty: false, options: 12, states: ['unknown', 'not_concerned'] };
const press = (key: string, field: FieldFacts, more: { shift?: boolean; held?: boolean } = {}) => meaningOf({ key, shift: false, held: false, ...more }, field);

describe('the keys of the dense form', () => {
  it('go to the next field and back', () => {
    expect(press('Enter', figure)).toEqual({ does: 'next' });
    expect(press('Enter', figure, { shift: true })).toEqual({ does: 'previous' });
    expect(press('Enter', { ...figure, sort: 'long' })).toEqual({ does: 'next' });
    // a new line in a long text
    expect(press('Enter', { ...figure, sort: 'long' }, { shift: true })).toBeUndefined();
  });

  it('choose an option by its code: nine figures, then letters', () => {
    expect([optionCode(0), optionCode(8), optionCode(9), optionCode(34), optionCode(35)]).toEqual(['1', '9', 'a', 'z', undefined]);
    expect(press('1', list)).toEqual({ does: 'choose', place: 0 });
    expect(press('C', list)).toEqual({ does: 'choose', place: 11 });
    expect(press('d', list), 'there are twelve options').toBeUndefined();
    expect(press('0', list)).toBeUndefined();
    expect(press('3', { ...list, sort: 'boxes' })).toEqual({ does: 'choose', place: 2 });
  });

  it('leave figures, letters and the browser’s own shortcuts alone', () => {
    expect(press('1', figure)).toBeUndefined();
    expect(press('0', figure)).toBeUndefined();
    expect(press('a', { ...list, sort: 'text' })).toBeUndefined();
    expect(press('1', list, { held: true })).toBeUndefined();
    expect(press('Tab', list)).toBeUndefined();
    expect(press(' ', { ...list, sort: 'boxes' })).toBeUndefined();
  });

  it('say « Ne sait pas » and « Non concerné » where they are offered, in a field where nothing is typed', () => {
    expect(press('?', figure)).toEqual({ does: 'state', state: 'unknown' });
    expect(press('/', figure)).toEqual({ does: 'not-offered', state: 'not_concerned' });
    expect(press('/', list)).toEqual({ does: 'state', state: 'not_concerned' });
    // 03/11/2025 is being typed
    expect(press('/', { ...figure, empty: false, states: ['not_concerned'] })).toBeUndefined();
    expect(press('?', { ...figure, sort: 'text', states: [] })).toBeUndefined();
  });
});
