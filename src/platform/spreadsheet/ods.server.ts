/** A workbook as ODS (OpenDocument 1.3): lists, bounds, locked cells and hidden sheets, which no library that we found writes. */
import { type Book, type BookCell, type BookSheet, type CellHelp, cellName, type CellStyle, columnName, escapeXml, writable } from './book.ts';
import { zip } from './zip.server.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMES = ['office', 'style', 'text', 'table', 'number', 'config', 'meta', 'manifest'].map((n) => `xmlns:${n}="urn:oasis:names:tc:opendocument:xmlns:${n === 'number' ? 'datastyle' : n}:1.0"`).join(' ');
const SPACES = `${NAMES} xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:dc="http://purl.org/dc/elements/1.1/"`;

export const ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';

export function writeOds(book: Book): Buffer {
  const parts = ['content.xml', 'styles.xml', 'meta.xml', 'settings.xml'];
  return zip([
    { name: 'mimetype', text: ODS_TYPE, stored: true },
    {
      name: 'META-INF/manifest.xml',
      text: `${HEAD}<manifest:manifest ${SPACES} manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${ODS_TYPE}"/>${parts.map((p) => `<manifest:file-entry manifest:full-path="${p}" manifest:media-type="text/xml"/>`).join('')}</manifest:manifest>`,
    },
    { name: 'meta.xml', text: `${HEAD}<office:document-meta ${SPACES} office:version="1.3"><office:meta><dc:title>${escapeXml(writable(book.title))}</dc:title><dc:language>fr-FR</dc:language></office:meta></office:document-meta>` },
    {
      name: 'styles.xml',
      text: `${HEAD}<office:document-styles ${SPACES} office:version="1.3"><office:styles><style:default-style style:family="table-cell"><style:text-properties fo:font-size="11pt" fo:language="fr" fo:country="FR"/></style:default-style></office:styles><office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.2cm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="page"/></office:master-styles></office:document-styles>`,
    },
    { name: 'settings.xml', text: settingsPart(book) },
    { name: 'content.xml', text: contentPart(book) },
  ]);
}

/** Runs of spaces, tabulations and lines have their own elements (ODF 1.3, 6.1.2). */
const run = (line: string): string =>
  line.split('\t').map((part) => escapeXml(part).replace(/^ +| {2,}| +$/g, (spaces) => `<text:s text:c="${spaces.length}"/>`)).join('<text:tab/>');
const paragraphs = (words: string): string => writable(words).split('\n').map((line) => `<text:p>${run(line)}</text:p>`).join('');

function contentPart(book: Book): string {
  const widths = [...new Set(book.sheets.flatMap((s) => s.columns))];
  const helps = new Map<string, string>();
  const tables = book.sheets.map((sheet) => tablePart(sheet, widths, helps)).join('');
  return [
    `${HEAD}<office:document-content ${SPACES} office:version="1.3"><office:automatic-styles>`,
    '<number:number-style style:name="nMoney"><number:number number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style>',
    '<number:date-style style:name="nDate"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>',
    '<number:text-style style:name="nText"><number:text-content/></number:text-style>',
    widths.map((w, i) => `<style:style style:name="w${i}" style:family="table-column"><style:table-column-properties style:column-width="${(w * 0.21).toFixed(2)}cm"/></style:style>`).join(''),
    '<style:style style:name="row" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>',
    '<style:style style:name="shown" style:family="table" style:master-page-name="Default"><style:table-properties table:display="true"/></style:style><style:style style:name="hidden" style:family="table" style:master-page-name="Default"><style:table-properties table:display="false"/></style:style>',
    Object.entries(book.styles).map(([name, style]) => stylePart(name, style)).join(''),
    '</office:automatic-styles><office:body><office:spreadsheet>',
    helps.size > 0 ? `<table:content-validations>${[...helps].map(([xml, name]) => xml.replace('NAME', name)).join('')}</table:content-validations>` : '',
    tables,
    '</office:spreadsheet></office:body></office:document-content>',
  ].join('');
}

function stylePart(name: string, s: CellStyle): string {
  const data = s.format ? ` style:data-style-name="${{ text: 'nText', money: 'nMoney', date: 'nDate' }[s.format]}"` : '';
  const cell = `style:cell-protect="${s.open ? 'none' : 'protected'}" style:vertical-align="top"${s.fill ? ` fo:background-color="#${s.fill}"` : ''}${s.border ? ` fo:border="0.5pt solid #${s.border}"` : ''}${s.wrap ? ' fo:wrap-option="wrap"' : ''}${s.end ? ' style:text-align-source="fix"' : ''}`;
  const words = `${s.bold ? ' fo:font-weight="bold"' : ''}${s.size ? ` fo:font-size="${s.size}pt"` : ''}${s.colour ? ` fo:color="#${s.colour}"` : ''}`;
  return `<style:style style:name="c-${name}" style:family="table-cell"${data}><style:table-cell-properties ${cell}/>${s.end ? '<style:paragraph-properties fo:text-align="end"/>' : ''}${words ? `<style:text-properties${words}/>` : ''}</style:style>`;
}

