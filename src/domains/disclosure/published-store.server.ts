/**
 * Keeps what left disclosure (publication stores it) and brings it back sealed. The checksum catches what was altered between the two; it is no secret.
 */
import { createHash } from 'node:crypto';
import type { WithheldFigure } from './model.ts';
import { type FigureJson, PublishableFigure, PublishableTable, type PublishedSet, SEAL } from './publishable.ts';

interface StoredSet {
  readonly campaignYear: number;
  readonly territoryCode: string;
  readonly mainYear: number;
  readonly release: PublishedSet['release'];
  readonly figures: readonly FigureJson[];
  readonly tables: readonly { id: string; title: string; kind: PublishableTable['kind']; section: string; figures: readonly string[]; withheld: number }[];
  readonly withheld: readonly WithheldFigure[];
}

/** JSON with sorted keys: jsonb does not keep their order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
const checksum = (stored: unknown): string => createHash('sha256').update(canonical(stored)).digest('hex');

/** JSON text of a set, to be stored as it left. */
export function storePublished(set: PublishedSet): string {
  const stored: StoredSet = {
    campaignYear: set.campaignYear,
    territoryCode: set.territoryCode,
    mainYear: set.mainYear,
    release: set.release,
    figures: [...set.figures.values()].map((figure) => ({ ...figure })),
    tables: [...set.tables.values()].map(({ id, title, kind, section, figures, withheld }) => ({ id, title, kind, section, figures: figures.map((f) => f.id), withheld })),
    withheld: set.withheld,
  };
  return JSON.stringify({ checksum: checksum(stored), stored });
}

/** The set as it left (text, or the object a jsonb column gives). Throws when it is not what was stored. */
export function readPublished(json: unknown): PublishedSet {
  const envelope = (typeof json === 'string' ? JSON.parse(json) : json) as { checksum?: string; stored?: StoredSet } | null;
  if (!envelope?.stored || envelope.checksum !== checksum(envelope.stored)) throw new Error('stored figures are not those that left disclosure');
  const { stored } = envelope;
  const figures = new Map(stored.figures.map((figure) => [figure.id, new PublishableFigure(SEAL, { ...figure, rounded: figure.value })]));
  const tables = stored.tables.map((table) => new PublishableTable(SEAL, { ...table, figures: table.figures.flatMap((id) => figures.get(id) ?? []) }));
  return { ...stored, figures, tables: new Map(tables.map((table) => [table.id, table])) };
}
