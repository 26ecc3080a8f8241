/** The one place where figures, words, register facts and the national sheet become a brochure, or the public page of a territory. */
import type { Level } from '../../charts/palette.ts';
import type { PublishedSet } from '../disclosure/index.ts';
import { coverArt } from './cover-art.ts';
import { figureReader } from './figure-reader.ts';
import type { BrochureData, BrochureTexts, KindWords, PublicStructure, Section } from './model.ts';
import { edito, fillers, method, nationalSheet, type NationalSheetWords, project, thanks } from './sections/closing.ts';
import { budget, governance, staff } from './sections/means.ts';
import { families, projectAndPartners, seniors, youth } from './sections/people.ts';
import { ages, countsMap, keyFigures, mapSection } from './sections/portrait.ts';
import type { SectionContext } from './sections/section-context.ts';

export interface CompositionInput {
  readonly territory: { readonly code: string; readonly name: string; readonly level: Level };
  /** Codes of the départements that it is made of, for its outline. */
  readonly departments: readonly string[];
  readonly set: PublishedSet;
  readonly dataYears: readonly number[];
  readonly structures: readonly PublicStructure[];
  readonly kinds: readonly KindWords[];
  readonly texts: BrochureTexts;
  readonly national: NationalSheetWords | null;
  readonly demonstration: boolean;
  /** ISO day printed in the document. */
  readonly date: string;
}

const sourceOf = (set: PublishedSet): string => `Observatoire SENACS, campagne ${set.campaignYear}, jeu de données n°\u00a0${set.release.number}`;

const contextOf = (input: CompositionInput): SectionContext => ({
  figures: figureReader(input.set),
  drawing: { level: input.territory.level, source: sourceOf(input.set) },
  texts: input.texts,
  kinds: input.kinds,
});

const BOTH_KINDS = 'Observatoire des centres sociaux et des espaces de vie sociale';

const titleOf = (structures: readonly PublicStructure[]): string =>
  structures.some((s) => s.kind === 'EVS') ? BOTH_KINDS : 'Observatoire des centres sociaux';

const themes = (context: SectionContext): Section[] => [...projectAndPartners(context), ...families(context), ...youth(context), ...seniors(context), ...governance(context), ...staff(context), ...budget(context)];

const countByDepartment = (structures: readonly PublicStructure[]): { readonly [department: string]: number } =>
  Object.fromEntries([...Map.groupBy(structures, (s) => s.department)].map(([code, list]) => [code, list.length]));

/** The common frame of a département's brochure, in its order. The same input gives the same brochure. */
export function composeBrochure(input: CompositionInput): BrochureData {
  const context = contextOf(input);
  const sections = [
    ...edito(context),
    ...(input.territory.level === 'nation' ? countsMap(context, countByDepartment(input.structures), Object.fromEntries(input.national?.names ?? [])) : mapSection(context, input.structures, input.departments, 'paper')),
    ...keyFigures(context),
    ...ages(context),
    ...themes(context),
    ...thanks(context, input.structures),
    ...project(context),
  ];
  const manifest = context.figures.manifest();
  return {
    territory: input.territory,
    campaignYear: input.set.campaignYear,
    dataYears: input.dataYears,
    title: titleOf(input.structures),
    institutions: input.texts.contacts.map((c) => c.name),
    coverArt: coverArt(input.territory.level, input.departments, input.structures),
    sections,
    nationalSheet: input.national ? nationalSheet(input.national) : null,
    reading: method(context),
    fillers: (pages) => fillers(manifest, pages),
    manifest,
    demonstration: input.demonstration,
    date: input.date,
    source: sourceOf(input.set),
  };
}

/** The public page: the same figures and drawings, without what belongs to a printed object. */
export function composeTerritoryPage(input: Omit<CompositionInput, 'national' | 'date'> & { /** Approved structures by département, for the map of the nation. */ readonly counts: { readonly [department: string]: number }; readonly names: { readonly [department: string]: string } }): { readonly title: string; readonly sections: readonly Section[]; readonly source: string } {
  const context = contextOf({ ...input, national: null, date: '' });
  return {
    title: input.set.figures.get('approved.total')?.kinds.includes('EVS') ? BOTH_KINDS : titleOf(input.structures),
    sections: [
      ...keyFigures(context),
      ...(input.territory.level === 'nation' ? countsMap(context, input.counts, input.names) : mapSection(context, input.structures, input.departments, 'screen')),
      ...ages(context),
      ...themes(context),
      method(context),
    ],
    source: sourceOf(input.set),
  };
}
