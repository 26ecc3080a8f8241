/** The Pas-de-Calais brochure as printed: which facts of the reference brochure stand in it, which do not, and why. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brochureData, brochureOf, publishedPdf, territoryPage } from '../../src/domains/publication/index.server.ts';
import type { BrochureData } from '../../src/domains/publication/index.ts';
import { loadTerritories } from '../../src/domains/registry/index.server.ts';
import { computeTables, publishableFigures } from '../../src/domains/statistics/index.server.ts';
import { loadPasDeCalais } from '../../src/demo/load/pas-de-calais.server.ts';
import { typesetBrochure } from '../../src/documents/brochure.server.ts';
import type { Database } from '../../src/platform/database.server.ts';
import { markInstallation } from '../../src/platform/installation.server.ts';
import { standingOf } from '../../src/web/committee/working-tables.server.ts';
import { pdfText } from '../support/pdf-text.ts';
import { testDatabase } from '../support/test-database.ts';
import { type Place, placeOf } from './printed-places.ts';
import { expectedFacts, factFile } from './reference.ts';

/** Never printed: disclosure withholds them. */
const WITHHELD: { readonly [id: string]: string } = {
  'staff.fte_min': 'a minimum is the answer of one centre (arbitration D4)',
  'staff.fte_max': 'a maximum is the answer of one centre (arbitration D4)',
};

/** Facts that repeat another figure of the same value, base and year: printed under the other's name. */
const SAME_AS: { readonly [id: string]: string } = {
  'management.total': 'approved.total',
  'project.rewritten_2015': 'project.rewritten.previous',
  'project.rewritten_2016': 'project.rewritten',
  'staff.headcount_p12': 'staff.headcount',
  'staff.fte_p12': 'staff.fte',
  'staff.fte_mean_p12': 'staff.fte_mean',
  'budget.total_2016': 'budget.total',
  'budget.total_2015': 'budget.total.previous',
  'budget.mean_2016': 'budget.mean',
  'budget.mean_2015': 'budget.mean.previous',
  'expenses.steering_2016': 'expenses.steering',
  'expenses.steering_2015': 'expenses.steering.previous',
  'expenses.logistics_2016': 'expenses.logistics',
  'expenses.logistics_2015': 'expenses.logistics.previous',
  'expenses.activities_2016': 'expenses.activities',
  'expenses.activities_2015': 'expenses.activities.previous',
};

/** Letters only: drawings place each word, so spaces say nothing. */
const dense = (text: string): string => text.replaceAll(/\s/g, '');
/** These words wherever lines break, words are cut and drawings place each letter; a number is not the end of a longer one. */
const spread = (words: string): RegExp => new RegExp(`(?<!\\d)${[...dense(words).replaceAll('-', '')].map((letter) => letter.replace(/[^\p{L}\p{N}]/u, '\\$&')).join('[\\s-]*')}`);
const wanted = { year: 2017, territory: '62' };
const facts = expectedFacts(factFile()).filter((fact) => fact.value !== null);

let database: Database;
let data: BrochureData;
let printed: { pdf: Uint8Array; pages: number };
/** As read, with spaces. */
let read: string[];
let pages: string[];

beforeAll(async () => {
  database = await testDatabase();
  await markInstallation(database.db, true);
  await loadTerritories(database.db);
  await loadPasDeCalais(database.db);
  const composed = await brochureData(database.db, { ...wanted, date: '2017-12-15', demonstration: true });
  if (!composed.ok) throw new Error(composed.error.message);
  data = composed.value;
  printed = await typesetBrochure(data);
  read = pdfText(printed.pdf);
  pages = read.map(dense);
});
afterAll(() => database?.close());

