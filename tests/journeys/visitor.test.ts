/** Somebody passes by: no account, perhaps no script, a phone in the hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demonstrationFolder } from '../support/demonstration.ts';
import { type Stage, setStage } from '../support/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage([], {}, await demonstrationFolder());
});
afterAll(async () => stage?.close());

describe('a visitor', () => {
  it('finds a territory from the front page with the keyboard alone', async () => {
    const { page } = await stage.visitor();
    await page.goto('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Aller au contenu');
    for (let n = 0; n < 40; n++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.getAttribute("href")')) === '/territoires/62') break;
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/territoires/62');
    expect(await page.locator('h1').textContent()).toBe('Pas-de-Calais');
  });

  it('reads figures with their base, drawings with their table, without any script', async () => {
    const { page } = await stage.visitor({ script: false, width: 360 });
    await page.goto('/territoires/62');
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).toContain('37');
    expect(text).toMatch(/1.437/);
    expect(text).toMatch(/36.centres, 2016/);
    expect(await page.locator('script').count()).toBe(0);
    const drawings = await page.locator('main figure').count();
    expect(drawings).toBeGreaterThan(5);
    expect(await page.locator('main figure details table').count()).toBe(drawings);
    await page.locator('main figure details summary').first().click();
    expect(await page.locator('main figure details table').first().isVisible()).toBe(true);
  });

  it('is told that the data are fictional, on the page and in the file that goes away', async () => {
    const { page, context } = await stage.visitor();
    await page.goto('/territoires/62');
    expect(await page.locator('body').textContent()).toMatch(/données fictives/i);
    const link = await page.getByRole('link', { name: /Télécharger la plaquette 2017/ }).getAttribute('href');
    const file = await context.request.get(stage.url + link!);
    expect([file.status(), file.headers()['content-type']]).toEqual([200, 'application/pdf']);
    const again = await context.request.get(stage.url + link!, { headers: { 'If-None-Match': file.headers()['etag']! } });
    expect(again.status()).toBe(304);
  });

  it('sees nothing of who answered what, nor the extremes that would tell', async () => {
    const { page } = await stage.visitor();
    await page.goto('/territoires/62');
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).not.toMatch(/minimum|maximum/i);
    for (const room of ['/comite/62/2017', '/comite/62/2017/tableaux', '/suivi/62/2017', '/centre', '/national/campagnes', '/repertoire/62']) {
      await page.goto(room);
      expect(new URL(page.url()).pathname, room).toBe('/connexion');
    }
  });

  it('asks for a commune that publishes nothing of its own: the register is there, and the nearest page around it', async () => {
    const { page, open, inspect } = await stage.visitor();
    await open('/territoires/C62041');
    expect(await page.locator('main').textContent()).toMatch(/pas publiés pour un territoire plus petit.*centres sociaux agréés/s);
    await page.getByRole('link', { name: /Lire les résultats du Pas-de-Calais/ }).click();
    await page.waitForURL('**/territoires/62');
    expect((await page.goto('/territoires/C99999'))?.status()).toBe(404);
    await inspect();
  });
});
