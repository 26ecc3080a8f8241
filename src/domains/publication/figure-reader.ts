/**
 * The only way from figures to words: whoever reads a figure here has it written in the manifest. Absent and withheld figures are both
 * `undefined`, so that a section drops what it may not say.
 */
import type { PublishableFigure, PublishableTable, PublishedSet } from '../disclosure/index.ts';
import { formatLarge, formatNumber, NBSP } from '../../kernel/french-number.ts';
import type { ManifestEntry, Tile } from './model.ts';

/** What structures are called: « centres » when only centres sociaux are counted, « EVS », else « structures ». */
export function noun(kinds: readonly string[], count = 2): string {
  if (kinds.length === 1 && kinds[0] === 'EVS') return 'EVS';
  const word = kinds.length === 1 && kinds[0] === 'CS' ? 'centre' : 'structure';
  return count < 2 ? word : `${word}s`;
}

/** « 36 centres, 2016 »; the institution's name for an administrative figure. */
export function baseWords(figure: PublishableFigure): string {
  if (figure.origin === 'administrative') return `${figure.making.source.split(/[,(]/)[0]!.trim()}, ${figure.year}`;
  // A number of structures out of themselves has no other base than its year.
  if (figure.base === null || (figure.unit === 'structures' && figure.base === figure.value)) return String(figure.year);
  return `${formatNumber(figure.base)}${NBSP}${noun(figure.kinds, figure.base)}, ${figure.year}`;
}

export interface FigureReader {
  /** The figure, noted as printed. */
  readonly get: (id: string) => PublishableFigure | undefined;
  /**
   * The figure that counts the same kinds of structure as another (`id` itself, else `id@CS`), noted: two numbers of one sentence speak of one
   * population. Undefined when there is none.
   */
  readonly alike: (id: string, as: PublishableFigure) => PublishableFigure | undefined;
  /** A table with all its figures noted; undefined when absent or when every row is zero. */
  readonly table: (id: string) => PublishableTable | undefined;
  /** Rows of a table above zero, noted. */
  readonly rows: (id: string) => readonly PublishableFigure[];
  readonly tile: (id: string, label: string | ((figure: PublishableFigure) => string)) => Tile[];
  readonly manifest: () => ManifestEntry[];
  readonly set: PublishedSet;
}

export function figureReader(set: PublishedSet): FigureReader {
  const printed = new Map<string, PublishableFigure>();
  const note = (figure: PublishableFigure): PublishableFigure => {
    printed.set(figure.id, figure);
    return figure;
  };
  const get = (id: string): PublishableFigure | undefined => {
    const figure = set.figures.get(id);
    return figure && note(figure);
  };
  const rows = (id: string): readonly PublishableFigure[] => (set.tables.get(id)?.figures ?? []).filter((f) => f.value > 0).map(note);
  const sameKinds = (a: PublishableFigure, b: PublishableFigure): boolean => a.kinds.toSorted().join() === b.kinds.toSorted().join();
  return {
    set,
    get,
    alike: (id, as) => {
      const found = [id, ...as.kinds.map((kind) => `${id}@${kind}`)].map((known) => set.figures.get(known)).find((figure) => figure && sameKinds(figure, as));
      return found && note(found);
    },
    rows,
    table: (id) => (rows(id).length > 0 ? set.tables.get(id) : undefined),
    tile: (id, label) => {
      const figure = get(id);
      if (!figure) return [];
      const said = typeof label === 'string' ? label : label(figure);
      // « 1,5 milliard » stands in a tile where « 1 511 564 248 € » does not; the exact amount is in the inventory.
      const large = figure.unit === 'EUR' && Math.abs(figure.value) >= 1e8;
      return [{ figure: large ? formatLarge(figure.value) : figure.text, label: large ? `d’euros ${said}` : said, base: baseWords(figure) }];
    },
    manifest: () =>
      [...printed.values()].map((f) => ({
        id: f.id,
        label: f.label,
        text: f.text,
        value: f.value,
        unit: f.unit,
        base: f.base,
        year: f.year,
        territory: f.territoryCode,
        kinds: f.kinds,
        origin: f.origin,
        definition: f.making.definition,
        source: f.making.source,
        release: f.making.releaseNumber,
      })),
  };
}
