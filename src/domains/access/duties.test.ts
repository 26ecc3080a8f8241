import { describe, expect, it } from 'vitest';
import type { AccountId, StructureId } from '../../kernel/identifier.ts';
import type { TerritoryCode } from '../../kernel/territory-code.ts';
import { type Actor, type Duty, mayNameHands, mayRecover, readAddress, type Role } from './index.ts';

const [HERE, THERE] = ['018f0000-0000-7000-8000-0000000000aa', '018f0000-0000-7000-8000-0000000000bb'] as [StructureId, StructureId];
const person = (role: Role, scope: { structureId?: StructureId; territoryCode?: string; duty?: Duty }): Actor => ({
  accountId: 'a' as AccountId, displayName: 'P', email: '', persona: null, charterAccepted: true,
  mandates: [{ role, structureId: scope.structureId ?? null, territoryCode: (scope.territoryCode ?? null) as TerritoryCode | null, institutionId: null, side: null, duty: scope.duty ?? null }],
});

describe('who names the people of a structure', () => {
  it('the direction and the person in charge; neither the substitute, a contributor, nor a correspondent', () => {
    const may = [person('director', { structureId: HERE }), person('director', { structureId: HERE, duty: 'in_charge' }), person('director', { structureId: HERE, duty: 'substitute' }), person('contributor', { structureId: HERE }), person('director', { structureId: THERE }), person('caf_correspondent', { territoryCode: '62' })];
    expect(may.map((actor) => mayNameHands(actor, HERE))).toEqual([true, true, false, false, false, false]);
  });
});

describe('who recovers a lost mailbox', () => {
  const caf = person('caf_correspondent', { territoryCode: '62' });
  const here = { structureId: HERE, ancestors: ['FR', 'R32', '62'] };
  const there = { structureId: THERE, ancestors: ['FR', 'R32', '59'] };
  const of = (...ids: (StructureId | null)[]) => ids.map((structureId) => ({ structureId }));

  it('either correspondent of all the structures of the account', () => {
    expect(mayRecover(caf, of(HERE), [here])).toBe(true);
    expect(mayRecover(person('federation_correspondent', { territoryCode: '62' }), of(HERE), [here])).toBe(true);
    expect(mayRecover(caf, of(HERE, THERE), [here, there])).toBe(false);
    expect(mayRecover(caf, of(HERE, THERE), [here, { ...there, ancestors: here.ancestors }])).toBe(true);
  });
  it('never the account of somebody with a mandate over a territory, of no mandate, nor anyone else', () => {
    expect(mayRecover(caf, of(HERE, null), [here])).toBe(false);
    expect(mayRecover(caf, [], [])).toBe(false);
    expect(mayRecover(person('caf_correspondent', { territoryCode: '59' }), of(HERE), [here])).toBe(false);
    expect(mayRecover(person('data_steward', { territoryCode: '62' }), of(HERE), [here])).toBe(false);
    expect(mayRecover(person('director', { structureId: HERE }), of(HERE), [here])).toBe(false);
  });
});

it('reads an address, and nothing that is none', () => {
  expect(['  Nom@Exemple.FR ', 'a.b+c@sous.exemple.fr'].map(readAddress)).toEqual(['nom@exemple.fr', 'a.b+c@sous.exemple.fr']);
  expect(['nom', 'nom@exemple', '@exemple.fr', 'a b@exemple.fr', 'a@exemple.fr, b@exemple.fr', 'a@exemple.fr\nBcc: b@c.fr', `${'a'.repeat(250)}@b.fr`].map(readAddress)).toEqual(Array(7).fill(undefined));
});
