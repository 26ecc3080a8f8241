/** Several hands: a treasurer fills the budget by a link and finds every other door shut; the direction sees who gave what, and takes the link back. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import routes from '../../src/web/routes.ts';
import { type EntryHouse, entryHouse } from '../support/entry-house.ts';
import { type Stage, setStage, type Visitor } from '../support/journey.ts';

const YEAR = 2025;
let house: EntryHouse;
let stage: Stage;
let link: string;
let guest: Visitor;

const words = async (who: Visitor): Promise<string> => ((await who.page.locator('main').textContent()) ?? '').replaceAll(/[\s\u00a0\u202f]+/g, ' ');

beforeAll(async () => {
  house = await entryHouse();
  stage = await setStage([], {}, house.folder);
});
afterAll(async () => stage?.close());

it('the direction makes a link for one rubric, until a day', async () => {
  const director = await stage.signedIn(house.director);
  await director.page.goto(`/centre/${house.responseId}`);
  await director.page.getByRole('link', { name: 'Confier une rubrique par un lien' }).click();
  await director.inspect();
  await director.page.getByLabel('Pour qui').fill('trésorière');
  await director.page.getByLabel('Dernier jour').fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
  await director.page.getByRole('button', { name: 'Faire le lien' }).click();
  expect(await words(director)).toContain('Choisissez au moins une rubrique');
  expect(await director.page.getByLabel('Pour qui').inputValue()).toBe('trésorière');
  await director.page.getByLabel('D. Budget et financements').check();
  await director.page.getByRole('button', { name: 'Faire le lien' }).click();
  await director.inspect();
  link = await director.page.getByLabel('Lien à envoyer').inputValue();
  expect(link).toMatch(/\/lien\/[\w-]{43}$/);
  expect(await words(director)).toContain('Pas encore ouvert');
  await director.page.goto(`/centre/${house.responseId}/mains`);
  expect(await director.page.content()).not.toContain(link.slice(-43));
  await director.context.close();
});

it('who holds it gives a name, fills the rubric, and the answer carries that name', async () => {
  guest = await stage.visitor();
  await guest.open(new URL(link).pathname);
  await guest.page.getByLabel('Votre prénom et votre nom').fill('Nadia Benali');
  await guest.page.getByRole('button', { name: 'Accepter la charte et continuer' }).click();
  await guest.page.waitForURL('**/ma-part');
  await guest.inspect();
  await guest.page.getByRole('link', { name: 'D. Budget et financements' }).click();
  await guest.inspect();
  expect(await guest.page.getByRole('link', { name: /Transmettre|Accueil et publics|Partir de vos fichiers/ }).count()).toBe(0);
  const field = guest.page.locator('input[name="expenses_total"]');
  await field.fill('123456');
  await field.blur();
  await expect.poll(async () => (await guest.page.locator('form [role=status]').last().textContent())?.replaceAll(/\s/g, ' '), { timeout: 30_000 }).toMatch(/enregistré/i);

  const director = await stage.signedIn(house.director);
  await director.page.goto(`/centre/${house.responseId}`);
  expect(await words(director)).toMatch(/Nadia Benali \(par un lien\) 1 réponse, dernière le/);
  await director.open(`/centre/${house.responseId}/${YEAR}/historique/expenses_total`);
  expect(await words(director)).toContain('Nadia Benali');
  await director.context.close();
});

it('without script too', async () => {
  const plain = await stage.visitor({ script: false });
  await plain.page.goto(new URL(link).pathname);
  expect(await words(plain)).toContain('sous le nom de Nadia Benali');
  await plain.page.getByRole('button', { name: 'Continuer' }).click();
  await plain.page.goto(`/centre/${house.responseId}/${YEAR}/D`);
  await plain.page.locator('input[name="income_total"]').fill('120000');
  await plain.page.getByRole('button', { name: 'Enregistrer et revenir à ma part' }).click();
  await plain.page.waitForURL('**/ma-part');
  await plain.page.goto(`/centre/${house.responseId}/${YEAR}/D`);
  expect(Number((await plain.page.locator('input[name="income_total"]').inputValue()).replaceAll(/\s/g, ''))).toBe(120_000);
  await plain.context.close();
});

