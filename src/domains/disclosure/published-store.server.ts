/**
 * Keeps what left disclosure (publication stores it) and brings it back sealed. The checksum catches what was altered between the two; it is no secret.
 */
import { createHash } from 'node:crypto';
import { canonical } from '../questionnaire/index.ts';
import { type Columns, fromColumns, toColumns } from './columns.ts';
import type { FigureMaking, WithheldFigure } from './model.ts';
import { type FigureJson, PublishableFigure, PublishableTable, type PublishedSet, SEAL } from './publishable.ts';

interface StoredTable {
  readonly id: string;
  readonly title: string;
  readonly kind: PublishableTable['kind'];
  readonly section: string;
  readonly figures: readonly string[];
  readonly withheld: number;
}
interface StoredHead {
  readonly campaignYear: number;
  readonly territoryCode: string;
  readonly mainYear: number;
  readonly release: PublishedSet['release'];
  readonly tables: readonly StoredTable[];
}
type StoredFigure = Omit<FigureJson, 'text'>;

/** What the text holds: figures and their making by columns, each word once; the printed text is made again from the value. */
interface StoredSet extends StoredHead {
  readonly figures: Columns;
  readonly makings: Columns;
  readonly withheld: Columns;
}
/** Before words were said once: the figures as they were, under a checksum of their canonical JSON, since jsonb does not keep the order of keys. */
interface PlainSet extends StoredHead {
  readonly figures: readonly StoredFigure[];
  readonly withheld: readonly WithheldFigure[];
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** JSON of a set, to be stored as it left: `{ checksum, text }`, the text being kept to the letter by jsonb too. */
export function storePublished(set: PublishedSet): { readonly checksum: string; readonly text: string } {
  const figures = [...set.figures.values()];
  const stored: StoredSet = {
    campaignYear: set.campaignYear,
    territoryCode: set.territoryCode,
    mainYear: set.mainYear,
    release: set.release,
    figures: toColumns(figures.map((figure) => {
      const { making: _, text: __, ...rest } = figure;
      return rest;
    })),
    makings: toColumns(figures.map((figure) => figure.making)),
    tables: [...set.tables.values()].map(({ id, title, kind, section, figures: rows, withheld }) => ({ id, title, kind, section, figures: rows.map((f) => f.id), withheld })),
    withheld: toColumns(set.withheld),
  };
  const text = JSON.stringify(stored);
  return { checksum: sha256(text), text };
}

function opened(json: unknown): PlainSet {
  const envelope = json as { readonly checksum?: string; readonly text?: string; readonly stored?: PlainSet } | null;
  if (typeof envelope?.text === 'string' && envelope.checksum === sha256(envelope.text)) {
    const stored = JSON.parse(envelope.text) as StoredSet;
    const makings = fromColumns(stored.makings) as FigureMaking[];
    const figures = fromColumns(stored.figures).map((figure, i) => ({ ...figure, making: makings[i] }) as StoredFigure);
    return { ...stored, figures, withheld: fromColumns(stored.withheld) as WithheldFigure[] };
  }
  if (envelope?.stored && envelope.checksum === sha256(canonical(envelope.stored))) return envelope.stored;
  throw new Error('stored figures are not those that left disclosure');
}

/** The set as it left. Throws when it is not what was stored. */
export function readPublished(json: unknown): PublishedSet {
  const { campaignYear, territoryCode, mainYear, release, withheld, ...stored } = opened(json);
  const figures = new Map(stored.figures.map((figure) => [figure.id, new PublishableFigure(SEAL, { ...figure, rounded: figure.value })]));
  const tables = stored.tables.map((table) => new PublishableTable(SEAL, { ...table, figures: table.figures.flatMap((id) => figures.get(id) ?? []) }));
  return { campaignYear, territoryCode, mainYear, release, withheld, figures, tables: new Map(tables.map((table) => [table.id, table])) };
}
