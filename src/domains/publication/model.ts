/**
 * A brochure is a list of sections made of a few kinds of blocks. The same sections are laid out on paper by the typesetter and on screen by
 * the public page: one composition, two media. Every figure in them went through disclosure and is listed in the manifest.
 */
import type { Chart } from '../../charts/chart.ts';
import type { Level } from '../../charts/palette.ts';

/** A large number with what it counts, and below it its base and year. */
export interface Tile {
  readonly figure: string;
  readonly label: string;
  readonly base: string;
}

export type Block =
  | { readonly kind: 'tiles'; readonly tiles: readonly Tile[]; readonly perRow: 1 | 2 | 3 | 4 }
  | { readonly kind: 'chart'; readonly chart: Chart; /** Drawn again for a narrow screen when the first is too fine there. */ readonly narrow?: Chart }
  | { readonly kind: 'text'; readonly paragraphs: readonly string[] }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'box'; readonly title: string; readonly paragraphs: readonly string[]; readonly author?: string }
  | { readonly kind: 'bullets'; readonly items: readonly string[] }
  | { readonly kind: 'signatures'; readonly people: readonly Signature[] }
  | { readonly kind: 'names'; readonly entries: readonly { readonly name: string; readonly commune: string }[] }
  | { readonly kind: 'inventory'; readonly entries: readonly { readonly label: string; readonly text: string; readonly base: string }[] }
  | { readonly kind: 'contacts'; readonly contacts: readonly Contact[] };

/** Columns side by side, equally wide, each a list of blocks. One, two or three. */
export type Row = readonly (readonly Block[])[];

export interface Section {
  /** Anchor on screen, bookmark on paper. */
  readonly id: string;
  readonly title: string;
  readonly lead?: string;
  readonly rows: readonly Row[];
}

export interface Signature {
  readonly name: string;
  readonly role: string;
}
export interface Contact {
  readonly name: string;
  readonly lines: readonly string[];
}

/** One printed figure with its making (frame, section 4): what allows anyone to find it again. */
export interface ManifestEntry {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly value: number;
  readonly unit: string;
  readonly base: number | null;
  readonly year: number;
  readonly territory: string;
  readonly kinds: readonly string[];
  readonly origin: string;
  readonly definition: string;
  readonly source: string;
  readonly release: number | null;
}

export interface BrochureData {
  readonly territory: { readonly code: string; readonly name: string; readonly level: Level };
  readonly campaignYear: number;
  readonly dataYears: readonly number[];
  /** « Observatoire des centres sociaux » or « … et des espaces de vie sociale ». */
  readonly title: string;
  readonly institutions: readonly string[];
  readonly coverArt: string;
  readonly sections: readonly Section[];
  /** Always last, supplied and locked by the national team. */
  readonly nationalSheet: Section | null;
  /** How to read the figures: under the contents. */
  readonly reading: Section;
  /** So many pages to put before the national sheet, so that the total is a multiple of four: the inventory of figures if it fits, else room for notes. */
  readonly fillers: (pages: number) => readonly Section[];
  readonly manifest: readonly ManifestEntry[];
  readonly demonstration: boolean;
  /** Day written in the document, ISO; the bytes depend on nothing else of the clock. */
  readonly date: string;
  /** « Observatoire SENACS, campagne 2017, publication n° 3 ». */
  readonly source: string;
}

/** Hands back a PDF; implemented by the documents, handed in by the composition root. */
export type TypesetBrochure = (data: BrochureData) => Promise<{ readonly pdf: Uint8Array; readonly pages: number }>;

/** Words that the committee may change. `{{figure.id}}` stands for a publishable figure. */
export interface BrochureTexts {
  readonly editoTitle: string;
  /** Paragraphs separated by an empty line, as everywhere below. */
  readonly edito: string;
  readonly signatures: readonly [Signature, Signature];
  /** A few lines under the title of each theme. */
  readonly introductions: { readonly [section in ThemeId]: string };
  /** Stories agreed by those they name. */
  readonly focuses: readonly Focus[];
  readonly localParagraph: string;
  readonly contacts: readonly [Contact, Contact];
  readonly acknowledgement: string;
}
export const THEMES = ['project', 'families', 'youth', 'seniors', 'governance', 'staff', 'budget'] as const;
export type ThemeId = (typeof THEMES)[number];
export interface Focus {
  readonly section: ThemeId;
  readonly title: string;
  readonly text: string;
  readonly author: string;
}

/** Register facts of an approved structure, which are public. */
/** A kind of structure: « Centre social », « Centres sociaux ». */
export interface KindWords {
  readonly code: string;
  readonly label: string;
  readonly plural: string;
}

export interface PublicStructure {
  readonly name: string;
  readonly commune: string;
  readonly department: string;
  readonly kind: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** First approved in the data year: greeted, not yet surveyed. */
  readonly isNew: boolean;
  /** Answered and agrees to be listed: thanked. */
  readonly thanked: boolean;
}

export interface NationalSheetContent {
  readonly dataYear: number;
  readonly approach: readonly string[];
  readonly figures: readonly { readonly id: string; readonly text: string; readonly label: string; readonly base?: string; readonly group: 'counts' | 'territory' | 'people' }[];
  readonly source: string;
  /** Made from the figures of the national release, not supplied by the national team: the campaign's coverage is then the sheet's too. */
  readonly computed?: true;
  /** Of a supplied sheet: which départements its survey covered. Absent: the sheet has no map, whatever the campaign covers here. */
  readonly coverage?: { readonly [department: string]: Coverage };
}

export type Coverage = 'surveyed' | 'test' | 'not_yet';

export type BrochureState = 'draft' | 'figures_linked' | 'texts_under_review' | 'copil_validation' | 'approved' | 'published' | 'superseded';

export interface Vote {
  readonly accountId: string;
  readonly name: string;
  readonly side: 'caf' | 'federation' | null;
  readonly vote: 'approve' | 'refuse';
  readonly reason: string | null;
  readonly votedAt: string;
}
