/** Several hands: a treasurer fills the budget by a link and finds every other door shut; the direction sees who gave what, takes the link back, names a substitute, who loses his mailbox; the managing body gives facts once, which the structure reviews. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PAGES } from '../../src/web/routes.ts';
import { type EntryHouse, entryHouse } from '../support/entry-house.ts';
import { type MailServer, openMailServer } from '../support/mail-server.ts';
import { type Stage, setStage, type Visitor } from '../support/journey.ts';

const YEAR = 2025;
let house: EntryHouse;
let stage: Stage;
let link: string;
let guest: Visitor;
let mail: MailServer;

const words = async (who: Visitor): Promise<string> => ((await who.page.locator('main').textContent()) ?? '').replaceAll(/[\s\u00a0\u202f]+/g, ' ');

beforeAll(async () => {
  house = await entryHouse();
  mail = await openMailServer();
  stage = await setStage([], { SENACS_SMTP_URL: mail.url }, house.folder);
});
afterAll(async () => {
  await stage?.close();
  mail?.close();
});

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
const FOR_ALL = ['connexion', 'deconnexion', 'deconnexion/attente', 'charte', 'charte/accepter', 'mon-espace', 'messages', 'territoires', 'territoires/:code', 'territoires/:code/plaquette/:file', 'hors-ligne', 'centre', 'centre/questionnaire/:year', 'questionnaire/:year/dictionnaire.pdf', '*'];

it('every other page of the site shuts its door, and the pages for all name nothing of the response', async () => {
  const values: { readonly [name: string]: string } = { responseId: house.responseId, dataYear: String(YEAR), rubric: 'E', key: 'members', year: '2026', territory: '59', id: house.responseId, code: '59', structureId: house.responseId, bodyId: house.responseId };
  const files: { readonly [path: string]: readonly string[] } = { 'centre/:responseId/tableur/:file': ['questionnaire.xlsx', 'questionnaire.ods'], 'centre/structure/:structureId/:file': ['reponses.xlsx', 'reponses.csv'] };
  const opened: string[] = [];
  for (const { path = '' } of PAGES) {
    if (path === '' || FOR_ALL.includes(path) || path === 'ma-part' || path === 'lien/:token' || path === 'invitation/:token') continue;
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
  for (const path of ['mon-espace', 'messages', 'centre']) {
    // oxlint-disable-next-line no-await-in-loop
    expect(await (await guest.page.request.get(`/${path}`)).text(), path).not.toContain(house.responseId);
  }
});

it('forms posted elsewhere are refused', async () => {
  const posts: readonly (readonly [string, { readonly [field: string]: string }])[] = [
    [`/centre/${house.responseId}`, { intention: 'commencer' }], [`/centre/${house.responseId}/transmettre`, { intention: 'transmettre' }], [`/centre/${house.responseId}/mains`, { intention: 'confier', pour: 'moi', rubrique: 'E', annee: String(YEAR), 'jusqu-au': '2099-01-01' }],
    [`/centre/${house.responseId}/${YEAR}/E`, { members: '3' }], [`/centre/${house.responseId}/classement`, {}], [`/centre/${house.responseId}/tableur`, {}], [`/centre/${house.responseId}/corrections`, {}],
    [`/centre/${house.responseId}/questions`, { intention: 'demander', question: 'members', texte: 'Une question' }], ['/propositions', { intent: 'propose', wish: 'Un souhait' }], [`/suivi/59/2026/${house.responseId}/personnes`, { intent: 'address', compte: house.responseId, adresse: 'moi@exemple.fr' }],
    [`/centre/${house.responseId}/explication`, { dataYear: '2024' }],
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

/** The address that a letter to somebody holds, once it has come. */
async function invitationOf(address: string): Promise<string> {
  const found = (): string | undefined => mail.taken.find((letter) => letter.includes(`To: ${address}`))?.replaceAll('=\r\n', '').match(/\/invitation\/[\w-]{43}/)?.[0];
  await expect.poll(found, { timeout: 60_000, interval: 500 }).toBeDefined();
  return found()!;
}

it('the direction names a substitute, whom a letter lets in, and who sees what is left to send', async () => {
  const director = await stage.signedIn(house.director);
  await director.page.goto(`/centre/${house.responseId}/mains`);
  await director.page.locator('summary', { hasText: 'Nommer la personne suppléante' }).click();
  await director.inspect();
  await director.page.getByLabel('Prénom et nom').last().fill('Luc Petit');
  await director.page.getByLabel('Adresse électronique').last().fill('luc@exemple.fr');
  await director.page.getByRole('button', { name: 'Nommer' }).last().click();
  await expect.poll(() => words(director)).toContain('une lettre part à luc@exemple.fr');
  await director.inspect();
  const address = await invitationOf('luc@exemple.fr');
  const substitute = await stage.visitor();
  await substitute.open(address);
  await substitute.page.getByLabel('Mot de passe').fill('une courte phrase');
  await substitute.page.getByRole('button', { name: 'Enregistrer et entrer' }).click();
  await substitute.page.getByRole('button', { name: 'J’accepte la charte' }).click();
  await substitute.page.goto(`/centre/${house.responseId}/transmettre`);
  expect(await words(substitute)).not.toContain('Seule la direction');
  // the substitute names nobody, and gives rubrics by link
  await substitute.page.goto(`/centre/${house.responseId}/mains`);
  expect([await substitute.page.getByText('Remplacer').count(), await substitute.page.getByRole('button', { name: 'Faire le lien' }).count()]).toEqual([0, 1]);
  expect((await substitute.page.goto(address))?.status()).toBe(404);
  await substitute.context.close();
  await director.context.close();
});

