import { describe, expect, it } from 'vitest';
import { BookBudget } from './limits.ts';
import { OUR_WORKBOOK } from './read.server.ts';
import { readOdsContent as readOds } from './read-ods.ts';
import { xmlTokens } from './xml-tokens.ts';

const readOdsContent = (xml: string) => readOds(xml, new BookBudget(OUR_WORKBOOK));
const sheet = (rows: string, times = 1): string => `<office:spreadsheet>${`<table:table table:name="A">${rows}</table:table>`.repeat(times)}</office:spreadsheet>`;
const cell = (text: string): string => `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`;

/** Tokens that a reader would look at before it gives up. */
function tokensUntilRefusal(xml: string): number {
  let n = 0;
  expect(() => {
    for (const _ of xmlTokens(xml)) n++;
  }).toThrow('cut short');
  return n;
}

describe('a document made to hold up the server', () => {
  it.each([
    ['tags that never close', '<a '.repeat(200_000)],
    ['comments that never close', `<a>${'<!-- '.repeat(200_000)}`],
    ['a quote that never closes', `<a b="${'x'.repeat(500_000)}`],
    ['a section that never closes', `<a>${'<![CDATA['.repeat(100_000)}`],
  ])('%s: is given up at the first', (_, xml) => {
    expect(tokensUntilRefusal(xml)).toBeLessThanOrEqual(1);
  });
  it('a tag of one long word is read once', () => {
    expect(readOdsContent(sheet(`<table:table-row><table:table-cell ${'a'.repeat(300_000)}>x</table:table-cell></table:table-row>`))).toHaveLength(1);
  });
  it('rows repeated without end, sheets without end, spaces without end are refused', () => {
    const wide = `<table:table-row table:number-rows-repeated="20000">${cell('x').repeat(90)}</table:table-row>`;
    expect(() => readOdsContent(sheet(wide))).toThrow('too large: cells');
    expect(() => readOdsContent(sheet(`<table:table-row>${cell('x')}</table:table-row>`, 61))).toThrow('too large: sheets');
    expect(() => readOdsContent(sheet(`<table:table-row>${cell('<text:s text:c="10000"/>'.repeat(1001))}</table:table-row>`))).toThrow('too large: characters');
  });
});

describe('a workbook as programs write it', () => {
  it('keeps its cells in their place, whatever empty rows and columns follow', () => {
    const rows = `<table:table-row>${cell('a')}<table:table-cell table:number-columns-repeated="2"/>${cell('d')}<table:table-cell table:number-columns-repeated="16380"/></table:table-row><table:table-row table:number-rows-repeated="3"/><table:table-row>${cell('<![CDATA[b < c]]> &amp; d')}</table:table-row><table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`;
    const [found] = readOdsContent(`<?xml version="1.0"?><!-- a > b -->${sheet(rows)}`);
    expect(found!.rows[0]!.map((c) => c?.text)).toEqual(['a', undefined, undefined, 'd']);
    expect(found!.rows.slice(1, 4)).toEqual([[], [], []]);
    expect(found!.rows[4]!.map((c) => c?.text)).toEqual(['b < c & d']);
  });
});
