import { describe, expect, it } from 'vitest';
import { type StatusFacts, statusOf } from './save-status.ts';

const facts = (more: Partial<StatusFacts> = {}): StatusFacts => ({ waiting: 0, refused: [], unread: [], unreachable: false, signedOut: false, safe: true, offline: false, copied: false, lastSaved: '', conflicts: 0, ...more });

const [D01, E02] = [{ key: 'expenses_total', code: 'D01' }, { key: 'opening_hours', code: 'E02' }];

describe('what the page says of what is saved', () => {
  it('says that all is saved only when nothing else stands in a field', () => {
    expect(statusOf(facts())).toMatchObject({ tone: 'good', text: 'Tout est enregistré' });
    expect(statusOf(facts({ unread: [D01] }))).toMatchObject({ tone: 'bad', text: '1 réponse n’est pas enregistrée\u00a0: corrigez', questions: [D01] });
    expect(statusOf(facts({ unread: [D01, E02], waiting: 1 }))).toMatchObject({ tone: 'bad', text: '2 réponses ne sont pas enregistrées\u00a0: corrigez', questions: [D01, E02] });
    expect(statusOf(facts({ refused: ['Non.'], unread: [D01] })).text).toContain('Non.');
  });
  it('says what waits, and where', () => {
    expect(statusOf(facts({ waiting: 2, unreachable: true })).text).toContain('2 réponses gardées dans ce navigateur');
    expect(statusOf(facts({ waiting: 1, signedOut: true, safe: false }))).toMatchObject({ signIn: true, tone: 'bad' });
    expect(statusOf(facts({ waiting: 1 })).text).toBe('Enregistrement…');
  });
});
