/** What every section is composed from, and the two habits they share: words of the committee above, its stories below. */
import type { DrawingContext } from '../figure-charts.ts';
import type { FigureReader } from '../figure-reader.ts';
import type { Block, BrochureTexts, KindWords, Row, Section, ThemeId, Tile } from '../model.ts';
import { insertFigures } from '../tokens.ts';
import { lowerFirst, paragraphsOf } from '../typography.ts';

export interface SectionContext {
  readonly figures: FigureReader;
  readonly drawing: DrawingContext;
  readonly texts: BrochureTexts;
  /** What structures of each kind are called, as the register says: kinds are data. */
  readonly kinds: readonly KindWords[];
}

/** « centres sociaux agréés » when one kind only is counted, else « structures agréées ». Names of kinds are taken as masculine: the register does not say. */
export function approvedNoun(context: SectionContext, kinds: readonly string[]): string {
  const only = kinds.length === 1 ? context.kinds.find((k) => k.code === kinds[0]) : undefined;
  return only ? `${lowerFirst(only.plural)} agréés` : 'structures agréées';
}

/** Paragraphs of the committee with its figures put in. */
export const words = (context: SectionContext, text: string): string[] => paragraphsOf(insertFigures(text, context.figures));

/** Columns that hold something; a row without any is no row. */
export function row(...columns: readonly (readonly Block[])[]): Row[] {
  const kept = columns.filter((blocks) => blocks.length > 0);
  return kept.length === 0 ? [] : [kept];
}

/** A theme: title, introduction, rows of figures, then the stories of the committee. Undefined when no figure is left to say. */
export function theme(context: SectionContext, id: ThemeId, title: string, rows: readonly Row[]): Section[] {
  if (rows.length === 0) return [];
  const introduction = words(context, context.texts.introductions[id] ?? '');
  const stories = context.texts.focuses
    .filter((f) => f.section === id && f.text.trim() !== '')
    .map((f): Block => ({ kind: 'box', title: f.title, paragraphs: words(context, f.text), ...(f.author.trim() === '' ? {} : { author: f.author }) }));
  return [{ id, title, ...(introduction.length > 0 ? { lead: introduction.join(' ') } : {}), rows: [...rows, ...row(stories)] }];
}

export const tiles = (perRow: 1 | 2 | 3 | 4, ...lists: readonly (readonly Tile[])[]): Block[] => {
  const all = lists.flat();
  return all.length === 0 ? [] : [{ kind: 'tiles', tiles: all, perRow }];
};
export const heading = (text: string, ...blocks: readonly (readonly Block[])[]): Block[] => {
  const all = blocks.flat();
  return all.length === 0 ? [] : [{ kind: 'heading', text }, ...all];
};