it('a lost mailbox is recovered by the correspondent: the old password opens nothing, the new address does', async () => {
  const caf = await stage.signedIn(house.caf);
  await caf.page.goto(`/suivi/59/2026/${house.responseId}/personnes`);
  await caf.inspect();
  await caf.page.getByText('Boîte perdue : donner une autre adresse à Luc Petit'.replace(' :', '\u00a0:')).click();
  await caf.page.getByLabel('Nouvelle adresse').locator('visible=true').fill('luc.petit@exemple.fr');
  await caf.page.getByRole('button', { name: 'Changer l’adresse et inviter' }).locator('visible=true').click();
  await expect.poll(() => words(caf)).toContain('Une invitation part à luc.petit@exemple.fr');
  const old = await stage.signedIn({ email: 'luc@exemple.fr', password: 'une courte phrase' }).catch(() => undefined);
  expect(old).toBeUndefined();
  const substitute = await stage.visitor();
  await substitute.open(await invitationOf('luc.petit@exemple.fr'));
  await substitute.page.getByLabel('Mot de passe').fill('une autre phrase');
  await substitute.page.getByRole('button', { name: 'Enregistrer et entrer' }).click();
  await substitute.page.goto(`/centre/${house.responseId}/mains`);
  expect(await words(substitute)).toContain('luc.petit@exemple.fr');
  await substitute.context.close();
  await caf.context.close();
});

it('the managing body: a correspondent names its agent, who gives facts once; the structure takes one and keeps its own other, with and without script', async () => {
  const caf = await stage.signedIn(house.caf);
  await caf.page.goto(`/suivi/59/2026/${house.responseId}/personnes`);
  await caf.page.getByText('Nommer une personne du gestionnaire').click();
  await caf.inspect();
  await caf.page.getByLabel('Prénom et nom').locator('visible=true').fill('Paul Petit');
  await caf.page.getByLabel('Adresse électronique').locator('visible=true').fill(house.stranger.email);
  await caf.page.getByRole('button', { name: 'Nommer et inviter' }).click();
  await expect.poll(() => words(caf)).toContain(`une lettre part à ${house.stranger.email}`);
  await caf.context.close();

  const agent = await stage.signedIn(house.stranger, { script: false });
  await agent.page.getByRole('link', { name: 'Gestionnaire' }).click();
  expect(await words(agent)).toMatch(/Association des Deux Rives.*Espace de vie/);
  // a fault is told at its field, and nothing of the rest is lost
  await agent.page.locator('input[name="board_members"]').fill('deux');
  await agent.page.getByLabel('Conseil d’administration').check();
  await agent.page.getByRole('button', { name: 'Donner à mes structures' }).click();
  expect([await agent.page.locator('input[name="board_members"]').inputValue(), await agent.page.getByLabel('Conseil d’administration').isChecked()]).toEqual(['deux', true]);
  await agent.page.locator('input[name="board_members"]').fill('2');
  await agent.page.getByRole('button', { name: 'Donner à mes structures' }).click();
  expect(await words(agent)).toMatch(/C’est donné.*Donné par Paul Petit le/);
  // what the centre says is nowhere: its doors are shut
  for (const door of ['', '/transmettre', '/acces', `/${YEAR}/B`]) expect((await agent.page.request.get(`/centre/${house.responseId}${door}`)).status(), door).toBe(403);

  const director = await stage.signedIn(house.director);
  await director.open(`/centre/${house.responseId}/transmettre`);
  expect(await words(director)).toContain('Une valeur à choisir');
  await director.page.locator('#undecided').getByRole('link', { name: /B02/ }).click();
  await director.inspect();
  const bodies = director.page.locator('[data-key="governance_bodies"]');
  expect((await bodies.textContent())!.replaceAll(/\s+/g, ' ')).toContain('Votre gestionnaire propose une réponse');
  await bodies.getByRole('button', { name: /^Prendre/ }).click();
  await expect.poll(() => bodies.getByRole('button', { name: /^Prendre/ }).count()).toBe(0);
  expect(await bodies.getByLabel('Conseil d’administration').isChecked()).toBe(true);
  await expect.poll(async () => (await director.page.locator('form [role=status]').last().textContent()) ?? '', { timeout: 30_000 }).toMatch(/enregistré/i);
  await director.open(`/centre/${house.responseId}/${YEAR}/historique/governance_bodies`);
  expect(await words(director)).toContain('proposé par Association des Deux Rives');
  await director.context.close();

  const plain = await stage.signedIn(house.director, { script: false });
  await plain.page.goto(`/centre/${house.responseId}/${YEAR}/B`);
  await plain.page.locator('[data-key="board_members"]').getByRole('button', { name: 'Ne pas reprendre' }).click();
  expect(await plain.page.getByText('Votre gestionnaire propose une réponse').count()).toBe(0);
  expect(await plain.page.locator('input[name="board_members"]').inputValue()).toBe('');
  await plain.page.goto(`/centre/${house.responseId}/acces`);
  expect(await words(plain)).toContain('a donné des valeurs pour toutes les structures du gestionnaire');
  await plain.context.close();
  await agent.context.close();
});

it('the journal of the program names no link', () => {
  expect(stage.started.log()).not.toContain(link.slice(-43));
  expect(stage.started.log()).not.toMatch(/\/invitation\/[\w-]{20}/);
});
