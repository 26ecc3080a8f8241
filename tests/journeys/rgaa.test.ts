/**
 * One test for each point of the RGAA 4.1 that a machine can judge, on the pages where people work and where the public reads; and each point is
 * shown to find the fault that it is for, on a page that has it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { demonstrationFolder } from '../support/demonstration.ts';
import { type Stage, setStage, type Visitor } from '../support/journey.ts';
import { RGAA, zoomFaults } from '../support/rgaa.ts';

let stage: Stage;
const pages: { readonly name: string; readonly page: Page }[] = [];
let director: Visitor;
let rubric = '';

beforeAll(async () => {
  stage = await setStage([], {}, await demonstrationFolder(['62', '48', '05']));
  const open = async (who: Visitor, address: string): Promise<Page> => {
    const page = await who.context.newPage();
    page.setDefaultTimeout(20_000);
    expect((await page.goto(address))?.status(), address).toBeLessThan(400);
    pages.push({ name: address.replace(/[0-9a-f-]{36}/, '…'), page });
    return page;
  };
  const visitor = await stage.visitor();
  for (const address of ['/', '/territoires', '/territoires/62?annee=2017', '/connexion']) await open(visitor, address);
  director = await stage.as('direction');
  const corrections = await linkIn(await open(director, '/centre'), /^\/centre\/[0-9a-f-]{36}\/corrections$/);
  await open(director, corrections);
  const home = await open(director, corrections.replace('/corrections', ''));
  for (const letter of ['A', 'C', 'D', 'G']) await open(director, await linkIn(home, new RegExp(`/\\d{4}/${letter}$`)));
  rubric = await linkIn(home, /\/\d{4}\/C$/);
  await open(director, await linkIn(home, /\/transmettre$/));
  await open(director, await linkIn(home, /\/tableur$/));
  // A rubric that came back with what could not be read.
  const plain = await stage.as('direction', { script: false });
  const faulty = await plain.context.newPage();
  await faulty.goto(rubric);
  await faulty.locator('input[inputmode]').first().fill('beaucoup');
  await Promise.all([faulty.waitForEvent('load'), faulty.getByRole('button', { name: 'Enregistrer', exact: true }).click()]);
  // Judged in a window that has script, which the checks need: the page itself as the server sent it.
  const html = (await faulty.content()).replaceAll(/<script type="module"[^>]*><\/script>/g, '');
  const shown = await visitor.context.newPage();
  await shown.goto('/connexion');
  await shown.setContent(html, { waitUntil: 'load' });
  expect(await shown.locator('[aria-invalid=true]').count()).toBeGreaterThan(0);
  pages.push({ name: 'une rubrique avec une erreur', page: shown });
  await plain.context.close();
  const caf = await stage.as('correspondant-caf');
  for (const address of ['/suivi', '/suivi/62/2026', '/suivi/62/2017/gel', '/repertoire/62']) await open(caf, address);
  const member = await stage.as('comite');
  for (const address of ['/comite/62/2017', '/comite/62/2017/plaquette']) await open(member, address);
  const technical = await stage.as('comite-technique');
  for (const address of ['/national/questionnaires/2026', '/national/questionnaires/2026/question/staff_fte', '/national/questionnaires/2026/controle/K014']) await open(technical, address);
});
afterAll(async () => stage?.close());

async function linkIn(page: Page, link: RegExp): Promise<string> {
  const all = await page.locator('a[href]').evaluateAll((links) => links.map((a) => (a as unknown as { getAttribute: (name: string) => string }).getAttribute('href')));
  const found = all.find((href) => link.test(href));
  expect(found, `${page.url()} leads to ${link}: ${all.join(' ')}`).toBeDefined();
  return found!;
}

describe('every page', () => {
  it.each(RGAA)('$name (RGAA $criteria)', async ({ faults }) => {
    const found: string[] = [];
    for (const { name, page } of pages) {
      await page.bringToFront();
      for (const fault of await faults(page)) found.push(`${name} : ${fault}`);
    }
    expect(found).toEqual([]);
  });
  it('zoom of 400 %, texts at 200 % (RGAA 10.4, 10.11)', async () => {
    const found: string[] = [];
    for (const { name, page } of pages) {
      await page.bringToFront();
      for (const fault of await zoomFaults(page)) found.push(`${name} : ${fault}`);
    }
    expect(found).toEqual([]);
  });
  it('has a title of its own (RGAA 8.6)', async () => {
    const titles = await Promise.all(pages.filter((p) => p.name !== 'une rubrique avec une erreur').map(async (p) => p.page.title()));
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
  });
});

describe('what a page says while one works', () => {
  it('status messages are announced without taking the focus (RGAA 7.5)', async () => {
    const page = await director.context.newPage();
    await page.goto(rubric);
    const field = page.locator('form input[inputmode]').first();
    const before = await field.inputValue();
    await field.fill('77');
    await page.keyboard.press('Tab');
    const focused = await page.evaluate("document.activeElement?.getAttribute('name')");
    const status = page.locator('form [role=status]').last();
    await expect.poll(() => status.textContent(), { timeout: 20_000 }).toMatch(/Enregistré/);
    expect(await page.evaluate("document.activeElement?.getAttribute('name')")).toBe(focused);
    await field.fill(before);
    await field.blur();
    await expect.poll(() => status.textContent(), { timeout: 20_000 }).toMatch(/Enregistré/);
    await page.close();
  });
  it('what the checks say is tied to its field, and not by colour alone (RGAA 3.1, 11.10)', async () => {
    const page = await director.context.newPage();
    await page.goto(rubric);
    const field = page.locator('form input[inputmode]').first();
    const [key, before] = [await field.getAttribute('name'), await field.inputValue()];
    await field.fill('-5');
    await field.blur();
    const points = page.locator(`#q-${key}-points`);
    await expect.poll(() => points.textContent(), { timeout: 20_000 }).toMatch(/À (corriger|vérifier)/);
    expect(await points.getAttribute('aria-live')).toBe('polite');
    expect(await field.getAttribute('aria-describedby')).toContain(`q-${key}-points`);
    await field.fill(before);
    await field.blur();
    await expect.poll(() => points.textContent(), { timeout: 20_000 }).not.toMatch(/À corriger/);
    await page.close();
  });
});

describe('each point finds what it is for', () => {
  const around = (body: string): string => `<!doctype html><html lang="fr"><head><title>Une page d’essai · SENACS</title></head><body><a href="#contenu">Aller au contenu</a><header><nav></nav></header><main id="contenu"><h1>Une page d’essai</h1>${body}</main><footer></footer></body></html>`;
  const PLANTED: { readonly [point: string]: string } = {
    images: around('<svg width="9" height="9"><rect width="9" height="9"/></svg>'),
    'contrast of texts': around('<p style="color:#bbb;background:#fff">pâle</p>'),
    'contrast of fields': around('<label>Nom <input style="border:1px solid #eee;background:#fff"></label>'),
    tables: around('<table><tbody><tr><td>1</td></tr></tbody></table>'),
    'purpose of links': around('<a href="/x">Cliquez ici</a>'),
    language: around('').replace('lang="fr"', 'lang="en"'),
    'title of the page': around('').replace('Une page d’essai · SENACS', 'x'),
    headings: around('<h3>Niveau sauté</h3>'),
    'order of reading and of focus': around('<a href="/a">Avant</a><a href="/b" tabindex="3">Sauté</a>'),
    'visible focus': around('<a href="/a" style="outline:none">Sans contour</a>'),
    'skip link and zones': around('').replace('#contenu', '#ailleurs'),
    labels: around('<input name="sans">'),
    'groups of fields': around('<label><input type="radio" name="a"> A</label>'),
    'errors lead to their field': around('<div role="alert"><a href="#nulle-part">Erreur</a></div>'),
  };
  it.each(RGAA)('$name', async ({ name, faults }) => {
    const visitor = await stage.visitor();
    await visitor.page.setContent(PLANTED[name]!);
    expect(await faults(visitor.page)).not.toEqual([]);
    await visitor.context.close();
  });
  it('zoom', async () => {
    const visitor = await stage.visitor();
    await visitor.page.setContent(around('<p style="width:900px">large</p>'));
    expect(await zoomFaults(visitor.page)).not.toEqual([]);
    await visitor.context.close();
  });
});