describe('the brochure of the Pas-de-Calais', () => {
  it('is a PDF/UA-1 of 12 to 24 pages, a multiple of four, whose bytes depend on its data alone', async () => {
    const head = Buffer.from(printed.pdf).toString('latin1');
    expect(head).toContain('pdfuaid:part');
    expect(head).toContain('/StructTreeRoot');
    expect(printed.pages % 4).toBe(0);
    expect(printed.pages).toBeGreaterThanOrEqual(12);
    expect(printed.pages).toBeLessThanOrEqual(24);
    expect(Buffer.compare((await typesetBrochure(data)).pdf, printed.pdf)).toBe(0);
  });

  it('prints every fact of the reference brochure that may be published', () => {
    const manifest = new Map(data.manifest.map((entry) => [entry.id, entry]));
    const all = pages.join('');
    expect(facts.length).toBeGreaterThan(115);
    const missing = facts.flatMap((fact) => {
      if (WITHHELD[fact.id]) return [];
      const entry = manifest.get(SAME_AS[fact.id] ?? fact.id);
      return entry && all.includes(dense(entry.text)) ? [] : [fact.id];
    });
    expect(missing).toEqual([]);
  });

  it('prints each of them on its page, beside the words that say what it counts', () => {
    const manifest = new Map(data.manifest.map((entry) => [entry.id, entry]));
    const standing = (text: string, place: Place): boolean => {
      // The title of a page stands twice on it, as heading and in its running head; the contents name it too, once.
      const on = pages.flatMap((p, n) => (p.includes(dense(place.page).repeat(2)) ? [n] : []));
      return on.length === 1 && spread(place.words.replace('#', () => text)).test(read[on[0]!]!);
    };
    const printed = facts.filter((fact) => !WITHHELD[fact.id]).map((fact) => ({ id: fact.id, entry: manifest.get(SAME_AS[fact.id] ?? fact.id), place: placeOf(fact.id, data.manifest) }));
    expect(printed.filter(({ place }) => place === undefined).map(({ id }) => id)).toEqual([]);
    expect(printed.filter(({ entry, place }) => !entry || !standing(entry.text, place!)).map(({ id, place }) => [id, place])).toEqual([]);
    // Another figure in its place would be seen.
    expect(printed.filter(({ place }) => standing('123 456', place!)).map(({ id }) => id)).toEqual([]);
  });

  it('keeps out what disclosure withholds, and says nothing of it elsewhere', async () => {
    const ids = new Set(data.manifest.map((entry) => entry.id));
    for (const id of Object.keys(WITHHELD)) expect(ids.has(id)).toBe(false);
    expect(pages.join('')).not.toMatch(/minimum|maximum/i);
    const withheld = new Set((await computeTables(database.db, { campaignYear: 2017, territoryCode: '62' })).filter((row) => row.status === 'withheld').map((row) => row.id));
    expect(withheld.size).toBeGreaterThanOrEqual(2);
    expect([...ids].filter((id) => withheld.has(id))).toEqual([]);
    const page = JSON.stringify((await territoryPage(database.db, '62', 2017))!.sections);
    expect(page).not.toMatch(/minimum|maximum/i);
  });

  it('writes with each figure its value, base, year and release', () => {
    for (const entry of data.manifest) {
      expect(entry.text, entry.id).not.toBe('');
      expect(entry.year, entry.id).toBeGreaterThanOrEqual(2015);
      if (entry.origin !== 'administrative') expect(entry.base, entry.id).not.toBeNull();
      if (entry.origin !== 'administrative') expect(entry.release, entry.id).not.toBeNull();
    }
  });

  it('thanks the 36 respondents by commune and greets the new centre', () => {
    const thanks = pages.find((page) => page.includes('Bienvenue'))!;
    expect(thanks).toContain(dense('Centre social Cœur de ville, Liévin : agréé en 2016'));
    expect(thanks.indexOf('Achicourt')).toBeLessThan(thanks.indexOf('Wimereux'));
    expect(data.sections.find((s) => s.id === 'merci')!.rows[0]![0]![0]).toMatchObject({ kind: 'names', entries: { length: 36 } });
  });

  it('ends with the national sheet as supplied, and says on every page that its data are fictional', () => {
    for (const words of ['2 237', '2 065', '1 850', 'plus de 55 500', 'plus de 110 000', 'plus de 46 000', '80 %', '20 %']) expect(pages.at(-1)).toContain(dense(words));
    for (const page of pages) expect(page).toContain(dense('Données fictives'));
  });

  it('leaves no page for a remainder, whatever the number of those it thanks', async () => {
    const names = data.sections.find((s) => s.id === 'merci')!.rows[0]![0]![0]!;
    if (names.kind !== 'names') throw new Error('names come first');
    const entries = Array.from({ length: 180 }, (_, i) => ({ commune: `Commune ${i}`, name: `Centre social numéro ${i} des habitants` }));
    for (const count of [65, 90, 180]) {
      const sections = data.sections.map((s) => (s.id === 'merci' ? { ...s, rows: [[[{ kind: 'names' as const, entries: entries.slice(0, count) }]], ...s.rows.slice(1)] } : s));
      // oxlint-disable-next-line no-await-in-loop
      const set = await typesetBrochure({ ...data, sections });
      const thanked = pdfText(set.pdf).map(dense).filter((page) => page.includes('numéro'));
      const on = thanked.map((page) => page.split('numéro').length - 1);
      expect(on.reduce((a, b) => a + b, 0)).toBe(count);
      expect(on.length).toBeLessThanOrEqual(Math.ceil(count / 70));
      expect(Math.min(...on)).toBeGreaterThan(count / on.length / 2);
    }
  });

  it('is set whatever signs stand in a name, a title or a story, titles left out too', async () => {
    const signs = '😀 ☎ ★ ① 中 𝐁 مرحبا \ufeff';
    const story = (title: string): BrochureData['sections'][number]['rows'][number] => [[{ kind: 'box', title, paragraphs: [`Récit ${signs}`], author: signs }, { kind: 'names', entries: [{ name: `Centre ${signs}`, commune: signs }] }]];
    const sections = data.sections.map((s, n) => (n === 2 ? { ...s, title: `${s.title} ${signs}`, rows: [...s.rows, story(signs), story(''), story('\ufeff'), story('\u200b\u00ad')] } : s));
    const set = await typesetBrochure({ ...data, sections, title: `${data.title} 😀` });
    expect(pdfText(set.pdf).map(dense).join('').split(dense('Récit □ □ □ 1 □ B □')).length).toBe(5);
  });

  it('counts what may be shown and what is withheld as the working table does', async () => {
    const set = (await publishableFigures(database.db, { campaignYear: 2017, territoryCode: '62' }))!;
    const standing = (await computeTables(database.db, { campaignYear: 2017, territoryCode: '62' })).map(standingOf);
    const of = (which: string) => standing.filter((s) => s === which).length;
    expect([of('diffusables'), of('retenues')]).toEqual([set.figures.size, set.withheld.length]);
    expect(of('hors-calcul')).toBeGreaterThan(10);
  });

  it('is not looked for where there is nothing: no such territory, no such campaign', async () => {
    const on = { date: '2017-12-15', demonstration: true };
    expect(await brochureData(database.db, { year: 2017, territory: '99', ...on })).toMatchObject({ ok: false, error: { code: 'unknown_territory' } });
    expect(await brochureData(database.db, { year: 2016, territory: '62', ...on })).toMatchObject({ ok: false, error: { code: 'unknown_campaign' } });
    expect(await brochureData(database.db, { year: 2017, territory: 'C62041', ...on })).toMatchObject({ ok: false, error: { code: 'level_closed' } });
  });

  it('is published by the committee of the demonstration, with its file kept', async () => {
    const brochure = await brochureOf(database.db, wanted);
    expect(brochure?.state).toBe('published');
    expect((await publishedPdf(database.db, wanted))?.hash).toBe(brochure?.pdfHash);
  });
});
