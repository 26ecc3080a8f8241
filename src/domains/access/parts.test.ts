import { describe, expect, it } from 'vitest';
import type { AccountId, StructureId } from '../../kernel/identifier.ts';
import { type Actor, correspondentSide, entryRole, inPart, mayEnter, maySubmit, ownStructures, type Part, partOver } from './index.ts';

const [HERE, ELSEWHERE] = ['018f0000-0000-7000-8000-0000000000aa', '018f0000-0000-7000-8000-0000000000bb'] as StructureId[];
const part: Part = { linkId: 'l', structureId: HERE!, campaignYear: 2026, rubrics: ['D'], dataYears: [2025], keys: ['expenses_total', 'income_total'], lastDay: '2026-12-31' };
const guest: Actor = { accountId: 'g' as AccountId, displayName: 'Inès', email: '', persona: null, charterAccepted: true, mandates: [], part };

describe('the part of a guest by link', () => {
  it('is of one structure and one campaign', () => {
    expect(partOver(guest, { structureId: HERE!, campaignYear: 2026 })).toBe(part);
    expect(partOver(guest, { structureId: ELSEWHERE!, campaignYear: 2026 })).toBeUndefined();
    expect(partOver(guest, { structureId: HERE!, campaignYear: 2025 })).toBeUndefined();
    expect(partOver({ ...guest, part: null }, { structureId: HERE!, campaignYear: 2026 })).toBeUndefined();
  });
  it('holds its questions in its data years', () => {
    expect([inPart(part, 2025, 'income_total'), inPart(part, 2024, 'income_total'), inPart(part, 2025, 'members')]).toEqual([true, false, false]);
  });
  it('opens no door that asks for a mandate', () => {
    const place = { structureId: HERE!, ancestors: ['FR', 'R32', '62'] };
    expect([mayEnter(guest, HERE!), maySubmit(guest, HERE!), entryRole(guest, HERE!), correspondentSide(guest, place), ownStructures(guest)]).toEqual([false, false, undefined, undefined, []]);
  });
});
