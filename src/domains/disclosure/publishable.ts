/**
 * What a committee, a brochure, a chart or a public page accepts. The class is exported by the door as a type only; its constructor asks for a mark that stays
 * in this domain, and `isPublishableFigure` looks at a private field, so that an object that merely looks alike is not one.
 */
import { formatEuro, formatNumber, formatPercent, NBSP } from '../../kernel/french-number.ts';
import type { FigureFacts, FigureMaking, FigureOrigin, FigureUnit, WithheldFigure } from './model.ts';

/** Never exported by the door of the domain. */
export const SEAL: unique symbol = Symbol('disclosure');

export type FigureJson = { [K in keyof PublishableFigure]: PublishableFigure[K] };

/** The words printed for a rounded value: `31 907 084 €`, `17,5 %`, `près de 4 000`. */
export function printedValue(value: number, unit: FigureUnit, decimals: number, qualifier: string | null): string {
  const words = unit === 'EUR' ? formatEuro(value, decimals) : unit === 'percent' ? formatPercent(value, decimals) : unit === 'year' ? String(value) : formatNumber(value, decimals);
  return qualifier ? `${qualifier}${NBSP}${words}` : words;
}

export class PublishableFigure {
  readonly #sealed = true;
  readonly id: string;
  readonly label: string;
  readonly shortLabel: string;
  readonly section: string;
  /** Rounded as printed; the unrounded value stays behind. */
  readonly value: number;
  readonly unit: FigureUnit;
  readonly decimals: number;
  readonly qualifier: 'près de' | 'plus de' | null;
  readonly text: string;
  readonly base: number | null;
  readonly responses: number | null;
  readonly year: number;
  readonly kinds: readonly string[];
  readonly territoryCode: string;
  readonly origin: FigureOrigin;
  readonly making: FigureMaking;

  constructor(mark: typeof SEAL, facts: Omit<FigureFacts, 'exact'>) {
    if (mark !== SEAL) throw new Error('a publishable figure is built by the disclosure domain only');
    this.id = facts.id;
    this.label = facts.label;
    this.shortLabel = facts.shortLabel;
    this.section = facts.section;
    this.value = facts.rounded;
    this.unit = facts.unit;
    this.decimals = facts.decimals;
    this.qualifier = facts.qualifier;
    this.text = printedValue(facts.rounded, facts.unit, facts.decimals, facts.qualifier);
    this.base = facts.base;
    this.responses = facts.responses;
    this.year = facts.year;
    this.kinds = facts.kinds;
    this.territoryCode = facts.territoryCode;
    this.origin = facts.origin;
    this.making = facts.making;
    Object.freeze(this);
  }

  static is(thing: unknown): thing is PublishableFigure {
    return typeof thing === 'object' && thing !== null && #sealed in thing && (thing as PublishableFigure).#sealed;
  }
}

export class PublishableTable {
  readonly #sealed = true;
  readonly id: string;
  readonly title: string;
  readonly kind: 'ranked' | 'distribution' | 'comparison' | 'group';
  readonly section: string;
  readonly figures: readonly PublishableFigure[];
  readonly base: number | null;
  readonly year: number;
  readonly unit: FigureUnit;
  /** Rows left out by a rule. */
  readonly withheld: number;

  constructor(mark: typeof SEAL, facts: { id: string; title: string; kind: PublishableTable['kind']; section: string; figures: readonly PublishableFigure[]; withheld: number }) {
    if (mark !== SEAL) throw new Error('a publishable table is built by the disclosure domain only');
    const first = facts.figures[0];
    if (!first || !facts.figures.every((figure) => PublishableFigure.is(figure))) throw new Error(`table ${facts.id} holds something that is not a publishable figure`);
    this.id = facts.id;
    this.title = facts.title;
    this.kind = facts.kind;
    this.section = facts.section;
    this.figures = facts.figures;
    const sameBase = facts.figures.every((figure) => figure.base === first.base);
    this.base = sameBase ? first.base : null;
    this.year = Math.max(...facts.figures.map((figure) => figure.year));
    this.unit = first.unit;
    this.withheld = facts.withheld;
    Object.freeze(this);
  }

  static is(thing: unknown): thing is PublishableTable {
    return typeof thing === 'object' && thing !== null && #sealed in thing && (thing as PublishableTable).#sealed;
  }
}

export const isPublishableFigure = (thing: unknown): thing is PublishableFigure => PublishableFigure.is(thing);

/** All that may be shown of one territory and campaign, from one release. */
export interface PublishedSet {
  readonly campaignYear: number;
  readonly territoryCode: string;
  /** Main data year. */
  readonly mainYear: number;
  readonly release: { readonly id: string; readonly number: number; readonly contentHash: string };
  readonly figures: ReadonlyMap<string, PublishableFigure>;
  readonly tables: ReadonlyMap<string, PublishableTable>;
  readonly withheld: readonly WithheldFigure[];
}
