import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Book } from '../../../platform/spreadsheet/book.ts';
import { writeOds } from '../../../platform/spreadsheet/ods.server.ts';
import { foundSheets } from '../../../platform/spreadsheet/fixtures/found-sheets.ts';
import { writeXlsx } from '../../../platform/spreadsheet/xlsx.server.ts';
import { ALL_KINDS } from '../../questionnaire/fixtures/all-kinds.ts';
import { type Answer, answerEquals, type Answers, compileVersion, type CompiledVersion } from '../../questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../../questionnaire/index.server.ts';
import { questionsAsked } from './asked.ts';
import { anySheets, fillIn, typeIn, viewOf } from './fixtures/filling.ts';
import { workbookOf } from './layout.ts';
import { readWorkbook } from './read-workbook.ts';

const FORMATS = [['XLSX', writeXlsx], ['ODS', writeOds]] as const;
const NOW = '2026-11-22T10:00:00.000Z';
const allKinds = compileVersion(ALL_KINDS);

async function version(year: number): Promise<CompiledVersion> {
  const read = await readVersionFolder(contentFolder(), year);
  if (!read.ok) throw new Error(read.error[0]!.message);
  return compileVersion(read.value);
}

type Sheets = { readonly [year: number]: Answers };

/** Downloaded with `before`, filled with `after`, brought back: exactly `after`, and nothing else changed. */
function roundTrip(compiled: CompiledVersion, write: (book: Book) => Uint8Array, before: Sheets, after: Sheets): void {
  const view = viewOf(compiled, before);
  const brought = readWorkbook(view, compiled, foundSheets(write(fillIn(workbookOf(view, compiled, NOW), compiled, view, after))));
  if (!brought.ok) throw new Error(brought.error.message);
  expect(brought.value).toMatchObject({ faults: [], gone: [], olderVersion: false, downloadedAt: NOW });
  const got = new Map(brought.value.answers.map((a) => [`${a.dataYear} ${a.key}`, a]));
  for (const year of compiled.dataYears) {
    for (const { key } of questionsAsked(compiled, view, year)) {
      const [then, now] = [before[year]?.[key], after[year]?.[key]];
      const read = got.get(`${year} ${key}`);
      if (read) expect([read.atDownload, read.inFile]).toEqual([then, now]);
      else expect(answerEquals(then, now), `${year} ${key}: ${JSON.stringify(then)} ${JSON.stringify(now)}`).toBe(true);
    }
  }
}

