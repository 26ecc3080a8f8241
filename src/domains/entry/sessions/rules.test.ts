import { describe, expect, it } from 'vitest';
import { mayBeInvited, readSession, sessionOpen, whyNotInvite } from './rules.ts';

const TODAY = '2026-04-02';
const codeOf = (given: { title?: string; heldOn?: string }, phase: Parameters<typeof readSession>[1] = 'open'): string => {
  const read = readSession({ title: 'Session d’Arras', heldOn: TODAY, ...given }, phase, TODAY);
  return read.ok ? 'ok' : read.error.code;
};

describe('a collective session', () => {
  it('is opened during entry, with a title and a day to come', () => {
    expect(readSession({ title: '  Session d’Arras ', heldOn: '2026-04-14' }, 'open', TODAY)).toEqual({ ok: true, value: { title: 'Session d’Arras', heldOn: '2026-04-14' } });
    expect([codeOf({}), codeOf({}, 'closing'), codeOf({}, 'control'), codeOf({}, 'preparation')]).toEqual(['ok', 'ok', 'session_not_now', 'session_not_now']);
    expect([codeOf({ title: 'ab' }), codeOf({ title: 'x'.repeat(121) }), codeOf({ heldOn: '' }), codeOf({ heldOn: '2026-04-01' })]).toEqual(['session_title', 'session_title', 'session_day', 'session_day']);
  });

  it('is over when its opener closes it, or when entry ends', () => {
    expect([sessionOpen({ closedAt: null }, 'open'), sessionOpen({ closedAt: null }, 'control'), sessionOpen({ closedAt: '2026-04-14T10:00:00.000Z' }, 'open')]).toEqual([true, false, false]);
  });

  it('invites centres that are entering, at least one, none twice', () => {
    expect((['not_started', 'in_progress', 'submitted', 'declined', 'validated'] as const).map(mayBeInvited)).toEqual([true, true, false, false, false]);
    const candidates = new Set(['a', 'b']);
    expect([whyNotInvite([], candidates)?.code, whyNotInvite(['a', 'b'], candidates), whyNotInvite(['a', 'c'], candidates)?.code]).toEqual(['session_without_centre', undefined, 'session_other_centre']);
  });
});
