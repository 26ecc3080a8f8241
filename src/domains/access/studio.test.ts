import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../kernel/identifier.ts';
import type { TerritoryCode } from '../../kernel/territory-code.ts';
import type { Actor, Role } from './model.ts';
import { readsStudio, studioRefusal } from './studio.ts';

const person = (role: Role, territory: string, id = role): Actor => ({
  accountId: id as unknown as AccountId, displayName: role, email: '', persona: null, charterAccepted: true,
  mandates: [{ role, structureId: null, territoryCode: territory as TerritoryCode, institutionId: null, side: null }],
});
const may = (actor: Actor, act: Parameters<typeof studioRefusal>[1]): boolean => studioRefusal(actor, act) === undefined;
const write = (...territories: readonly (string | null)[]) => ({ kind: 'write' as const, territories, withdraw: false });
const [committee, office, national, caf, member] = [person('technical_committee', 'FR'), person('project_office', 'FR'), person('committee_member', 'FR'), person('caf_correspondent', '62'), person('committee_member', '62')];

describe('who may do what to the questionnaire', () => {
  it('the technical committee writes the core and the themes; a territory writes its own module and nothing else', () => {
    expect([committee, office, national, caf, member].map((a) => may(a, write(null)))).toEqual([true, true, false, false, false]);
    expect([committee, caf, member].map((a) => may(a, write('62')))).toEqual([false, true, false]);
    expect(may(caf, write('59'))).toBe(false);
    expect(may(caf, write('62', null))).toBe(false);
    expect(may(committee, write(null, '62'))).toBe(false);
    expect(may(committee, { ...write('62'), withdraw: true })).toBe(true);
    expect(may(person('regional_representative', 'R32'), write(null))).toBe(false);
  });
  it('the technical committee proposes, the national committee validates', () => {
    expect([committee, national, office, caf].map((a) => may(a, { kind: 'propose' }))).toEqual([true, false, true, false]);
    expect([committee, national, office, member].map((a) => may(a, { kind: 'validate' }))).toEqual([false, true, true, false]);
  });
  it('a local module is validated by its committee, by somebody who did not write it', () => {
    const validate = (territory: string, ...writers: readonly string[]) => ({ kind: 'validate_module' as const, territory, writers });
    expect([member, caf, office, committee].map((a) => may(a, validate('62', caf.accountId)))).toEqual([true, false, false, false]);
    expect(may(caf, validate('62'))).toBe(true);
    expect(may(member, validate('59'))).toBe(false);
    expect(may(member, { kind: 'propose_module', territory: '62', writers: [] })).toBe(false);
  });
  it('a guest and a director do not read it', () => {
    expect([readsStudio(person('guest', '62')), readsStudio(caf), readsStudio({ ...caf, mandates: [{ ...caf.mandates[0]!, role: 'director', territoryCode: null }] })]).toEqual([false, true, false]);
  });
});
