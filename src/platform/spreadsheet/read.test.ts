import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import type { FoundSheet } from './book.ts';
import { isoOfSerial, kindOfFormat } from './cell-value.ts';
import { datesOf, falseDimension, farCell, farOdsCell, odsBomb, odsOf, xlsxBomb, xlsxOf } from './fixtures/hostile.ts';
import type { BookLimits } from './limits.ts';
import { OUR_WORKBOOK, readBook } from './read.server.ts';
import { readBookInBrowser } from './read-in-browser.ts';
import { readTables } from './read-table.server.ts';
import { unzip, zip } from './zip.server.ts';

const small: BookLimits = { bytes: 1_000_000, sheets: 2, rows: 1000, columns: 50, cells: 2000, characters: 5000 };
const texts = (sheet: FoundSheet | undefined): (string | undefined)[][] => (sheet?.rows ?? []).map((row) => row.map((c) => c?.text));
const cells = (xml: string, options?: Parameters<typeof xlsxOf>[1]): Buffer => xlsxOf(`<sheetData>${xml}</sheetData>`, options);

const READERS = {
  'a server': async (bytes: Uint8Array, limits: BookLimits) => readBook(bytes, limits),
  'a browser': readBookInBrowser,
} as const;

describe.each(Object.entries(READERS))('%s', (_, readIt) => {
  const found = async (bytes: Uint8Array, limits = small): Promise<FoundSheet[]> => {
    const read = await readIt(bytes, limits);
    if (!read.ok) throw new Error(read.error.message);
    return read.value;
  };
  const refusal = async (bytes: Uint8Array, limits = small): Promise<string> => {
    const read = await readIt(bytes, limits);
    return read.ok ? 'read' : `${read.error.code}: ${read.error.message}`;
  };

  it('gives what a sheet holds, whatever extent it says', async () => {
    expect(texts((await found(falseDimension([['a', 'b'], ['c']])))[0])).toEqual([['a', 'b'], ['c']]);
    const book = utils.book_new();
    utils.book_append_sheet(book, { A1: { t: 's', v: 'un' }, C3: { t: 's', v: 'deux' }, '!ref': 'A1:CU9000' }, 'A');
    expect(texts((await found(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer))[0])).toEqual([['un'], [], [undefined, undefined, 'deux']]);
  });
  it('names a cell that stands too far, and what to do', async () => {
    const sheet = 'file_too_large: Ce fichier est trop gros\u00a0: sa feuille «\u00a0Feuil1\u00a0» est remplie jusqu’à la case XFD1048576, au-delà de 1\u202f000 lignes ou de 50 colonnes. Supprimez les feuilles, les lignes et les colonnes qui ne servent pas, même celles qui paraissent vides';
    expect(await refusal(farCell([['a']]))).toBe(`${sheet}, puis recommencez.`);
    expect(await refusal(farOdsCell(), { ...small, csv: true })).toBe(`${sheet}, coupez le fichier en plusieurs, ou enregistrez la feuille en CSV, puis recommencez.`);
  });
  it('stops to unfold at the limit, XLSX and ODS', async () => {
    for (const bomb of [xlsxBomb(), odsBomb()]) {
      expect(bomb.length).toBeLessThan(50_000);
      expect(await refusal(bomb)).toContain('décompressé, il dépasse 1\u00a0Mo');
    }
  });
  it('leaves pictures folded', async () => {
    const parts = [...unzip(falseDimension([['a']]), 1e6)].map(([name, bytes]) => ({ name, text: bytes.toString() }));
    expect(texts((await found(zip([...parts, { name: 'xl/media/image1.png', text: 'x'.repeat(2_000_000) }])))[0])).toEqual([['a']]);
  });
  it('counts cells, texts and sheets of the whole file, and a text as often as cells show it', async () => {
    const row = (n: number): string => `<row r="${n}">${'<c t="s"><v>0</v></c>'.repeat(40)}</row>`;
    const many = (rows: number, word: string): Buffer => cells(Array.from({ length: rows }, (_, i) => row(i + 1)).join(''), { strings: `<si><t>${word}</t></si>` });
    expect(await refusal(many(60, 'a'))).toContain('il a plus de 2\u202f000 cases');
    expect(await refusal(many(10, 'x'.repeat(20)))).toContain('il contient plus de 5\u202f000 caractères');
    expect(await refusal(many(10, 'a'))).toBe('read');
    const book = utils.book_new();
    for (const name of ['A', 'B', 'C']) utils.book_append_sheet(book, utils.aoa_to_sheet([[name]]), name);
    for (const bookType of ['xlsx', 'ods'] as const) {
      const bytes = write(book, { type: 'buffer', bookType }) as Buffer;
      expect(await refusal(bytes)).toContain('il a plus de 2 feuilles');
      expect((await found(bytes, { ...small, firstSheet: true })).map((s) => s.name)).toEqual(['A']);
    }
  });
  it('gives the same day in both calendars', async () => {
    for (const calendar of [1900, 1904] as const) expect((await found(datesOf(calendar)))[0]!.rows[1]).toEqual([{ text: '2026-09-01', date: '2026-09-01' }]);
  });
  it('knows a date that an ODS keeps as a number', async () => {
    const dated = (before: string, days: number): Buffer => {
      const parts = [...unzip(odsOf(`<table:table-row><table:table-cell office:value-type="float" office:value="${days}" table:style-name="ce1"/></table:table-row>`), 1e6)].map(([name, bytes]) => ({ name, text: bytes.toString() }));
      return zip(parts.map(({ name, text }) => ({ name, text: text.replace('<office:body><office:spreadsheet>', `<office:automatic-styles><number:date-style style:name="N1"/><style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/></office:automatic-styles><office:body><office:spreadsheet>${before}`) })));
    };
    for (const bytes of [dated('', 46266), dated('<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>', 44804)])
      expect((await found(bytes))[0]!.rows).toEqual([[{ text: '2026-09-01', date: '2026-09-01' }]]);
  });
  it('reads each kind of cell, with or without its place', async () => {
    const [sheet] = await found(cells(
      '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="D1" s="2"><v>0.45</v></c><c s="3"><v>0.5208333333333334</v></c></row>' +
      '<row r="3"><c r="B3" t="b"><v>1</v></c><c t="e"><f>A1/0</f><v>#DIV/0!</v></c><c t="str"><f>"a"</f><v>a_x005F_b &amp; c</v></c><c t="d"><v>2026-09-01T00:00:00</v></c><c t="inlineStr"><is><r><t>d</t></r><r><t xml:space="preserve"> e</t></r></is></c><c s="1"/></row>',
      { strings: '<si><r><t>œuvre </t></r><r><t>É</t></r><rPh sb="0" eb="1"><t>non</t></rPh></si><si><t>a_x000D_\nb</t></si>' },
    ));
    expect(sheet!.rows).toEqual([
      [{ text: 'œuvre É' }, { text: 'a\nb' }, undefined, { text: '0,45', number: 0.45, percent: true }, { text: '12:30' }], [],
      [undefined, { text: 'oui' }, { text: '#DIV/0!', broken: true }, { text: 'a_b & c' }, { text: '2026-09-01', date: '2026-09-01' }, { text: 'd e' }],
    ]);
  });
  it('keeps the rows of an ODS where they stand, after thousands that are empty', async () => {
    const [sheet] = await found(odsOf('<table:table-row table:number-rows-repeated="5000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1043575"/>'), OUR_WORKBOOK);
    expect([sheet!.rows.length, sheet!.rows[5000]]).toEqual([5001, [{ text: 'a' }]]);
  });
  it('refuses what is no workbook, or is cut short', async () => {
    for (const bytes of [new Uint8Array(), new TextEncoder().encode('bonjour'), falseDimension([['a']]).subarray(0, 900), zip([{ name: 'a.txt', text: 'a' }]), xlsxOf('<sheetData><row><c')])
      expect(await refusal(bytes)).toBe('file_unreadable: Ce fichier n’a pas pu être lu. Enregistrez-le au format XLSX ou ODS, sans mot de passe, puis recommencez.');
  });
});

