import { describe, expect, it } from 'vitest';
import { letterLink } from './letter-link.ts';

const centre = { responses: [{ structureId: 's', campaignYear: 2026, responseId: 'r' }], followed: [] };
const letter = (topic: string, structureId: string | null = 's') => ({ topic, structureId, campaignYear: 2026 });

describe('where a letter leads', () => {
  it('takes a structure to its requests, or to its answers of that campaign', () => {
    expect(letterLink(letter('correction_request'), centre)?.to).toBe('/centre/r/corrections');
    expect(letterLink(letter('validation'), centre)?.to).toBe('/centre/r');
    expect(letterLink({ ...letter('validation'), campaignYear: 2025 }, centre)).toBeUndefined();
  });
  it('takes each side of a question to the place where it is answered', () => {
    expect(letterLink(letter('question_answer'), centre)?.to).toBe('/centre/r/questions');
    expect(letterLink(letter('question'), { responses: [], followed: ['62'] })?.to).toBe('/suivi/62/2026/questions');
    expect(letterLink(letter('question_answer'), { responses: [], followed: ['62'] })?.to).toBe('/suivi/62/2026/questions');
    expect(letterLink(letter('question_relayed', null), { responses: [], followed: [] })?.to).toBe('/national/precisions');
  });
  it('takes a correspondent to the structure, to the signatures, or to the choice of a territory', () => {
    expect(letterLink(letter('resubmission'), { responses: [], followed: ['62'] })?.to).toBe('/suivi/62/2026?voir=s#apercu');
    expect(letterLink(letter('freeze_signature', null), { responses: [], followed: ['62'] })?.to).toBe('/suivi/62/2026/gel');
    expect(letterLink(letter('resubmission'), { responses: [], followed: ['62', '59'] })?.to).toBe('/suivi?annee=2026');
  });
});
