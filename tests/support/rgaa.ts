/**
 * Points of the RGAA 4.1 (référentiel général d'amélioration de l'accessibilité) that a machine can judge on a page as it stands, each with the
 * numbers of its criteria. Each gives the faults that it finds, in words that lead to the place. What needs a person (whether a label is well
 * chosen) is not claimed here.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

export interface RgaaPoint {
  readonly name: string;
  readonly criteria: string;
  readonly faults: (page: Page) => Promise<readonly string[]>;
}

/** Runs in the page: `body` is the source of a function that returns a list of faults; `place(e)` says where an element is. */
const inPage = (body: string) => (page: Page): Promise<readonly string[]> =>
  page.evaluate(`(() => {
    const place = (e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + (e.name ? '[name=' + e.name + ']' : '') + ' « ' + (e.textContent || '').trim().replace(/\\s+/g, ' ').slice(0, 50) + ' »';
    const shown = (e) => e.checkVisibility({ visibilityProperty: true });
    const all = (selector, root = document) => [...root.querySelectorAll(selector)].filter(shown);
    const textOf = (ids) => (ids || '').split(/\\s+/).filter(Boolean).map((id) => document.getElementById(id)?.textContent || '').join(' ').trim();
    const nameOf = (e) => textOf(e.getAttribute('aria-labelledby')) || (e.getAttribute('aria-label') || '').trim() || [...(e.labels || [])].map((l) => l.textContent).join(' ').trim() || (e.textContent || '').trim() || (e.querySelector('img[alt]')?.alt || '') || e.title || '';
    ${body}
  })()`);

