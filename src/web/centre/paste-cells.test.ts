import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipboardCells, pastePlan } from './paste-cells.ts';

describe('cells of a clipboard', () => {
  it('are read as spreadsheets write them', () => {
    expect(clipboardCells('1\t2\r\n3\t4\r\n')).toEqual([['1', '2'], ['3', '4']]);
    expect(clipboardCells('"a\nb"\t"dit ""oui"""\n\tc')).toEqual([['a\nb', 'dit "oui"'], ['', 'c']]);
    expect(clipboardCells('seul')).toEqual([['seul']]);
    expect(clipboardCells('')).toEqual([['']]);
  });

  it('come back whatever they hold', () => {
    const quote = (cell: string): string => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', ' ', '"', '\t', '\n', 'é') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
        fc.pre(rows.at(-1)!.join('') !== '' || rows.at(-1)!.length > 1);
        expect(clipboardCells(rows.map((row) => row.map(quote).join('\t')).join('\n'))).toEqual(rows);
      }),
    );
  });
});

describe('a paste in a table', () => {
  const shape = { rows: 3, columns: [{ kind: 'integer' }, { kind: 'decimal' }, { kind: 'boolean' }] as const };

  it('fills from the cell where one stands, with French numbers', () => {
    expect(pastePlan(clipboardCells('1\u202f234\t0,8\n5\t1 200,50 €'), shape, { row: 1, column: 0 })).toEqual({
      cells: [{ row: 1, column: 0, value: '1234' }, { row: 1, column: 1, value: '0,8' }, { row: 2, column: 0, value: '5' }, { row: 2, column: 1, value: '1200,5' }], outside: 0, unread: 0,
    });
  });

  it('takes no percentage for an amount, and keeps it for the person to see', () => {
    expect(pastePlan([['12 %', '0,5'], ['8', '9%']], { rows: 2, columns: [{ kind: 'money' }, { kind: 'percentage' }] }, { row: 0, column: 0 })).toEqual({
      cells: [{ row: 0, column: 0, value: '12 %' }, { row: 0, column: 1, value: '0,5' }, { row: 1, column: 0, value: '8' }, { row: 1, column: 1, value: '9' }], outside: 0, unread: 1,
    });
  });

  it('ticks boxes, keeps what is no number for the person to see, empties with empty cells, and counts what falls outside', () => {
    const plan = pastePlan([['douze', 'Oui'], ['', 'non', '9'], ['4', 'x'], ['6', '']], shape, { row: 0, column: 1 });
    expect(plan).toEqual({
      cells: [{ row: 0, column: 1, value: 'douze' }, { row: 0, column: 2, value: '1' }, { row: 1, column: 1, value: '' }, { row: 1, column: 2, value: '' }, { row: 2, column: 1, value: '4' }, { row: 2, column: 2, value: '1' }],
      outside: 2, unread: 1,
    });
  });
});
