/** Two people, two devices, no network, a new version, an accountless browser: nothing given is lost and nobody overwrites silently. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryHouse } from '../support/entry-house.ts';
import { DATA_YEAR as YEAR, type EntryStage, entryStage, input, ready, says, sees, types, words } from '../support/entry-stage.ts';
import type { Stage, Visitor } from '../support/journey.ts';

let entry: EntryStage;
let house: EntryHouse;
let stage: Stage;

const at = (rubric: string): string => entry.at(rubric);
/** Names of what the browser keeps, whatever the account. */
const kept = (who: Visitor): Promise<number> =>
  who.page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('senacs');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      if (opening.result.objectStoreNames.length === 0) return resolve(0);
      const all = opening.result.transaction(['keys', 'copies', 'saves']);
      let n = 0;
      for (const name of ['keys', 'copies', 'saves']) all.objectStore(name).count().onsuccess = (event) => (n += event.target.result);
      all.oncomplete = () => { opening.result.close(); resolve(n); };
    };
  })`);
beforeAll(async () => {
  entry = await entryStage();
  ({ house, stage } = entry);
});
afterAll(async () => entry?.close());

describe('two people in one response', () => {
  let director: Visitor;
  let treasurer: Visitor;
  beforeAll(async () => {
    director = await stage.signedIn(house.director);
    treasurer = await stage.signedIn(house.treasurer);
  });
  afterAll(async () => {
    await director.context.close();
    await treasurer.context.close();
  });

  it('see each other, and what one answers arrives at the other without a reload', async () => {
    await director.open(at('E'));
    await treasurer.open(at('E'));
    await sees(treasurer, /Dans ces réponses en ce moment : Claire Durand \(rubrique E\)/);
    await types(director, 'members', '120');
    await says(director, /Enregistré à/);
    await expect.poll(() => input(treasurer, 'members').inputValue(), { timeout: 30_000 }).toBe('120');
    await sees(treasurer, /Réponse de Claire Durand/);
    await treasurer.inspect();
  });

  it('on different questions merge; on the same one, both values show with who gave them, and a person chooses', async () => {
    await input(treasurer, 'unique_users').focus();
    await treasurer.page.keyboard.type('90');
    await types(director, 'unique_users', '80');
    await says(director, /Enregistré à/);
    await input(treasurer, 'unique_users').blur();
    await sees(treasurer, /Deux réponses ont été données à cette question/);
    await sees(treasurer, /80.{0,12} Claire Durand.*90.{0,12} Inès Moreau/);
    await treasurer.inspect();
    expect(await input(treasurer, 'unique_users').inputValue()).toBe('80');
    await treasurer.page.getByRole('button', { name: /^Prendre 90/ }).click();
    await says(treasurer, /Enregistré à/);
    await expect.poll(() => input(director, 'unique_users').inputValue(), { timeout: 30_000 }).toBe('90');
    await expect.poll(() => words(director)).not.toMatch(/Deux réponses/);
  });

  it('in the form without script, a value that moved meanwhile is not overwritten either', async () => {
    const plain = await stage.signedIn(house.treasurer, { script: false });
    await plain.open(at('G'));
    await types(director, 'members', '121');
    await director.open(at('G'));
    await types(director, 'coconstructed_projects', '3');
    await says(director, /Enregistré à/);
    await plain.page.locator('input[name="coconstructed_projects"]').fill('5');
    await plain.page.locator('input[name="volunteers_governance"]').fill('7');
    await plain.page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await sees(plain, /D’autres ont répondu aux mêmes questions/);
    await sees(plain, /Deux réponses ont été données/);
    expect(await plain.page.locator('input[name="volunteers_governance"]').inputValue()).toBe('7');
    expect(await plain.page.locator('input[name="coconstructed_projects"]').inputValue()).toBe('3');
    await plain.page.getByRole('button', { name: /^Prendre 5/ }).click();
    await sees(plain, /Rubrique enregistrée/);
    expect(await plain.page.locator('input[name="coconstructed_projects"]').inputValue()).toBe('5');
    await plain.context.close();
  });
});

describe('without the network', () => {
  let who: Visitor;
  beforeAll(async () => {
    who = await stage.signedIn(house.director);
  });
  afterAll(() => who.context.close());

  it('an update in mid-entry loses nothing: the page goes on, and says that a newer version is ready', async () => {
    await who.open(at('E'));
    // What the new server says of itself.
    await who.page.route('**/api/**', async (route) => {
      const answered = await route.fetch().catch(() => undefined);
      await (answered ? route.fulfill({ response: answered, headers: { ...answered.headers(), 'x-senacs-build': 'another' } }) : route.abort());
    });
    await types(who, 'members', '333');
    await says(who, /Enregistré à/);
    await sees(who, /Une nouvelle version de l’application est prête/);
    await who.page.unroute('**/api/**');
    await who.page.reload();
    expect(await input(who, 'members').inputValue()).toBe('333');
  });

  it('another account in the same browser sees nothing of it, with or without the network', async () => {
    await ready(who);
    await who.context.clearCookies();
    await who.page.goto('/connexion');
    await who.page.getByLabel('Adresse électronique').fill(house.stranger.email);
    await who.page.getByLabel('Mot de passe').fill(house.stranger.password);
    await who.page.getByRole('button', { name: 'Se connecter' }).last().click();
    await who.page.waitForURL((url) => url.pathname !== '/connexion');
    await who.page.goto('/centre');
    const href = await who.page.locator('main a[href^="/centre/"]').first().getAttribute('href');
    const own = /[0-9a-f-]{36}/.exec(href!)![0];
    await who.page.goto(`/centre/${own}/${YEAR}/A`);
    await ready(who);
    await entry.cutNetwork();
    await who.page.goto(at('E'));
    await sees(who, /Centre 2, campagne 2026/);
    expect(await words(who)).not.toMatch(/Espace de vie/);
    await entry.giveNetworkBack();
  });

  it('thirty days without the server end the copy, its key and what waited', async () => {
    const old = await stage.signedIn(house.director);
    await old.page.goto(at('E'));
    await ready(old);
    // Twenty-nine days: it still opens; thirty-one: it is gone.
    const age = (days: number) =>
      old.page.evaluate(`new Promise((resolve) => {
        indexedDB.open('senacs').onsuccess = (event) => {
          const base = event.target.result;
          const writing = base.transaction('keys', 'readwrite');
          const keys = writing.objectStore('keys');
          keys.getAll().onsuccess = (all) => { for (const line of all.target.result) keys.put({ ...line, seenAt: Date.now() - ${days} * 86400000 }); };
          writing.oncomplete = () => { base.close(); resolve(true); };
        };
      })`);
    await age(29);
    await old.page.goto('/hors-ligne');
    await sees(old, /Espace de vie, campagne 2026.*elle s’efface dans 1 jour,/);
    await age(31);
    await old.page.reload();
    await sees(old, /Pas de copie dans ce navigateur/);
    expect(await kept(old)).toBe(0);
    await old.context.close();
  });

  it('signing out leaves nothing in the browser, but first sends what waits', async () => {
    const last = await stage.signedIn(house.director);
    await last.page.goto(at('E'));
    await ready(last);
    await last.page.route('**/api/saves', (route) => route.abort());
    await types(last, 'members', '334');
    await says(last, /En attente du réseau/);
    await last.page.getByRole('button', { name: 'Se déconnecter' }).click();
    await sees(last, /attend(ent)? dans ce navigateur/);
    await last.inspect();
    await last.page.unroute('**/api/saves');
    await last.page.waitForURL((url) => url.pathname === '/', { timeout: 20_000 });
    expect(await kept(last)).toBe(0);
    expect(await last.page.evaluate('caches.keys()')).toEqual([]);
    const again = await stage.signedIn(house.director);
    await again.page.goto(at('E'));
    expect(await input(again, 'members').inputValue()).toBe('334');
    await again.context.close();
    await last.context.close();
  });
});
