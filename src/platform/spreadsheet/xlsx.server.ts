/** A workbook as XLSX (ECMA-376, transitional): only the parts that we need, so that lists, bounds, locked cells and hidden sheets are there. */
import { type Book, type BookCell, type BookSheet, type CellHelp, cellName, type CellStyle, columnName, escapeXml, writable } from './book.ts';
import { zip } from './zip.server.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const XLSX_TYPE = `${TYPE}.sheet`;

export function writeXlsx(book: Book): Buffer {
  const styles = Object.keys(book.styles);
  const sheets = book.sheets.map((sheet, i) => ({ sheet, part: `sheet${i + 1}.xml`, id: `rId${i + 1}`, n: i + 1 }));
  return zip([
    {
      name: '[Content_Types].xml',
      text: `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${sheets.map(({ part }) => `<Override PartName="/xl/worksheets/${part}" ContentType="${TYPE}.worksheet+xml"/>`).join('')}</Types>`,
    },
    { name: '_rels/.rels', text: `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>` },
    { name: 'docProps/core.xml', text: `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${text(book.title)}</dc:title><dc:language>fr-FR</dc:language></cp:coreProperties>` },
    {
      name: 'xl/workbook.xml',
      text: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>${sheets.map(({ sheet, id, n }) => `<sheet name="${text(sheet.name)}" sheetId="${n}"${sheet.hidden ? ' state="hidden"' : ''} r:id="${id}"/>`).join('')}</sheets><calcPr calcId="0" fullCalcOnLoad="1"/></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets.map(({ part, id }) => `<Relationship Id="${id}" Type="${OFFICE}/worksheet" Target="worksheets/${part}"/>`).join('')}<Relationship Id="rIdS" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    },
    { name: 'xl/styles.xml', text: stylesPart(Object.values(book.styles)) },
    ...sheets.map(({ sheet, part }) => ({ name: `xl/worksheets/${part}`, text: sheetPart(sheet, styles) })),
  ]);
}

/** `_x0041_` in a text would be read as a character (ECMA-376, 22.9.2.19): its underscore is written so too. */
const text = (words: string): string => escapeXml(writable(words).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_'));

const FORMATS = { text: 49, money: 4, date: 14 } as const;

/** Style 0 is the plain one; the others follow in their order. */
function stylesPart(styles: readonly CellStyle[]): string {
  const all: readonly CellStyle[] = [{}, ...styles];
  const font = (s: CellStyle): string => `<font>${s.bold ? '<b/>' : ''}<sz val="${s.size ?? 11}"/>${s.colour ? `<color rgb="FF${s.colour}"/>` : ''}<name val="Calibri"/><family val="2"/></font>`;
  const fill = (s: CellStyle): string => (s.fill ? `<fill><patternFill patternType="solid"><fgColor rgb="FF${s.fill}"/><bgColor indexed="64"/></patternFill></fill>` : '<fill><patternFill patternType="none"/></fill>');
  const side = (s: CellStyle, name: string): string => (s.border ? `<${name} style="thin"><color rgb="FF${s.border}"/></${name}>` : `<${name}/>`);
  const xf = (s: CellStyle, i: number): string =>
    `<xf numFmtId="${s.format ? FORMATS[s.format] : 0}" fontId="${i}" fillId="${i === 0 ? 0 : i + 1}" borderId="${i}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"><alignment vertical="top"${s.end ? ' horizontal="right"' : ''}${s.wrap ? ' wrapText="1"' : ''}/><protection locked="${s.open ? 0 : 1}"/></xf>`;
  const fills = ['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>', ...styles.map(fill)];
  return `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="${all.length}">${all.map(font).join('')}</fonts><fills count="${fills.length}">${fills.join('')}</fills><borders count="${all.length}">${all.map((s) => `<border>${side(s, 'left')}${side(s, 'right')}${side(s, 'top')}${side(s, 'bottom')}<diagonal/></border>`).join('')}</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${all.length}">${all.map(xf).join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

function sheetPart(sheet: BookSheet, styles: readonly string[]): string {
  const rows = sheet.rows.map((row, r) => `<row r="${r + 1}">${row.map((cell, c) => (cell ? cellPart(cell, r, c, styles.indexOf(cell.style) + 1) : '')).join('')}</row>`).join('');
  const helps = sheet.rows.flatMap((row, r) => row.flatMap((cell, c) => (cell?.help ? [helpPart(cell.help, cellName(r, c))] : [])));
  const frozen = sheet.frozen ? `<pane ySplit="${sheet.frozen}" topLeftCell="A${sheet.frozen + 1}" activePane="bottomLeft" state="frozen"/>` : '';
  return [
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0" showGridLines="0">${frozen}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`,
    `<cols>${sheet.columns.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>${rows}</sheetData>`,
    sheet.locked ? '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0"/>' : '',
    helps.length > 0 ? `<dataValidations count="${helps.length}">${helps.join('')}</dataValidations>` : '',
    '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>',
  ].join('');
}

/** Days since the eve of 1900, with the day that 1900 did not have (ECMA-376, 18.17.4.1): dates before March 1900 are written as words. */
const serial = (iso: string): number => (Date.parse(`${iso}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;

function cellPart({ content, sum }: BookCell, row: number, column: number, style: number): string {
  const at = `r="${cellName(row, column)}" s="${style}"`;
  if (sum) return `<c ${at}><f>SUM(${cellName(sum.from, column)}:${cellName(sum.to, column)})</f>${typeof content === 'number' ? `<v>${content}</v>` : ''}</c>`;
  if (content === undefined || content === '') return `<c ${at}/>`;
  if (typeof content === 'number') return `<c ${at}><v>${content}</v></c>`;
  if (typeof content === 'string') return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${text(content)}</t></is></c>`;
  return `<c ${at}><v>${serial(content.date)}</v></c>`;
}

/** Beyond any answer: a bound where the question has none. */
const FAR = 1e13;

function helpPart({ allow, refuse, error, prompt }: CellHelp, at: string): string {
  const [attributes, one, two] = ((): [string, string, string?] => {
    switch (allow.kind) {
      case 'list':
        return ['type="list"', `'${allow.sheet.replaceAll("'", "''")}'!$${columnName(allow.column)}$${allow.from + 1}:$${columnName(allow.column)}$${allow.to + 1}`];
      case 'number':
        return [`type="${allow.whole ? 'whole' : 'decimal'}" operator="between"`, String(allow.min ?? -FAR), String(allow.max ?? FAR)];
      case 'date':
        return ['type="date" operator="greaterThan"', '1'];
      case 'length':
        return ['type="textLength" operator="lessThanOrEqual"', String(allow.max)];
    }
  })();
  const words = `${refuse === 'anything' ? '' : ` showErrorMessage="1" errorStyle="${refuse === 'stop' ? 'stop' : 'warning'}" error="${text(error)}"`}${prompt ? ` showInputMessage="1" prompt="${text(prompt)}"` : ''}`;
  return `<dataValidation ${attributes} allowBlank="1"${words} sqref="${at}"><formula1>${escapeXml(one)}</formula1>${two === undefined ? '' : `<formula2>${two}</formula2>`}</dataValidation>`;
}
