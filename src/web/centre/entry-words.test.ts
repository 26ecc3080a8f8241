import { describe, expect, it } from 'vitest';
import { readOnlyWords, sentWords, timeLeft } from './entry-words.ts';

const until = { closesOn: '2026-07-10', today: '2026-07-10' } as const;

describe('the time left for entering', () => {
  it('is said with its date on its last day, as past on the next', () => {
    expect(timeLeft({ ...until, phase: 'open' })).toBe('La saisie est ouverte jusqu’au 10\u00a0juillet 2026.');
    expect(timeLeft({ ...until, phase: 'open', today: '2026-07-11' })).toContain('le 10\u00a0juillet 2026, est passée');
  });
  it('promises no date to a late entry', () => {
    expect(timeLeft({ ...until, phase: 'control', today: '2026-11-22' })).not.toContain('juillet');
  });
});

describe('what was just sent', () => {
  it('is confirmed only when the response stands where the act leads', () => {
    const at = { ...until, phase: 'open' } as const;
    expect(sentWords('transmises', { ...at, state: 'submitted' })?.next).toContain('reprendre vos réponses');
    expect(sentWords('transmises', { ...at, phase: 'control', state: 'submitted' })?.next).not.toContain('reprendre');
    expect(sentWords('transmises', { ...at, state: 'in_progress' })).toBeUndefined();
    expect(sentWords('renvoyees', { ...at, phase: 'control', state: 'resubmitted' })?.title).toBe('Vos réponses sont renvoyées');
    expect(sentWords(null, { ...at, state: 'submitted' })).toBeUndefined();
  });
});

it('says of frozen answers that they are definitive', () => {
  expect(readOnlyWords('frozen')).toContain('définitives');
  expect(readOnlyWords('under_review')).not.toContain('définitives');
});