describe('an XLS, in a browser only', () => {
  const old = (...rows: unknown[][]): Buffer => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { UTC: true }), 'A');
    return write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer;
  };
  it('is read by the same rules', async () => {
    const read = await readBookInBrowser(old(['Date', 'Part'], [new Date(Date.UTC(2026, 8, 1)), 1.5], [true]), OUR_WORKBOOK);
    expect(read.ok && texts(read.value[0])).toEqual([['Date', 'Part'], ['2026-09-01', '1,5'], ['oui']]);
    const far = old(['a']);
    expect(await readBookInBrowser(far, { ...small, bytes: 100 })).toMatchObject({ ok: false, error: { code: 'file_too_large' } });
    expect(await readBookInBrowser(old(...Array.from({ length: 1001 }, () => ['a'])), small)).toMatchObject({ ok: false, error: { message: expect.stringContaining('la case A1001') } });
  });
  it('is refused by a server with what to do', () => {
    expect(readTables(old(['a']), small)).toMatchObject({ ok: false, error: { code: 'file_unreadable' } });
  });
});

describe('a number as its format shows it', () => {
  it.each([
    ['General', 'number'], ['Standard', 'number'], ['0.00', 'number'], ['#,##0.00\\ "jours"', 'number'], ['[Red]0;[Blue]-0', 'number'], ['#,##0\\ [$€-40C]', 'number'], ['0.0%', 'percent'], ['dd/mm/yyyy', 'date'],
    ['[$-40C]d\\ mmmm\\ yyyy;@', 'date'], ['mmm-yy', 'date'], ['dd/mm/yyyy hh:mm', 'date'], ['hh:mm', 'time'], ['[h]:mm:ss', 'time'], ['mm:ss', 'time'], ['h:mm AM/PM', 'time'], ['@', 'number'],
  ] as const)('%s: %s', (format, kind) => expect(kindOfFormat(format)).toBe(kind));
  it('has its day in the calendar of its workbook', () => {
    expect([isoOfSerial(1, 1900), isoOfSerial(59, 1900), isoOfSerial(61, 1900), isoOfSerial(46266.99, 1900), isoOfSerial(0, 1904), isoOfSerial(44804, 1904)]).toEqual(['1900-01-01', '1900-02-28', '1900-03-01', '2026-09-01', '1904-01-01', '2026-09-01']);
    expect([isoOfSerial(0, 1900), isoOfSerial(-1, 1904), isoOfSerial(3_000_000, 1900), isoOfSerial(1e300, 1900)]).toEqual([undefined, undefined, undefined, undefined]);
  });
});