/** Pages that are for everyone, or that tell a guest nothing of a response. */
const FOR_ALL = ['connexion', 'deconnexion', 'deconnexion/attente', 'charte', 'charte/accepter', 'mon-espace', 'messages', 'territoires', 'territoires/:code', 'territoires/:code/plaquette/:file', 'hors-ligne', 'centre', 'centre/questionnaire/:year', 'propositions', '*'];

it('every other page of the site shuts its door, and the pages for all name nothing of the response', async () => {
  const values: { readonly [name: string]: string } = { responseId: house.responseId, dataYear: String(YEAR), rubric: 'E', key: 'members', year: '2026', territory: '59', id: house.responseId, code: '59', structureId: house.responseId };
  const files: { readonly [path: string]: readonly string[] } = { 'centre/:responseId/tableur/:file': ['questionnaire.xlsx', 'questionnaire.ods'], 'centre/structure/:structureId/:file': ['reponses.xlsx', 'reponses.csv'] };
  const opened: string[] = [];
  for (const { path = '' } of routes) {
    if (path === '' || FOR_ALL.includes(path) || path === 'ma-part' || path === 'lien/:token') continue;
    for (const file of files[path] ?? ['x']) {
      const address = `/${path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => (name === 'file' ? file : values[name]!))}`;
      // oxlint-disable-next-line no-await-in-loop -- one door after the other
      const answered = await guest.page.request.get(address, { maxRedirects: 0 });
      const led = answered.headers()['location'] ?? '';
      if (answered.status() === 200 || (answered.status() >= 300 && answered.status() < 400 && led !== '/ma-part')) opened.push(`${address} ${answered.status()} ${led}`);
    }
  }
  expect(opened).toEqual([]);
  // his own rubric is served
  expect((await guest.page.request.get(`/centre/${house.responseId}/${YEAR}/D`)).status()).toBe(200);
  const rubric = await (await guest.page.request.get(`/centre/${house.responseId}/${YEAR}/D`)).text();
  expect(rubric).not.toContain('/transmettre');
  for (const path of ['mon-espace', 'messages', 'centre', 'propositions']) {
    // oxlint-disable-next-line no-await-in-loop
    expect(await (await guest.page.request.get(`/${path}`)).text(), path).not.toContain(house.responseId);
  }
});

it('forms posted elsewhere are refused', async () => {
  const posts: readonly (readonly [string, { readonly [field: string]: string }])[] = [
    [`/centre/${house.responseId}`, { intention: 'commencer' }], [`/centre/${house.responseId}/transmettre`, { intention: 'transmettre' }], [`/centre/${house.responseId}/mains`, { intention: 'confier', pour: 'moi', rubrique: 'E', annee: String(YEAR), 'jusqu-au': '2099-01-01' }],
    [`/centre/${house.responseId}/${YEAR}/E`, { members: '3' }], [`/centre/${house.responseId}/classement`, {}], [`/centre/${house.responseId}/tableur`, {}], [`/centre/${house.responseId}/corrections`, {}],
  ];
  for (const [address, form] of posts) {
    // oxlint-disable-next-line no-await-in-loop -- one door after the other
    expect((await guest.page.request.post(address, { form, headers: { origin: stage.url }, maxRedirects: 0 })).status(), address).toBe(403);
  }
});

it('taken back, it opens nothing more', async () => {
  const director = await stage.signedIn(house.director);
  await director.page.goto(`/centre/${house.responseId}/mains`);
  await director.page.getByRole('button', { name: 'Retirer le lien : trésorière' }).click();
  await expect.poll(() => words(director)).toContain('Retiré');
  await guest.page.goto(`/centre/${house.responseId}/${YEAR}/D`);
  expect(new URL(guest.page.url()).pathname).toBe('/connexion');
  const again = await stage.visitor();
  expect((await again.page.goto(new URL(link).pathname))?.status()).toBe(404);
  expect(await words(again)).toContain('demandez-en un autre');
  await director.page.goto(`/centre/${house.responseId}`);
  expect(await words(director)).toMatch(/Nadia Benali \(par un lien\) 2 réponses/);
});

it('the journal of the program names no link', () => {
  expect(stage.started.log()).not.toContain(link.slice(-43));
});