function tablePart(sheet: BookSheet, widths: readonly number[], helps: Map<string, string>): string {
  const columns = sheet.columns.map((w) => `<table:table-column table:style-name="w${widths.indexOf(w)}"/>`).join('');
  const rows = sheet.rows
    .map((row, r) => `<table:table-row table:style-name="row">${row.length === 0 ? '<table:table-cell/>' : row.map((cell, c) => (cell ? cellPart(cell, sheet, r, c, helps) : '<table:table-cell/>')).join('')}</table:table-row>`)
    .join('');
  return `<table:table table:name="${escapeXml(sheet.name)}" table:style-name="${sheet.hidden ? 'hidden' : 'shown'}"${sheet.locked ? ' table:protected="true"' : ''}>${columns}${rows}</table:table>`;
}

function cellPart({ content, sum, style, help }: BookCell, sheet: BookSheet, row: number, column: number, helps: Map<string, string>): string {
  const attributes = [`table:style-name="c-${style}"`];
  if (help) {
    const xml = helpPart(help, sheet.name);
    const name = helps.get(xml) ?? `v${helps.size + 1}`;
    helps.set(xml, name);
    attributes.push(`table:content-validation-name="${name}"`);
  }
  if (sum) attributes.push(`table:formula="of:=SUM([.${cellName(sum.from, column)}:.${cellName(sum.to, column)}])"`);
  if (content === undefined || content === '') return `<table:table-cell ${attributes.join(' ')}/>`;
  if (typeof content === 'number') return `<table:table-cell ${attributes.join(' ')} office:value-type="float" office:value="${content}"><text:p>${String(content).replace('.', ',')}</text:p></table:table-cell>`;
  if (typeof content === 'string') return `<table:table-cell ${attributes.join(' ')} office:value-type="string">${paragraphs(content)}</table:table-cell>`;
  return `<table:table-cell ${attributes.join(' ')} office:value-type="date" office:date-value="${content.date}"><text:p>${content.date.split('-').reverse().join('/')}</text:p></table:table-cell>`;
}

const quoted = (sheet: string): string => `$'${sheet.replaceAll("'", "''")}'`;

function condition(allow: CellHelp['allow']): string {
  switch (allow.kind) {
    case 'list':
      return `cell-content-is-in-list([${quoted(allow.sheet)}.$${columnName(allow.column)}$${allow.from + 1}:.$${columnName(allow.column)}$${allow.to + 1}])`;
    case 'number': {
      const kind = allow.whole ? 'cell-content-is-whole-number()' : 'cell-content-is-decimal-number()';
      if (allow.min !== undefined && allow.max !== undefined) return `${kind} and cell-content-is-between(${allow.min},${allow.max})`;
      return `${kind} and cell-content()${allow.min !== undefined ? `>=${allow.min}` : `<=${allow.max ?? 1e13}`}`;
    }
    case 'date':
      return 'cell-content-is-date() and cell-content()>1';
    case 'length':
      return `cell-content-text-length()<=${allow.max}`;
  }
}

function helpPart({ allow, refuse, error, prompt }: CellHelp, sheet: string): string {
  return `<table:content-validation table:name="NAME" table:condition="${escapeXml(`of:${condition(allow)}`)}" table:allow-empty-cell="true"${allow.kind === 'list' ? ' table:display-list="unsorted"' : ''} table:base-cell-address="${escapeXml(quoted(sheet))}.$A$1">${
    prompt ? `<table:help-message table:display="true">${paragraphs(prompt)}</table:help-message>` : ''
  }<table:error-message table:display="${refuse !== 'anything'}" table:message-type="${refuse === 'stop' ? 'stop' : 'warning'}">${paragraphs(error)}</table:error-message></table:content-validation>`;
}

/** Frozen rows are told to the application, not to the document (settings of the view). */
function settingsPart(book: Book): string {
  const item = (name: string, type: string, value: string | number): string => `<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`;
  const views = book.sheets
    .filter((s) => !s.hidden)
    .map((s) => `<config:config-item-map-entry config:name="${escapeXml(s.name)}">${s.frozen ? item('VerticalSplitMode', 'short', 2) + item('VerticalSplitPosition', 'int', s.frozen) + item('ActiveSplitRange', 'short', 2) + item('PositionTop', 'int', 0) + item('PositionBottom', 'int', s.frozen) : ''}${item('ShowGrid', 'boolean', 'false')}</config:config-item-map-entry>`)
    .join('');
  return `${HEAD}<office:document-settings ${SPACES} office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings" xmlns:ooo="http://openoffice.org/2004/office"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>${item('ViewId', 'string', 'view1')}<config:config-item-map-named config:name="Tables">${views}</config:config-item-map-named>${item('ActiveTable', 'string', escapeXml(book.sheets[0]!.name))}</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>`;
}