const axe = (rules: readonly string[]) => async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).withRules([...rules]).analyze();
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 120)}`));
};

/** Tabs through the whole page; `judge` runs on each element that takes the focus. */
async function tabbing(page: Page, judge: string): Promise<string[]> {
  await page.evaluate('document.activeElement?.blur(); window.scrollTo(0, 0); window.__seen = new Set(); window.__at = null;');
  const faults: string[] = [];
  for (let n = 0; n < 400; n++) {
    await page.keyboard.press('Tab');
    const said = (await page.evaluate(`(() => {
      const e = document.activeElement;
      // a date is gone through part by part: the same field again is not the end of the page
      if (e && e === window.__at) return null;
      window.__at = e;
      if (!e || e === document.body || window.__seen.has(e)) return 'end';
      window.__seen.add(e);
      const place = e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + (e.name ? '[name=' + e.name + ']' : '') + ' « ' + (e.textContent || '').trim().slice(0, 40) + ' »';
      ${judge}
    })()`)) as string | null;
    if (said === 'end') break;
    if (said) faults.push(said);
  }
  return faults;
}

/** Contrast of two colours, WCAG 2.1 formula. In the page, as text. */
const CONTRAST = `
  const channel = (v) => { const c = v / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const contrast = (a, b) => { const [x, y] = [luminance(rgba(a)), luminance(rgba(b))]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
  const ground = (e) => { for (let at = e; at; at = at.parentElement) { const colour = getComputedStyle(at).backgroundColor; if (rgba(colour)[3] === 255) return colour; } return 'white'; };
`;

export const RGAA: readonly RgaaPoint[] = [
  { name: 'images', criteria: '1.1, 1.2', faults: inPage(`
    return [
      ...[...document.images].filter((i) => !i.hasAttribute('alt')).map((i) => 'sans alternative : ' + i.src),
      ...all('svg').filter((s) => !s.closest('[aria-hidden=true]') && !(/^(img|group)$/.test(s.getAttribute('role')) && nameOf(s) && (s.hasAttribute('aria-label') || s.hasAttribute('aria-labelledby')))).map((s) => 'dessin ni nommé ni caché : ' + place(s)),
    ];`) },
  { name: 'contrast of texts', criteria: '3.2', faults: axe(['color-contrast']) },
  { name: 'contrast of fields', criteria: '3.3', faults: inPage(`${CONTRAST}
    return all('input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]), select, textarea').filter((e) => !e.matches(':disabled')).flatMap((e) => {
      const style = getComputedStyle(e);
      const [edge, inside] = [style.borderBottomColor, ground(e)];
      const around = ground(e.parentElement);
      const best = Math.max(parseFloat(style.borderBottomWidth) > 0 ? contrast(edge, around) : 1, contrast(inside, around));
      return best >= 3 ? [] : [place(e) + ' : contraste du bord ' + best.toFixed(2)];
    });`) },
  { name: 'tables', criteria: '5.4, 5.6, 5.7', faults: inPage(`
    return all('table:not([role=presentation])').flatMap((t) => {
      const faults = [];
      const named = t.caption?.textContent.trim() || nameOf(t) === '' ? t.caption : t;
      if (!t.caption?.textContent.trim() && !textOf(t.getAttribute('aria-labelledby')) && !t.getAttribute('aria-label') && !t.closest('[role=region][aria-label], [role=region][aria-labelledby], figure, fieldset, section')) faults.push('tableau sans titre : ' + place(t));
      for (const th of t.querySelectorAll('th')) if (!th.textContent.trim() || !/^(col|row|colgroup|rowgroup)$/.test(th.scope)) faults.push('en-tête sans portée ou vide : ' + place(th));
      const columns = [...(t.tHead?.rows ?? [])].at(-1);
      for (const row of [...t.tBodies].flatMap((b) => [...b.rows])) for (const td of row.querySelectorAll('td')) {
        const byRow = row.querySelector('th') !== null;
        const byColumn = columns !== undefined && columns.cells[td.cellIndex]?.tagName === 'TH';
        if (!byRow && !byColumn) faults.push('case sans en-tête : ' + place(td));
      }
      return faults;
    });`) },
  { name: 'purpose of links', criteria: '6.1, 6.2', faults: inPage(`
    const vague = /^(cliquez ici|ici|lire la suite|en savoir plus|suite|lien|voir|détails?|plus)$/i;
    return all('a[href]').flatMap((a) => {
      const name = nameOf(a).replace(/\\s+/g, ' ');
      if (!name) return ['lien sans nom : ' + a.getAttribute('href')];
      if (vague.test(name)) return ['lien vague : « ' + name + ' » vers ' + a.getAttribute('href')];
      // the same words to two places of the site, without anything around to tell them apart
      const twins = all('a[href]').filter((b) => nameOf(b).replace(/\\s+/g, ' ') === name && b.getAttribute('href') !== a.getAttribute('href') && !a.closest('tr, li, dd, article, section, fieldset, .field') && !b.closest('tr, li, dd, article, section, fieldset, .field'));
      return twins.length > 0 ? ['mêmes mots, autre destination : « ' + name + ' »'] : [];
    });`) },
  { name: 'language', criteria: '8.3, 8.4, 8.7', faults: inPage(`
    const faults = document.documentElement.lang === 'fr' ? [] : ['langue de la page : ' + document.documentElement.lang];
    return [...faults, ...[...document.querySelectorAll('[lang]')].filter((e) => !/^[a-z]{2}(-[A-Z]{2})?$/.test(e.lang)).map((e) => 'langue mal écrite : ' + place(e))];`) },
  { name: 'title of the page', criteria: '8.5, 8.6', faults: inPage(`
    const h1 = document.querySelector('h1')?.textContent.trim() ?? '';
    const plain = (t) => t.normalize('NFD').replace(/[^A-Za-z0-9 ]/g, '').toLowerCase();
    const words = plain(h1).split(' ').filter((w) => w.length > 3);
    return document.title.trim().length > 5 && /SENACS/.test(document.title) && (words.length === 0 || words.some((w) => plain(document.title).includes(w))) ? [] : ['« ' + document.title + ' » ne dit pas « ' + h1 + ' »'];`) },
  { name: 'headings', criteria: '9.1, 9.2', faults: inPage(`
    const faults = [];
    const heads = all('h1, h2, h3, h4, h5, h6');
    if (heads.filter((h) => h.tagName === 'H1').length !== 1) faults.push(heads.filter((h) => h.tagName === 'H1').length + ' titres de niveau 1');
    let before = 0;
    for (const h of heads) { const level = Number(h.tagName[1]); if (!h.textContent.trim()) faults.push('titre vide'); if (level > before + 1) faults.push('niveau sauté : ' + place(h)); before = level; }
    for (const part of ['main', 'header', 'footer', 'nav']) if (!document.querySelector(part)) faults.push('pas de zone ' + part);
    return faults;`) },
  { name: 'order of reading and of focus', criteria: '10.3, 12.8', faults: async (page) => [
    ...(await inPage(`return [...document.querySelectorAll('[tabindex]')].filter((e) => e.tabIndex > 0).map((e) => 'tabindex positif : ' + place(e));`)(page)),
    ...(await tabbing(page, `
      const before = window.__last; window.__last = e;
      return before && document.contains(before) && !(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) ? 'focus qui revient en arrière : ' + place : null;`)),
  ] },
  { name: 'visible focus', criteria: '10.7', faults: (page) => tabbing(page, `${CONTRAST}
      const style = getComputedStyle(e);
      const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && contrast(style.outlineColor, ground(e.parentElement ?? e)) >= 3;
      return outlined || (style.boxShadow !== 'none') ? null : 'focus invisible : ' + place;`) },
  { name: 'skip link and zones', criteria: '12.6, 12.7', faults: async (page) => {
    await page.evaluate('document.activeElement?.blur(); window.scrollTo(0, 0)');
    await page.keyboard.press('Tab');
    return (await page.evaluate(`(() => { const a = document.activeElement; const to = a?.getAttribute?.('href'); return to === '#contenu' && document.querySelector(to)?.tagName === 'MAIN' ? [] : ['le premier lien ne mène pas au contenu']; })()`)) as string[];
  } },
  { name: 'labels', criteria: '11.1, 11.2', faults: async (page) => [
    ...(await inPage(`return all('input:not([type=hidden]), select, textarea').flatMap((e) => (nameOf(e) ? [] : ['champ sans étiquette : ' + place(e)]));`)(page)),
    ...(await axe(['label', 'select-name', 'label-title-only', 'label-content-name-mismatch'])(page)),
  ] },
  { name: 'groups of fields', criteria: '11.5, 11.6, 11.7', faults: inPage(`
    return [
      ...all('fieldset').filter((f) => !f.querySelector(':scope > legend')?.textContent.trim()).map((f) => 'groupe sans légende : ' + place(f)),
      ...all('input[type=radio]').filter((r) => !r.closest('fieldset, [role=radiogroup]')).map((r) => 'choix hors d’un groupe : ' + place(r)),
    ];`) },
  { name: 'errors lead to their field', criteria: '11.10, 11.11', faults: inPage(`
    return [
      ...all('[role=alert] a[href^="#"]').flatMap((a) => {
        const target = document.getElementById(decodeURIComponent(a.getAttribute('href').slice(1)));
        return target ? [] : ['erreur qui ne mène nulle part : ' + place(a)];
      }),
      ...all('[aria-invalid=true]').filter((e) => !textOf(e.getAttribute('aria-describedby')) && !textOf(e.closest('fieldset')?.getAttribute('aria-describedby')) && !textOf(e.getAttribute('aria-errormessage'))).map((e) => 'champ fautif sans explication : ' + place(e)),
    ];`) },
];

/** Reflow without a second scroll bar at 320 px (400 % of 1280), and texts at 200 % of their size. Criteria 10.4, 10.11. Leaves the page as it was. */
export async function zoomFaults(page: Page): Promise<readonly string[]> {
  const size = page.viewportSize()!;
  const wide = "document.documentElement.scrollWidth > innerWidth ? ['la page déborde de ' + (document.documentElement.scrollWidth - innerWidth) + ' px'] : []";
  await page.setViewportSize({ width: 320, height: 640 });
  const reflow = (await page.evaluate(wide)) as string[];
  // The size of texts that a person sets in the browser, as the browser applies it.
  await page.setViewportSize({ width: 1280, height: 900 });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  const grown = (await page.evaluate('parseFloat(getComputedStyle(document.documentElement).fontSize)')) as number;
  const text = (await page.evaluate(`[...(${wide}), ...[...document.querySelectorAll('main *')].filter((e) => e.checkVisibility() && !e.closest('.visually-hidden, svg') && getComputedStyle(e).overflow === 'hidden' && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1).map((e) => 'texte coupé : ' + e.textContent.slice(0, 40))]`)) as string[];
  await cdp.send('Page.setFontSizes', { fontSizes: { standard: 16, fixed: 13 } });
  await cdp.detach();
  await page.setViewportSize(size);
  if (grown < 30) return ['les textes ne suivent pas la taille que la personne a choisie'];
  return [...reflow.map((f) => `à 400 % : ${f}`), ...text.map((f) => `textes à 200 % : ${f}`)];
}
