import { describe, expect, it } from 'vitest';
import type { Inquiry, InquiryMessage } from './model.ts';
import { lastWords, LONGEST_MESSAGE, speaker, whyNotNow, whyNotText } from './rules.ts';
import { actsNow, type InquiryState } from './steps.ts';

const message = (act: InquiryMessage['act'], at: string, voice: InquiryMessage['voice'] = 'structure'): InquiryMessage => ({ act, author: 'Camille Petit', voice, body: `${act} ${at}`, at });
const inquiry = (key: string, state: InquiryState, messages: readonly InquiryMessage[], dataYear = 2025): Inquiry => ({
  id: `${key} ${messages[0]!.at}`, responseId: 'r', dataYear, key, quoted: { code: 'C02', label: '', help: '' }, aim: 'correspondents', state, askedAt: messages[0]!.at, messages,
});

describe('what stands under a question', () => {
  it('is the last answer, whoever gave it, and what was asked while nobody has answered', () => {
    const words = lastWords([
      inquiry('a', 'answered', [message('ask', '1'), message('answer', '2', 'caf'), message('answer', '3', 'federation')]),
      inquiry('b', 'open', [message('ask', '1'), message('answer', '2', 'caf'), message('ask', '4')]),
      inquiry('c', 'relayed', [message('ask', '1'), message('relay', '2', 'caf')]),
      inquiry('d', 'interpreted', [message('ask', '1'), message('relay', '2', 'caf'), message('interpret', '3', 'technical_committee')]),
    ], 2025);
    expect(words['a']).toMatchObject({ who: 'Camille Petit (fédération)', at: '3' });
    expect(words['b']).toMatchObject({ who: null, body: 'ask 4', state: 'open' });
    expect(words['c']).toMatchObject({ who: null, body: 'ask 1', state: 'relayed' });
    expect(words['d']).toMatchObject({ who: 'Comité technique national', at: '3' });
  });

  it('comes from the inquiry that moved last, of the data year shown', () => {
    const old = inquiry('a', 'open', [message('ask', '1'), message('ask', '5')]);
    const fresh = inquiry('a', 'answered', [message('ask', '2'), message('answer', '3', 'caf')]);
    expect(lastWords([old, fresh], 2025)['a']).toMatchObject({ body: 'ask 5' });
    expect(lastWords([inquiry('a', 'open', [message('ask', '1')], 2024)], 2025)).toEqual({});
  });
});

describe('who says what when', () => {
  it('lets correspondents answer or relay what is open or answered, and nobody speak over the committee', () => {
    expect(actsNow('open', 'caf')).toEqual(['answer', 'relay']);
    expect(actsNow('answered', 'federation')).toEqual(['answer', 'relay']);
    expect(actsNow('relayed', 'caf')).toEqual([]);
    expect(actsNow('relayed', 'structure')).toEqual([]);
    expect(actsNow('relayed', 'technical_committee')).toEqual(['interpret', 'reply']);
    expect(actsNow('open', 'technical_committee')).toEqual([]);
    expect(actsNow('interpreted', 'structure')).toEqual(['ask']);
  });

  it('takes questions while values are read, neither before nor after', () => {
    expect(whyNotNow('open')).toBeUndefined();
    expect(whyNotNow('control')).toBeUndefined();
    expect(whyNotNow('preparation')?.code).toBe('not_now');
    expect(whyNotNow('frozen')?.code).toBe('not_now');
  });

  it('names people by their side, and the committee as one', () => {
    expect(speaker({ author: 'Camille Petit', voice: 'caf' })).toBe('Camille Petit (Caf)');
    expect(speaker({ author: 'Camille Petit', voice: 'technical_committee' })).toBe('Comité technique national');
    expect(whyNotText('   ', 'Écrivez.')?.message).toBe('Écrivez.');
    expect(whyNotText('a'.repeat(LONGEST_MESSAGE), '')).toBeUndefined();
    expect(whyNotText('a'.repeat(LONGEST_MESSAGE + 1), '')?.code).toBe('message_too_long');
  });
});
