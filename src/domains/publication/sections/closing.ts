/** Edito at one end; acknowledgements, the SENACS project, the national sheet at the other. */
import { coarseContours } from '../../../charts/geography/coarse-contours.ts';
import { nationalMap } from '../../../charts/national-map.ts';
import { formatNumber, NBSP } from '../../../kernel/french-number.ts';
import { counted } from '../../../kernel/french-words.ts';
import { WIDTH } from '../figure-charts.ts';
import { noun } from '../figure-reader.ts';
import type { Block, Coverage, ManifestEntry, NationalSheetContent, PublicStructure, Section, Tile } from '../model.ts';
import { frenchTypography, paragraphsOf } from '../typography.ts';
import { heading, row, type SectionContext, tiles, words } from './section-context.ts';
import locked from '../../../../content/brochures/locked-texts.json' with { type: 'json' };

export function edito(context: SectionContext): Section[] {
  const { texts, figures } = context;
  const paragraphs = words(context, texts.edito);
  const rate = tiles(2, figures.tile('response.rate', (f) => `des ${noun(f.kinds)} interrogés ont répondu`.replace('structures interrogés', 'structures interrogées')), figures.tile('campaign.answered', (f) => `${noun(f.kinds, f.value)} ont apporté leurs données`));
  // Nobody signs a text without a name.
  const people = texts.signatures.filter((s) => s.name.trim() !== '');
  const rows = [...row([{ kind: 'text', paragraphs }, ...(people.length > 0 ? [{ kind: 'signatures', people } as const] : [])]), ...row(rate)];
  return [{ id: 'edito', title: frenchTypography(texts.editoTitle), rows }];
}

const NAMED = 600;

/** Those who answered, by commune; the newly approved are greeted apart, from the register. */
export function thanks(context: SectionContext, structures: readonly PublicStructure[]): Section[] {
  const order = (a: PublicStructure, b: PublicStructure): number => a.commune.localeCompare(b.commune, 'fr') || a.name.localeCompare(b.name, 'fr');
  const all = structures.filter((s) => s.thanked);
  // The nation thanks by number: its brochure has no room for thousands of names.
  const listed = all.length > NAMED ? [] : all.toSorted(order);
  const greeted = all.length > NAMED ? [] : structures.filter((s) => s.isNew).toSorted(order);
  const welcome: Block[] = greeted.length === 0 ? [] : [{ kind: 'box', title: greeted.length === 1 ? 'Bienvenue' : 'Bienvenue à eux', paragraphs: [`${greeted.map((s) => `${s.name}, ${s.commune}`).join(`${NBSP}; `)}${NBSP}: agréé${greeted.length === 1 ? '' : 's'} en ${context.figures.set.mainYear}, interrogé${greeted.length === 1 ? '' : 's'} à partir de la campagne suivante.`] }];
  if (all.length === 0 && welcome.length === 0) return [];
  const people = words(context, context.texts.acknowledgement);
  const counted = context.figures.tile('thanks.count', 'structures ont répondu');
  return [{
    id: 'merci',
    title: 'Merci',
    ...(people.length > 0 ? { lead: people.join(' ') } : {}),
    rows: [...(listed.length > 0 ? row([{ kind: 'names', entries: listed.map((s) => ({ name: s.name, commune: s.commune })) }]) : row(tiles(1, counted))), ...row(welcome)],
  }];
}

export function project(context: SectionContext): Section[] {
  const { texts } = context;
  const local = words(context, texts.localParagraph);
  const contacts = texts.contacts.filter((c) => c.lines.some((line) => line.trim() !== ''));
  return [{
    id: 'senacs',
    title: 'Le projet SENACS',
    rows: [
      ...row([{ kind: 'text', paragraphs: locked.project.map(frenchTypography) }]),
      ...row(heading('Sur notre territoire', local.length > 0 ? [{ kind: 'text', paragraphs: local }] : [])),
      ...row(heading('Nous écrire', contacts.length > 0 ? [{ kind: 'contacts', contacts }] : [])),
    ],
  }];
}

export interface NationalSheetWords {
  readonly content: NationalSheetContent;
  /** By département; empty: no map. */
  readonly coverage: ReadonlyMap<string, Coverage>;
  readonly names: ReadonlyMap<string, string>;
  readonly campaignYear: number;
}

