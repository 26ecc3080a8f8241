import { describe, expect, it } from 'vitest';
import type { TerritoryCode } from '../../../kernel/territory-code.ts';
import { readZones } from './zone-file.ts';

const communeOf = (insee: string): TerritoryCode | undefined => (['62510', '2A004'].includes(insee) ? (`C${insee}` as TerritoryCode) : undefined);

describe('a list of zones', () => {
  it('is read with or without titles, empty lines apart', () => {
    const rows = [['QN1', 'République', '62510'], ['', '', ''], ['62510', '', '62510'], ['QN2', ' Aspretto ', '2A004']];
    const zones = [{ code: 'QN1', label: 'République', territoryCode: 'C62510' }, { code: '62510', label: '62510', territoryCode: 'C62510' }, { code: 'QN2', label: 'Aspretto', territoryCode: 'C2A004' }];
    expect(readZones(rows, communeOf)).toEqual({ zones, faults: [] });
    expect(readZones([['Code', 'Nom', 'Commune'], ...rows], communeOf)).toEqual({ zones, faults: [] });
  });
  it('names each fault by row, column, value and remedy', () => {
    const { zones, faults } = readZones([['QN1', 'A', '62510'], ['', 'B', '62510'], ['QN1', 'C', '62510'], ['QN3', 'D', '99999'], ['QN4', 'E']], communeOf);
    expect(zones.map((z) => z.code)).toEqual(['QN1']);
    expect(faults.map((f) => [f.row, f.column, f.value])).toEqual([[2, 'code', ''], [3, 'code', 'QN1'], [4, 'commune', '99999'], [5, 'commune', '']]);
    expect(faults.every((f) => f.remedy.endsWith('.'))).toBe(true);
  });
  it('takes a first line that is wrong for a fault, not for titles', () => {
    expect(readZones([['QN1', 'A', '99999']], communeOf).faults).toHaveLength(1);
    expect(readZones([['QN1', 'A', 'Liévin']], communeOf).faults).toHaveLength(1);
  });
});
