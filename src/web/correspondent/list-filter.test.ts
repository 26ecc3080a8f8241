import { describe, expect, it } from 'vitest';
import { GROUPS, selectStructures } from './list-filter.ts';

const one = (name: string, more: object = {}) => ({ name, commune: null, state: 'submitted', openHard: 0, openSoft: 0, openInfo: 0, required: 10, answered: 5, lastActivity: null, ...more }) as never;

describe('the list of structures', () => {
  it('finds a name without its accents', () => {
    expect(selectStructures([one('Hénin'), one('Lens')], { group: 'toutes', search: ' henin', order: 'nom' })).toHaveLength(1);
  });
  it('has a group for every response state', () => {
    const states = ['not_started', 'in_progress', 'submitted', 'submitted_by_third_party', 'under_review', 'correction_requested', 'resubmitted', 'validated', 'frozen', 'declined', 'non_respondent', 'excluded'];
    for (const state of states) expect(GROUPS.filter((g) => g.word !== 'toutes' && g.word !== 'signalees' && g.holds(one('x', { state }))), state).toHaveLength(1);
  });
  it('counts as signalled whatever the column of open findings shows, what is only to be looked at included', () => {
    const list = [one('a'), one('b', { openInfo: 1 }), one('c', { openSoft: 1 }), one('d', { openHard: 1 })];
    expect(selectStructures(list, { group: 'signalees', search: '', order: 'nom' }).map((s) => s.name)).toEqual(['b', 'c', 'd']);
  });
  it('puts impossibilities first when ordered by findings', () => {
    const list = [one('a', { openSoft: 9 }), one('b', { openHard: 1 })];
    expect(selectStructures(list, { group: 'toutes', search: '', order: 'signalements' }).map((s) => s.name)).toEqual(['b', 'a']);
  });
});
