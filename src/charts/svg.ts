/** A small hand for writing SVG as text: no document, no browser, the same letters every time. */
import { INK, TEXT_FONT } from './palette.ts';

type Attributes = { readonly [name: string]: string | number | undefined };

export const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const written = (value: string | number): string => (typeof value === 'number' ? String(Math.round(value * 100) / 100) : escapeXml(value));

/** One element; attributes that are undefined are left out, numbers are rounded to a hundredth. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${written(value)}"`]))
    .join('');
  return children.length === 0 ? `<${name}${list}/>` : `<${name}${list}>${children.join('')}</${name}>`;
}

/** A line of text whose base line is at `y`. */
export const label = (x: number, y: number, text: string, attributes: Attributes = {}): string =>
  element('text', { x, y, ...without(attributes) }, escapeXml(text));

/** Size 13 and the colour of ink are said once, by the root. */
const without = (attributes: Attributes): Attributes => ({
  ...attributes,
  'font-size': attributes['font-size'] === 13 ? undefined : attributes['font-size'],
  fill: attributes['fill'] === INK ? undefined : attributes['fill'],
});

/** Parts that share attributes. */
export const group = (attributes: Attributes, parts: readonly string[]): string => (parts.length === 0 ? '' : element('g', attributes, ...parts));

export interface DrawingFrame {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
}

/** The root: an image for assistive technology, with its name and its sentence. */
export function drawing(frame: DrawingFrame, ...children: readonly string[]): string {
  const height = Math.ceil(frame.height);
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${frame.width} ${height}`,
      width: frame.width,
      height,
      role: 'img',
      'aria-labelledby': `${frame.id}-t ${frame.id}-d`,
      'font-family': TEXT_FONT,
      'font-size': 13,
      fill: INK,
    },
    element('title', { id: `${frame.id}-t` }, escapeXml(frame.title)),
    element('desc', { id: `${frame.id}-d` }, escapeXml(frame.description)),
    ...children,
  );
}
