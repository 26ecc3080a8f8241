/** The one way out: raw figures in, publishable figures and reasons out. */
import type { AdditiveGroup, RawFigure, RawTable, WithheldCode, WithheldReason } from './model.ts';
import { tooCloseToAnother } from './differencing.ts';
import { type Contributors, primaryOf } from './primary.ts';
import { PublishableFigure, PublishableTable, SEAL } from './publishable.ts';
import { reason } from './reasons.ts';
import { type Containing, givesBackAPart } from './territories.ts';
import { type SecondaryStep, withholdWholeGroups } from './secondary.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from './thresholds.ts';

export interface ProtectionContext {
  /** By unit index: who stands behind it (the register's `contributorKey`). */
  readonly contributors: Contributors;
  readonly groups?: readonly AdditiveGroup[];
  readonly tables?: readonly RawTable[];
  readonly thresholds?: Thresholds;
  /** For a territory that contains others whose figures leave. */
  readonly containing?: Containing;
  /** Smaller than a département: nothing of the survey leaves (methods of the observatory, free filters). */
  readonly closed?: boolean;
  /** Next step of the house: optimal secondary suppression. */
  readonly secondary?: SecondaryStep;
}

export interface Protected {
  readonly publishable: readonly PublishableFigure[];
  readonly tables: readonly PublishableTable[];
  /** figure id -> why it stays; for the working table. Outward readers get `outwardReason`. */
  readonly withheld: ReadonlyMap<string, WithheldReason>;
}

/**
 * Guards a set of figures that will be seen together. Order matters: when two figures cannot both be shown, the first is kept.
 * Steps: primary rules cell by cell; populations that differ by one or two contributors; what the parts of the territory would give back; secondary step; seal.
 */
export function protect(figures: readonly RawFigure[], context: ProtectionContext): Protected {
  const thresholds = context.thresholds ?? DEFAULT_THRESHOLDS;
  const codes = new Map<string, WithheldCode>();
  if (context.closed) for (const { facts } of figures) if (ofTheSurvey(facts)) codes.set(facts.id, 'territory_level');
  for (const figure of figures) {
    if (codes.has(figure.facts.id)) continue;
    const code = primaryOf(figure, context.contributors, thresholds);
    if (code) codes.set(figure.facts.id, code);
  }
  const passed = figures.filter((figure) => !codes.has(figure.facts.id));
  for (const id of tooCloseToAnother(passed, context.contributors, thresholds.minimumContributors)) codes.set(id, 'base_difference');
  if (context.containing) {
    for (const id of givesBackAPart(figures, context.containing, context.contributors, thresholds)) if (!codes.has(id)) codes.set(id, 'territory_difference');
  }
  // an extreme is withheld by its nature, it is no part of a whole
  const secondary = context.secondary ?? withholdWholeGroups;
  for (const id of secondary({ figures, withheld: new Set(codes.keys()), groups: context.groups ?? [] })) if (!codes.has(id)) codes.set(id, 'complement');

  const sealed = new Map<string, PublishableFigure>();
  for (const figure of figures) if (!codes.has(figure.facts.id)) sealed.set(figure.facts.id, new PublishableFigure(SEAL, figure.facts));
  return {
    publishable: [...sealed.values()],
    tables: (context.tables ?? []).flatMap((table) => sealTable(table, sealed, codes)),
    withheld: new Map([...codes].map(([id, code]) => [id, reason(code)])),
  };
}

/** A table keeps its order, except a ranked list: by descending value, ties in the order given. A table with no publishable row does not exist. */
function sealTable(table: RawTable, sealed: ReadonlyMap<string, PublishableFigure>, codes: ReadonlyMap<string, WithheldCode>): PublishableTable[] {
  const figures = table.figures.flatMap((id) => sealed.get(id) ?? []);
  if (figures.length === 0) return [];
  const ordered = table.kind === 'ranked' ? figures.map((figure, rank) => ({ figure, rank })).toSorted((a, b) => b.figure.value - a.figure.value || a.rank - b.rank).map(({ figure }) => figure) : figures;
  return [new PublishableTable(SEAL, { ...table, figures: ordered, withheld: table.figures.filter((id) => codes.has(id)).length })];
}

/** Made from answers, or weighed by them: everything but facts of the register, counts of the campaign and what an institution signs. */
const ofTheSurvey = ({ origin, making }: RawFigure['facts']): boolean => origin === 'survey' || origin === 'derived' || making.sensitivity !== 'public';
