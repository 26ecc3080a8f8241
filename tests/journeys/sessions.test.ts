/**
 * A collective session: a correspondent opens it for two centres and sees how far each is; one asks a question in it, the answer reaches the other without the name of the
 * one that asked; its opener closes it. The centre that asks has no script.
 */
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acceptCharter, createAccount } from '../../src/domains/access/index.server.ts';
import { parisDay } from '../../src/kernel/french-date.ts';
import { openPglite } from '../../src/platform/database.server.ts';
import { type EntryHouse, entryHouse, PASSWORD } from '../support/entry-house.ts';
import { type Stage, setStage, type Visitor } from '../support/journey.ts';
import { inScenes, press, sees, wordsOf } from '../support/story.ts';

let house: EntryHouse;
let stage: Stage;
let caf: Visitor;
let asking: Visitor;
let other: Visitor;
beforeAll(async () => {
  house = await entryHouse('CS');
  const database = await openPglite(path.join(house.folder, 'database'));
  await acceptCharter(database.db, await createAccount(database.db, { email: 'caf62@exemple.fr', displayName: 'Dominique Martin', password: PASSWORD, mandate: { role: 'caf_correspondent', territoryCode: '62' } }));
  await database.close();
  stage = await setStage([], {}, house.folder);
  caf = await stage.signedIn({ email: 'caf62@exemple.fr', password: PASSWORD });
  asking = await stage.signedIn(house.director, { script: false });
  other = await stage.signedIn(house.stranger);
});
afterAll(() => stage?.close());
inScenes();

const today = parisDay(new Date());

it('is opened by a correspondent, who sees the progress of the centres invited and nothing else', async () => {
  await caf.open('/suivi/62/2026');
  await press(caf, 'Sessions collectives', 'link');
  await caf.inspect();
  await caf.page.getByLabel('Titre').fill('Session d’Arras');
  await caf.page.getByLabel('Jour').fill(today);
  await press(caf, 'Ouvrir et inviter');
  await sees(caf, 'Choisissez au moins une structure');
  await caf.inspect();
  expect(await caf.page.getByLabel('Titre').inputValue()).toBe('Session d’Arras');
  for (const name of ['Centre 1', 'Centre 2']) await caf.page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check();
  await press(caf, 'Ouvrir et inviter');
  await sees(caf, 'La session est ouverte. Les centres invités ont reçu une lettre.');
  await caf.inspect();
  expect(await caf.page.getByRole('row').count()).toBe(3);
  expect(await wordsOf(caf)).toMatch(/Centre 1.*Pas commencée.*Centre 2/);
});

it('is on the front page of a centre invited, which asks a question in it', async () => {
  await asking.page.goto('/messages');
  await sees(asking, 'session collective « Session d’Arras »');
  await asking.page.goto(`/centre/${house.responseId}`);
  await sees(asking, /Session d’Arras, .* posez-y vos questions/);
  await press(asking, 'Session d’Arras', 'link');
  expect(await wordsOf(asking), 'no other centre is seen').not.toContain('Centre 2');
  await asking.page.getByLabel('Votre question').fill('À Arras, un stage de trois jours compte-t-il ?');
  await press(asking, 'Demander pour tous');
  await sees(asking, 'Choisissez la question du formulaire');
  await asking.page.getByLabel('Sur quelle question').selectOption('2025.interns');
  await press(asking, 'Demander pour tous');
  await sees(asking, 'sans vous nommer');
  await asking.page.goto(`/centre/${house.responseId}/questions?annee=2025&sur=members`);
  await asking.page.getByRole('link', { name: 'La poser pour tous, dans une session collective' }).click();
  expect(await asking.page.getByLabel('Sur quelle question').inputValue()).toBe('2025.members');
});

it('is answered for all: the other centre reads the answer, not who asked', async () => {
  await caf.open('/suivi/62/2026/questions');
  await sees(caf, 'Posée dans la session collective « Session d’Arras »');
  const told = caf.page.getByLabel('telle que tous les centres de la session la liront');
  expect(await told.inputValue()).toContain('À Arras');
  await told.fill('Un stage de trois jours compte-t-il ?');
  await caf.page.getByLabel('Votre réponse').fill('Oui, s’il fait partie d’une formation.');
  await press(caf, 'Répondre');
  await sees(caf, 'Votre réponse est envoyée');
  await other.open('/messages');
  await sees(other, 'une réponse pour tous, session « Session d’Arras »');
  await press(other, 'Voir la session', 'link');
  await sees(other, '« Un stage de trois jours compte-t-il ? »');
  await sees(other, 'Oui, s’il fait partie d’une formation.');
  await other.inspect();
  expect(await wordsOf(other)).not.toMatch(/À Arras|Centre 1|Claire Durand/);
  await asking.page.goto('/messages');
  await sees(asking, 'une réponse à votre question');
  await caf.open('/suivi/62/2026/sessions');
  await press(caf, 'Session d’Arras', 'link');
  await sees(caf, 'Oui, s’il fait partie d’une formation.');
  await caf.inspect();
});

it('is closed by its opener: nothing more is asked in it, what was said stays', async () => {
  await press(caf, 'Clore la session');
  await sees(caf, 'La session est close.');
  expect(await caf.page.getByRole('button', { name: 'Clore la session' }).count()).toBe(0);
  const at = new URL(caf.page.url()).pathname;
  await other.page.reload();
  await sees(other, 'Close');
  await sees(other, 'Oui, s’il fait partie d’une formation.');
  expect(await other.page.getByRole('button', { name: 'Demander pour tous' }).count()).toBe(0);
  // a centre has no door to the room of the correspondents
  expect((await other.page.goto(at))?.status()).toBe(403);
});
