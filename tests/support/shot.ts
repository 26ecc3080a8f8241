/**
 * Takes pictures of pages to look at them: `node tests/support/shot.ts BASE_URL OUT_FOLDER [--as PERSONA] PATH…`, at 360 and 1440 px wide.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openBrowser } from './browser.ts';

const [base = '', out = '', ...rest] = process.argv.slice(2);
const as = rest[0] === '--as' ? rest.splice(0, 2)[1] : undefined;
mkdirSync(out, { recursive: true });
const browser = await openBrowser();
for (const width of [360, 1440]) {
  const context = await browser.newContext({ viewport: { width, height: width === 360 ? 780 : 900 }, locale: 'fr-FR' });
  const page = await context.newPage();
  if (as) {
    await page.goto(`${base}/connexion`);
    await page.locator(`button[name=persona][value="${as}"]`).click();
    if (page.url().includes('/charte/accepter')) await page.locator('form button.button').last().click();
  }
  for (const address of rest) {
    await page.goto(base + address);
    const file = path.join(out, `${address.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'accueil'}-${width}.png`);
    await page.screenshot({ path: file, fullPage: true });
    const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    console.log(`${file}${wide ? '  (wider than the screen)' : ''}`);
  }
  await context.close();
}
await browser.close();
