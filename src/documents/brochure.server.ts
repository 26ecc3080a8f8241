/** Sets a composed brochure: total of pages a multiple of four between 12 and 24, as printers fold it. */
import type { Chart } from '../charts/chart.ts';
import { ACCENTS } from '../charts/palette.ts';
import type { BrochureData, Section, TypesetBrochure } from '../domains/publication/index.ts';
import { type TypesetResult, typeset } from './typesetter.server.ts';

const FEWEST = 12;
const MOST = 24;

const chartsOf = (sections: readonly Section[]): Chart[] =>
  sections.flatMap((s) => s.rows.flatMap((row) => row.flatMap((column) => column.flatMap((block) => (block.kind === 'chart' ? [block.chart] : [])))));

/** Sections without what the template does not read: drawings go as files, tables stay on screen. */
const slim = (section: Section): unknown => ({
  ...section,
  rows: section.rows.map((row) =>
    row.map((column) =>
      column.map((block) => (block.kind === 'chart' ? { kind: 'chart', chart: { id: block.chart.id, title: block.chart.title, subtitle: block.chart.subtitle, source: block.chart.source, description: block.chart.description, width: block.chart.width } } : block)),
    ),
  ),
});

function set(data: BrochureData, fillers: readonly Section[]): Promise<TypesetResult> {
  const all = [...data.sections, ...fillers, ...(data.nationalSheet ? [data.nationalSheet] : [])];
  const charts = chartsOf(all);
  const years = data.dataYears.toSorted((a, b) => a - b);
  return typeset({
    template: 'brochure.typ',
    files: new Map([...charts.map((c): [string, string] => [`charts/${c.id}.svg`, c.svg]), ['charts/cover.svg', data.coverArt]]),
    data: {
      title: data.title,
      documentTitle: `${data.title}, ${data.territory.name}, ${data.campaignYear}`,
      territory: data.territory,
      campaignYear: data.campaignYear,
      yearsWords: `Enquête ${data.campaignYear}, données ${years.join(' et ')}`,
      institutions: data.institutions,
      demonstration: data.demonstration,
      date: data.date.split('-').map(Number),
      accent: ACCENTS[data.territory.level],
      source: data.source,
      sections: data.sections.map(slim),
      reading: slim(data.reading),
      fillers: fillers.map(slim),
      nationalSheet: data.nationalSheet ? slim(data.nationalSheet) : null,
    },
  });
}

/** Bytes depend on the data alone. Throws above 24 pages: the committee then shortens its texts. */
export const typesetBrochure: TypesetBrochure = async (data) => {
  let fillers: readonly Section[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const result = await set(data, fillers);
    const wanted = Math.max(FEWEST, Math.ceil(result.pages / 4) * 4);
    if (result.pages === wanted && result.pages <= MOST) return result;
    if (result.pages > MOST) throw new Error(`brochure of ${result.pages} pages, ${MOST} at most`);
    fillers = data.fillers(fillers.length + wanted - result.pages);
  }
  throw new Error('brochure: the number of pages does not settle');
};