/** A map stands beside figures of the same survey: a supplied sheet shows its own coverage or none, a computed one that of the campaign. */
export const sheetCoverage = (content: NationalSheetContent, campaign: ReadonlyMap<string, Coverage>): ReadonlyMap<string, Coverage> => (content.computed ? campaign : new Map(Object.entries(content.coverage ?? {})));

const COVERAGE_WORDS: { readonly [c in Coverage]: string } = { surveyed: 'concerné par l’enquête', test: 'en test', not_yet: 'pas encore' };

export function nationalSheet({ content, coverage, names, campaignYear }: NationalSheetWords): Section {
  const group = (g: 'counts' | 'territory' | 'people'): Tile[] => content.figures.filter((f) => f.group === g).map((f) => ({ figure: f.text, label: f.label, base: f.base ?? String(content.dataYear) }));
  const surveyed = [...coverage.values()].filter((c) => c === 'surveyed').length;
  const map: Block[] =
    coverage.size < 2
      ? []
      : [{
          kind: 'chart',
          chart: nationalMap({
            id: 'couverture',
            title: `${counted(surveyed, 'département concerné', 'départements concernés')} par l’enquête ${campaignYear}`,
            subtitle: `Territoires de la campagne ${campaignYear}`,
            source: `SENACS, campagne ${campaignYear}${NBSP}; contours Natural Earth`,
            description: `Carte de France${NBSP}: ${counted(surveyed, 'département concerné', 'départements concernés')}, ${formatNumber([...coverage.values()].filter((c) => c === 'test').length)} en test.`,
            territories: [...coarseContours()].map(([code, c]) => {
              const state = coverage.get(code) ?? 'not_yet';
              return { code, name: names.get(code) ?? code, geometry: c.geometry, class: state === 'surveyed' ? 0 : state === 'test' ? 2 : null, text: COVERAGE_WORDS[state] };
            }),
            classes: ['concernés par l’enquête'].concat([...coverage.values()].includes('test') ? ['', 'en test'] : []),
            none: 'pas encore',
            column: 'Enquête',
            width: WIDTH.half,
          }),
        }];
  const counts = tiles(3, group('counts'));
  const right = [...tiles(2, group('people')), ...tiles(2, group('territory'))];
  const approach: Block[] = [{ kind: 'bullets', items: content.approach.map(frenchTypography) }];
  return {
    id: 'fiche-nationale',
    title: 'Fiche nationale',
    lead: `Enquête ${campaignYear}, données ${content.dataYear}`,
    rows: [
      ...row(counts),
      ...(map.length > 0 ? row(map, right) : row(right)),
      ...row(approach),
      ...row([{ kind: 'text', paragraphs: [`Source${NBSP}: ${frenchTypography(content.source)}`] }]),
    ],
  };
}

/** How to read the figures: fills a page when the number of pages asks for one, and stands on the public page. */
export function method(context: SectionContext): Section {
  const { set } = context.figures;
  return {
    id: 'lecture',
    title: 'Lire les chiffres',
    rows: row([{ kind: 'text', paragraphs: paragraphsOf(locked.method.join('\n\n')).map((p) => p.replaceAll('{{number}}', String(set.release.number)).replaceAll('{{year}}', String(set.campaignYear))) }]),
  };
}

const notes = (n: number): Section => ({ id: `notes-${n}`, title: 'Notes', lead: 'Pour nos prochaines rencontres.', rows: [] });

/** Lines of the inventory that a page holds. */
const PER_PAGE = 78;

/** Every printed figure with its base and year when the pages to fill can hold them all; else ruled pages. */
export function fillers(manifest: readonly ManifestEntry[], pages: number): Section[] {
  const needed = Math.ceil(manifest.length / PER_PAGE);
  const inventory = needed > pages ? 0 : needed;
  return Array.from({ length: pages }, (_, n) =>
    n >= inventory
      ? notes(n + 1)
      : {
          id: `inventaire-${n + 1}`,
          title: 'Inventaire des chiffres',
          lead: `Chaque chiffre imprimé, avec sa base et l’année de ses données${inventory > 1 ? ` (${n + 1} sur ${inventory})` : ''}.`,
          rows: row([{ kind: 'inventory', entries: manifest.slice(n * PER_PAGE, (n + 1) * PER_PAGE).map((m) => ({ label: m.label, text: m.text, base: m.base === null ? String(m.year) : `${formatNumber(m.base)}, ${m.year}` })) }]),
        },
  );
}
