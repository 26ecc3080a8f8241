import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TerritoryCode } from '../../kernel/territory-code.ts';
import { normaliseName } from './normalised-name.ts';
import { contributorKey, participationIn } from './rules.ts';
import { splice, type TimelineVersion, versionOn } from './timeline.ts';

const agc = (startsOn: string, endsOn: string | null = null) => ({ kind: 'agc', startsOn, endsOn });
const centre = { kind: 'CS', status: 'active' as const, firstApprovalYear: null };

describe('participation in a campaign on the data of 2016', () => {
  it('asks a centre approved before 2016, greets one first approved in 2016, leaves out one approved later or no more', () => {
    expect(participationIn(centre, [agc('2014-01-01', '2017-12-31')], 2016)).toBe('surveyed');
    expect(participationIn(centre, [agc('2016-03-01')], 2016)).toBe('newly_approved');
    expect(participationIn(centre, [agc('2017-01-01')], 2016)).toBe('not_approved');
    expect(participationIn(centre, [agc('2012-01-01', '2015-12-31')], 2016)).toBe('not_approved');
    expect(participationIn({ ...centre, status: 'closed' }, [agc('2014-01-01')], 2016)).toBe('not_approved');
  });

  it('does not take a renewal for a first approval', () => {
    expect(participationIn({ ...centre, firstApprovalYear: 1988 }, [agc('2016-01-01', '2019-12-31')], 2016)).toBe('surveyed');
  });

  it('believes a register that knows the year of the first approval only', () => {
    expect(participationIn({ ...centre, firstApprovalYear: 2016 }, [], 2016)).toBe('newly_approved');
  });

  it('does not take a family approval for the approval of a centre', () => {
    expect(participationIn(centre, [{ kind: 'acf', startsOn: '2014-01-01', endsOn: null }], 2016)).toBe('not_approved');
  });
});

describe('contributor', () => {
  it('is the SIREN, else the normalised name in its commune, else the structure', () => {
    const body = { siren: null, name: 'ASSOCIATION St-Étienne', communeCode: 'C62041' as TerritoryCode };
    expect(contributorKey({ ...body, siren: '123456789' }, 's')).toBe('siren:123456789');
    expect(contributorKey(body, 's')).toBe(contributorKey({ ...body, name: 'Association Saint Etienne' }, 't'));
    expect(contributorKey(body, 's')).not.toBe(contributorKey({ ...body, communeCode: 'C62042' as TerritoryCode }, 's'));
    expect(contributorKey(null, 's')).toBe('structure:s');
  });

  it('normalises once and for all', () => {
    fc.assert(fc.property(fc.string(), (text) => normaliseName(normaliseName(text)) === normaliseName(text)));
  });
});

describe('the timeline of a structure', () => {
  const start = { structureId: 's', validFrom: '2015-01-01', validTo: null, name: 'A', address: '1', networks: [] } as unknown as TimelineVersion;
  const apply = (history: TimelineVersion[], written: readonly TimelineVersion[]): TimelineVersion[] =>
    [...new Map([...history, ...written].map((v) => [v.validFrom, v])).values()].toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));

  const change = fc.record({ day: fc.integer({ min: 0, max: 3000 }), name: fc.constantFrom('A', 'B', 'C') });
  const dayOf = (n: number): string => new Date(Date.UTC(2013, 0, 1 + n)).toISOString().slice(0, 10);

  it('stays without hole or overlap, with one current version, and says the change on its day, whatever the order of changes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        let history = [start];
        for (const c of changes) {
          history = apply(history, splice(history, dayOf(c.day), { name: c.name }));
          expect(versionOn(history, dayOf(c.day)).name).toBe(c.name);
          expect(splice(history, dayOf(c.day), { name: c.name })).toEqual([]);
        }
        expect(history.filter((v) => v.validTo === null)).toHaveLength(1);
        for (const [i, v] of history.entries()) expect(v.validTo).toBe(history[i + 1]?.validFrom ?? null);
      }),
    );
  });

  it('carries a change into later versions that said the same, not into those that had moved on', () => {
    let history = apply([start], splice([start], '2017-01-01', { address: '2' }));
    history = apply(history, splice(history, '2016-01-01', { name: 'B', address: '9' }));
    expect(versionOn(history, '2018-01-01')).toMatchObject({ name: 'B', address: '2' });
    expect(versionOn(history, '2016-06-01')).toMatchObject({ name: 'B', address: '9' });
  });
});
