/** Cases published by others (see their README for authors and licences), read where SENACS_CASES names their folder; skipped without it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS, magnitudeStatus, primaryStatus, type Thresholds } from './index.ts';

const folder = process.env['SENACS_CASES'] ? path.join(process.env['SENACS_CASES'], 'disclosure') : undefined;
const present = folder !== undefined && existsSync(folder);

type Row = Record<string, string>;
function rows(file: string): Row[] {
  const [head = '', ...lines] = readFileSync(path.join(folder!, file), 'utf8').trim().split(/\r?\n/);
  const cells = (line: string): string[] => line.split(',').map((cell) => cell.replaceAll('"', ''));
  const names = cells(head);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i]!, cell])));
}

/** Our verdict on each output cell, from the microdata, against theirs. A level above the finest is found in any column of the microdata. */
function compare(name: string, thresholds: Thresholds, frequency = false): void {
  const micro = rows(`${name}.in.csv`);
  const belongs = (row: Row, code: string): boolean => code === 'Total' || Object.values(row).includes(code);
  for (const cell of rows(`${name}.out.csv`)) {
    const [first, second] = Object.values(cell) as [string, string];
    const inside = micro.flatMap((row, i) => (belongs(row, first) && belongs(row, second) ? [i] : []));
    if (frequency) {
      const people = inside.flatMap((i) => Array.from({ length: Number(micro[i]!['freq']) }, (_, k) => i * 1000 + k));
      const contributors = Array.from({ length: micro.length * 1000 }, (_, i) => i);
      expect(primaryStatus({ kind: 'count', variable: 'v', inside: people, outside: [] }, 'declared', contributors, thresholds) !== undefined, `${name} ${first} ${second}`).toBe(cell['primary'] === 'TRUE');
    } else {
      const values = inside.map((i) => Number(micro[i]!['value']));
      const status = primaryStatus({ kind: 'sum', variable: 'v', units: inside, values }, 'declared', micro.map((_, i) => i), thresholds);
      expect(status !== undefined, `${name} ${first} ${second}`).toBe(cell['primary'] === 'TRUE');
    }
  }
}

describe.skipIf(!present)('reference cases of disclosure control', () => {
  it('rtauargus, act_size: one frequency and one dominance primary', () => {
    const found = rows('ex1_act_size.csv').map((row) => [row['ACTIVITY'], row['SIZE'], magnitudeStatus({ contributors: Number(row['N_OBS']), largest: Number(row['MAX']), total: Number(row['VAL']) }, DEFAULT_THRESHOLDS)]);
    expect(found.filter((row) => row[2])).toEqual([['02', 'tr1', 'frequency'], ['06', 'tr2', 'dominance']]);
  });
  it('GaussSuppression, magnitudes: fewer than two contributors', () => compare('mag1_few1', { ...DEFAULT_THRESHOLDS, minimumContributors: 2, dominance: 1 }));
  it('GaussSuppression, magnitudes: dominance of one above 80 %', () => compare('mag1_dom1_80', { ...DEFAULT_THRESHOLDS, minimumContributors: 1, dominance: 0.8 }));
  it('GaussSuppression, hierarchy: our default thresholds', () => compare('mag1_hier_dom', DEFAULT_THRESHOLDS));
  it('GaussSuppression, frequencies: zeros protected', () => compare('freq_t1', { ...DEFAULT_THRESHOLDS, minimumContributors: 1, protectZeros: true }, true));
  it('GaussSuppression, frequencies in a hierarchy: up to two, zeros protected', () => compare('freq_t2', { ...DEFAULT_THRESHOLDS, protectZeros: true }, true));
});