describe.each(FORMATS)('%s', (_, write) => {
  it('gives back exactly what was typed in it, for every kind of question and every state', () => {
    fc.assert(fc.property(anySheets(allKinds, false), anySheets(allKinds, true), (before, after) => roundTrip(allKinds, write, before, after)), { numRuns: 100, endOnFailure: true });
  });

  it('brought back as it came changes nothing', () => {
    fc.assert(
      fc.property(anySheets(allKinds, false), (before) => {
        const view = viewOf(allKinds, before);
        const brought = readWorkbook(view, allKinds, foundSheets(write(workbookOf(view, allKinds, NOW))));
        expect(brought).toMatchObject({ ok: true, value: { answers: [], faults: [], gone: [] } });
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it.each([2017, 2026])('the same for the whole questionnaire of %i', async (year) => {
    const compiled = await version(year);
    fc.assert(fc.property(anySheets(compiled, false), anySheets(compiled, true), (before, after) => roundTrip(compiled, write, before, after)), { numRuns: 6, endOnFailure: true });
  });
});

describe('what hands type', () => {
  const SHEET = 'A 2029';
  const view = viewOf(allKinds, { 2029: { people: { state: 'value', value: 3 } } });
  const book = workbookOf(view, allKinds, NOW);
  const bring = (changed: Book) => {
    const read = readWorkbook(view, allKinds, foundSheets(writeXlsx(changed)));
    if (!read.ok) throw new Error(read.error.message);
    return read.value;
  };
  const typed = (code: string, content: string | number | { date: string }, column = 0): Answer | undefined => bring(typeIn(book, SHEET, code, content, column)).answers[0]?.inFile;

  it('is read as French people write it', () => {
    expect(typed('A03', '1 234,50 €')).toEqual({ state: 'value', value: 1234.5 });
    expect(typed('A06', '1/3/2017')).toEqual({ state: 'value', value: '2017-03-01' });
    expect(typed('A06', '2017-03-01')).toEqual({ state: 'value', value: '2017-03-01' });
    expect(typed('A07', 'OUI')).toEqual({ state: 'value', value: 'yes' });
    expect(typed('A08.board', 'x')).toEqual({ state: 'value', value: ['board'] });
    expect(typed('A09.old', 'oui', 2)).toEqual({ state: 'value', value: { old: { met: true } } });
    expect(typed('A02', 'nsp')).toEqual({ state: 'unknown' });
    expect(typed('A05', 12.5)).toEqual({ state: 'value', value: '12,5' });
  });

  it('keeps zero, not concerned, unknown and nothing apart', () => {
    expect(typed('A01', 0)).toEqual({ state: 'value', value: 0 });
    expect(typed('A01', 'Non concerné')).toEqual({ state: 'not_concerned' });
    expect(typed('A01', 'ne sait pas')).toEqual({ state: 'unknown' });
    const emptied = bring(typeIn(book, SHEET, 'A01', undefined)).answers;
    expect(emptied).toEqual([{ dataYear: 2029, key: 'people', atDownload: { state: 'value', value: 3 }, inFile: undefined }]);
  });

  it('that cannot be read is named by sheet, cell, value and what to type, and changes nothing', () => {
    const wrong = [['A01', 'douze', 0], ['A04', { date: '2017-03-01' }, 0], ['A06', '32/01/2017', 0], ['A07', 'Peut-être', 0], ['A08.office', 'souvent', 0], ['A09', 'plein', 0], ['A09.young', 'beaucoup', 1]] as const;
    const { faults, answers } = bring(wrong.reduce((b, [code, content, column]) => typeIn(b, SHEET, code, content, column), book));
    expect(answers).toEqual([]);
    expect(faults.map((f) => [f.sheet, f.value])).toEqual(wrong.map(([, content]) => [SHEET, typeof content === 'string' ? content : '2017-03-01']));
    expect(faults.map((f) => f.cell)).toEqual(['C3', 'C9', 'C13', 'C15', 'C19', 'C22', 'D24']);
    expect(faults.map((f) => f.remedy)).toEqual([
      expect.stringContaining('Écrivez un nombre, par exemple «\u00a01234,5\u00a0», ou «\u00a0Ne sait pas\u00a0»'),
      expect.stringContaining('a fait une date'),
      expect.stringContaining('Écrivez la date jour/mois/année'),
      expect.stringContaining('Choisissez dans la liste de la case\u00a0: «\u00a0Oui\u00a0», «\u00a0Non\u00a0»'),
      expect.stringContaining('Écrivez Oui si ce choix est le vôtre'),
      expect.stringContaining('répondez dans les lignes au-dessous'),
      expect.stringContaining('Écrivez un nombre'),
    ]);
  });

  it('a state beside values, or a table whose titles moved, waits for the person', () => {
    const both = bring(typeIn(typeIn(book, SHEET, 'A09', 'Ne sait pas'), SHEET, 'A09.old', 4));
    expect([both.answers, both.faults[0]!.remedy]).toEqual([[], expect.stringContaining('videz cette case, ou videz les lignes')]);
    const sheet = book.sheets.find((s) => s.name === SHEET)!;
    const titles = sheet.rows.findIndex((row) => row[0]?.content === 'A09') + 1;
    const moved = { ...book, sheets: book.sheets.map((s) => (s === sheet ? { ...s, rows: s.rows.with(titles, s.rows[titles]!.with(3, { content: 'Autre', style: 'line' })) } : s)) };
    const read = bring(typeIn(moved, SHEET, 'A09.old', 4));
    expect([read.answers, read.faults.map((f) => f.value)]).toEqual([[], ['Autre']]);
  });

  it('rows put in, columns put in and rows in another order do not mislead; what is gone is left alone and told', () => {
    const filled = typeIn(typeIn(book, SHEET, 'A01', 7), SHEET, 'A02', 2.5);
    const sheet = filled.sheets.find((s) => s.name === SHEET)!;
    const mixed = sheet.rows.slice(0, 2).concat([[]], sheet.rows.slice(2).filter((r) => r[0]?.content !== 'A03').toReversed().filter((r) => !String(r[0]?.content).startsWith('A09'))).map((row) => [{ content: 'à moi', style: 'line' }, ...row]);
    const read = bring({ ...filled, sheets: filled.sheets.map((s) => (s === sheet ? { ...s, rows: mixed } : s)).filter((s) => s.name !== 'A 2028') });
    expect(read.answers.map((a) => [a.key, a.inFile])).toEqual([['people', { state: 'value', value: 7 }], ['work', { state: 'value', value: 2.5 }]]);
    expect(read.gone).toEqual(['A03 (2029)', 'A09 (2029)', 'A 2028']);
  });

  it('of another response, of nobody, or of an altered memory is refused', () => {
    const other = readWorkbook({ ...view, id: '00000000-0000-7000-8000-000000000002' as never }, allKinds, foundSheets(writeXlsx(book)));
    expect(other).toMatchObject({ ok: false, error: { code: 'other_response', message: expect.stringContaining('L’Été') } });
    expect(readWorkbook(view, allKinds, foundSheets(writeXlsx({ ...book, sheets: book.sheets.slice(0, 3) })))).toMatchObject({ ok: false, error: { code: 'not_our_workbook' } });
    const broken = { ...book, sheets: book.sheets.map((s) => (s.name === 'SENACS' ? { ...s, rows: s.rows.map((r) => (r[0]?.content === 'head' ? [r[0], { content: '{', style: 'memory' }] : r)) } : s)) };
    expect(readWorkbook(view, allKinds, foundSheets(writeXlsx(broken)))).toMatchObject({ ok: false, error: { code: 'not_our_workbook' } });
  });
});
