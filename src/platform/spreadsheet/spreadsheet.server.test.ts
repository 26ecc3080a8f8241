import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Book, type BookCell, cellName, writable } from './book.ts';
import { writeOds } from './ods.server.ts';
import { foundSheets } from './fixtures/found-sheets.ts';
import { writeXlsx } from './xlsx.server.ts';
import { unzip, zip } from './zip.server.ts';

const WRITERS = { XLSX: writeXlsx, ODS: writeOds } as const;
const bookOf = (cells: readonly (BookCell | undefined)[], more: object = {}): Book => ({
  title: 'Essai', styles: { plain: {}, date: { format: 'date' } }, sheets: [{ name: 'Feuille d’été & « co »', columns: [10], rows: cells.map((c) => [c]), ...more }],
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[ \t\n]*\S[ \t\n]{0,3}\S[ \t\n]*$/),
  fc.constantFrom('_x0041_', '_x005F_', '  deux  espaces  ', '=1+1', "'12", '0123', '1,5', '&amp;', '<b>', 'ligne 1\nligne 2\n\n', 'É', 'œuvre €', '«\u00a0bien\u00a0»', 'oui', '12/03/2020'),
).map(writable).filter((t) => t !== '');
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e13, max: 1e13 }), fc.constantFrom(0.1, 1234.56, 0.07, -0.5, 31_907_084.37)).map((n) => (Object.is(n, -0) ? 0 : n));
const date = fc.date({ min: new Date('1900-03-01'), max: new Date('2999-12-31'), noInvalidDate: true }).map((d) => ({ date: d.toISOString().slice(0, 10) }));

describe.each(Object.entries(WRITERS))('%s', (_, write) => {
  it('gives back every text, number and date exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(text, number, date), { minLength: 1, maxLength: 12 }), (contents) => {
        const [sheet] = foundSheets(write(bookOf(contents.map((content) => ({ content, style: typeof content === 'object' ? 'date' : 'plain' })))));
        expect(sheet!.name).toBe('Feuille d’été & « co »');
        expect(contents.map((_, r) => sheet!.rows[r]?.[0])).toEqual(
          contents.map((c) => (typeof c === 'string' ? { text: c } : typeof c === 'number' ? { text: String(c).replace('.', ','), number: c } : { text: c.date, date: c.date })),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('writes empty cells, empty rows and hidden sheets as they are', () => {
    const book: Book = { title: 'x', styles: { plain: {} }, sheets: [{ name: 'A', columns: [1, 2], rows: [[], [undefined, { content: 'b', style: 'plain' }], [{ style: 'plain' }]] }, { name: 'B', hidden: true, columns: [1], rows: [[{ content: 'caché', style: 'plain' }]] }] };
    const [a, b] = foundSheets(write(book));
    expect(a!.rows[1]).toEqual([undefined, { text: 'b' }]);
    expect(a!.rows.flat().filter(Boolean)).toHaveLength(1);
    expect(b!.rows).toEqual([[{ text: 'caché' }]]);
  });
});

describe('what a spreadsheet is told', () => {
  const cells: BookCell[] = [
    { style: 'open', help: { allow: { kind: 'list', sheet: 'Listes', column: 1, from: 0, to: 2 }, refuse: 'stop', error: 'Choisissez dans la liste.' } },
    { style: 'open', help: { allow: { kind: 'number', whole: true, min: 0, max: 9 }, refuse: 'ask', error: 'Un nombre entier « de 0 à 9 ».', prompt: 'Combien ?' } },
    { style: 'locked' },
  ];
  const book = { ...bookOf(cells, { locked: true, frozen: 1 }), styles: { open: { open: true }, locked: {} } };

  it('in XLSX: what may be typed, and which cells are locked', () => {
    const parts = unzip(writeXlsx(book), 1e6);
    const sheet = parts.get('xl/worksheets/sheet1.xml')!.toString();
    expect(sheet).toContain(`<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorStyle="stop" error="Choisissez dans la liste." sqref="A1"><formula1>'Listes'!$B$1:$B$3</formula1></dataValidation>`);
    expect(sheet).toContain('<dataValidation type="whole" operator="between" allowBlank="1" showErrorMessage="1" errorStyle="warning"');
    expect(sheet).toContain('<sheetProtection sheet="1"');
    expect(sheet).toContain('<c r="A3" s="2"/>');
    expect(parts.get('xl/styles.xml')!.toString().match(/<protection locked="\d"\/>/g)).toEqual(['<protection locked="1"/>', '<protection locked="0"/>', '<protection locked="1"/>']);
  });

  it('in ODS: the same', () => {
    const content = unzip(writeOds(book), 1e6).get('content.xml')!.toString();
    expect(content).toContain(`table:condition="of:cell-content-is-in-list([$'Listes'.$B$1:.$B$3])"`);
    expect(content).toContain('table:condition="of:cell-content-is-whole-number() and cell-content-is-between(0,9)"');
    expect(content).toContain('table:protected="true"');
    expect(content).toContain('<style:style style:name="c-open" style:family="table-cell"><style:table-cell-properties style:cell-protect="none"');
    expect(content).toContain('<table:table-cell table:style-name="c-open" table:content-validation-name="v1"/>');
  });
});

describe('a container', () => {
  it('is read back as it was written', () => {
    expect([...unzip(zip([{ name: 'é.txt', text: 'à' }, { name: 'vide', text: '', stored: true }]), 100)].map(([n, b]) => [n, b.toString()])).toEqual([['é.txt', 'à'], ['vide', '']]);
  });

  it('that swells, or is none, is refused', () => {
    const swelling = zip([{ name: 'a', text: 'x'.repeat(200_000) }]);
    expect(swelling.length).toBeLessThan(1000);
    expect(() => unzip(swelling, 100_000)).toThrow();
    expect(() => unzip(deflateRawSync('x'), 100)).toThrow('no zip directory');
  });
});

it('names cells as spreadsheets do', () => {
  expect([cellName(0, 0), cellName(11, 25), cellName(0, 26), cellName(0, 701), cellName(0, 702)]).toEqual(['A1', 'Z12', 'AA1', 'ZZ1', 'AAA1']);
});
