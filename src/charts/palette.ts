/**
 * Colours of drawings, the same on screen and on paper (literal values: a PDF knows no style sheet). One accent per level of territory, as in
 * the style sheet; each accent comes in steps of one hue that keep their order in grey print and for colour-blind readers.
 */
export type Level = 'nation' | 'region' | 'department' | 'structure';

export interface Accent {
  /** Titles, first bar, filled squares: at least 4.5:1 on white. */
  readonly strong: string;
  readonly middle: string;
  readonly light: string;
  /** Grounds and tracks. */
  readonly pale: string;
}

export const ACCENTS: { readonly [level in Level]: Accent } = {
  nation: { strong: '#22407a', middle: '#6580b5', light: '#a9b9d9', pale: '#e1e8f5' },
  region: { strong: '#6a2c70', middle: '#9d6ba2', light: '#cbaecf', pale: '#f0e3f1' },
  department: { strong: '#9a3412', middle: '#cb7a52', light: '#e5b498', pale: '#fbe8dd' },
  structure: { strong: '#0b5d5b', middle: '#5f9a97', light: '#a3c8c5', pale: '#dcecea' },
};

export const INK = '#1d1b17';
export const INK_SOFT = '#57514a';
export const LINE = '#ddd5c7';
export const GROUND = '#f6f2ea';

/** Source Sans 3 is embedded in print and served on screen (there under its variable name). */
export const TEXT_FONT = "'Source Sans 3', 'Source Sans 3 Variable', sans-serif";
