import { describe, expect, it } from 'vitest';
import { newId } from '../kernel/identifier.ts';
import { requireUuid, requireYear, unknownAct, yearIn } from './form-values.ts';

const statusOf = (read: () => unknown): number => {
  try {
    read();
    return 200;
  } catch (thrown) {
    return (thrown as Response).status;
  }
};

describe('what comes from a form or an address', () => {
  it('is a year of four digits or none: nothing that a database would choke on', () => {
    expect(yearIn('2026')).toBe(2026);
    for (const bad of ['', '26', '99999999999', '2026.5', ' 2026', 'NaN', '3e3', null, undefined, 2026]) expect(yearIn(bad)).toBeUndefined();
    expect(statusOf(() => requireYear('xx'))).toBe(400);
  });

  it('is an identifier, or is refused before it reaches the database', () => {
    const id = newId();
    expect(requireUuid(id)).toBe(id);
    for (const bad of ['xx', '', null, `${id}'`, id.toUpperCase()]) expect(statusOf(() => requireUuid(bad))).toBe(404);
  });

  it('names a known act, or nothing is done', async () => {
    expect(unknownAct().status).toBe(400);
    expect(((await unknownAct().json()) as { message: string }).message).toMatch(/rechargez/);
  });
});
