/**
 * A question asked from a question: answered by a correspondent, it comes back under it; another, relayed without the centre's name, is answered by the technical
 * committee and becomes part of the help for every centre, dated. In plain forms, without script, for those who write.
 */
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPglite } from '../../src/platform/database.server.ts';
import { demonstrationFolder } from '../support/demonstration.ts';
import { type Stage, setStage, type Visitor } from '../support/journey.ts';
import { inScenes, press, sees, wordsOf } from '../support/story.ts';

let stage: Stage;
beforeAll(async () => {
  const folder = await demonstrationFolder(['62', '05']);
  // sheets of the demonstration are loaded whole and tell nothing of time: here others took ten minutes for each rubric
  const database = await openPglite(path.join(folder, 'database'));
  await sql`insert into entry.rubric_time (campaign_year, structure_kind, years_before, rubric, structures, median_seconds)
    select 2025, 'CS', 1, rubric, 5, 600 from unnest(string_to_array('A,B,C,D,E,F,G,H,Z', ',')) rubric`.execute(database.db);
  await database.close();
  stage = await setStage([], {}, folder);
});
afterAll(() => stage?.close());
inScenes();

const FOLLOW = '/suivi/62/2026/questions';
const windows = new Map<string, Visitor>();
const as = async (persona: string, script = true): Promise<Visitor> => {
  const name = `${persona} ${script}`;
  windows.set(name, windows.get(name) ?? (await stage.as(persona, { script })));
  return windows.get(name)!;
};
const today = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Paris' }).format(new Date()).replace(/^1 /, '1er ');
const block = (who: Visitor, key: string) => who.page.locator(`#q-${key}-bloc`);

let filled: string;

describe('a question about a question', () => {
  it('is asked from it, quoted, and reaches both correspondents', async () => {
    const director = await as('direction', false);
    await director.page.goto('/centre');
    const going = await director.page.getByRole('link', { name: /^Reprendre la saisie\s*, campagne 2026/ }).getAttribute('href');
    filled = going!;
    await director.page.goto(filled);
    await sees(director, 'À rassembler avant de commencer');
    await sees(director, /Le compte de résultat détaillé de l’année rubrique D/);
    await sees(director, /Les autres structures ont mis environ \d+ (min|h)/);
    await (await as('direction')).open(filled);
    await press(director, /^J’ai lu/);
    await (await as('direction')).open(filled);
    await sees(await as('direction'), /Il vous reste environ \d+/);
    await sees(await as('direction'), /reste \d+ ?environ \d+ min/);
    await director.page.goto(`${filled}/2025/C`);
    await block(director, 'interns').getByRole('link', { name: /Une question/ }).click();
    await sees(director, 'C08 Stagiaires accueillis');
    await sees(director, 'Pas les stages d’observation');
    await press(director, 'Envoyer aux deux correspondants');
    await sees(director, 'Écrivez votre question');
    await director.page.getByLabel('Votre question').fill('Un stage de trois jours compte-t-il ?');
    await press(director, 'Envoyer aux deux correspondants');
    await sees(director, 'Votre message est parti');
    await (await as('direction')).open(`${filled}/questions`);
    for (const persona of ['correspondant-caf', 'correspondant-federation']) {
      const correspondent = await as(persona);
      await correspondent.open('/messages');
      await sees(correspondent, 'Un stage de trois jours compte-t-il ?');
      await press(correspondent, 'Voir les questions', 'link');
      await sees(correspondent, 'Un stage de trois jours compte-t-il ?');
      await correspondent.inspect();
    }
    await (await as('correspondant-caf')).open('/suivi');
    await sees(await as('correspondant-caf'), 'questions de centres à traiter');
  });

  it('is answered by one of them, and the answer stands under the question, dated and signed', async () => {
    const correspondent = await as('correspondant-caf', false);
    await correspondent.page.goto(FOLLOW);
    const article = correspondent.page.getByRole('article').filter({ hasText: 'Un stage de trois jours' });
    await article.getByLabel('Votre réponse').fill('Oui, s’il fait partie d’une formation.');
    await Promise.all([correspondent.page.waitForEvent('load'), article.getByRole('button', { name: 'Répondre' }).click()]);
    await sees(correspondent, 'Votre réponse est envoyée');
    const director = await as('direction');
    await director.open('/messages');
    await sees(director, 'Oui, s’il fait partie d’une formation.');
    await director.open(`${filled}/2025/C`);
    const words = ((await block(director, 'interns').textContent()) ?? '').replaceAll(/[\s\u00a0]+/g, ' ');
    expect(words).toContain(`Dominique, correspondance Caf, le ${today}`);
    expect(words).toContain('Oui, s’il fait partie d’une formation.');
    const other = await as('correspondant-federation');
    await other.open(FOLLOW);
    await sees(other, 'Oui, s’il fait partie d’une formation.');
  });

  it('is relayed to the technical committee, which does not read whose it is', async () => {
    const director = await as('direction', false);
    await director.page.goto(`${filled}/questions?annee=2025&sur=board_meetings`);
    await director.page.getByLabel('Demander comment comprendre la question').check();
    await director.page.getByLabel('Votre question').fill('Chez nous, à Torchy, le conseil s’est réuni en visioconférence : cela compte-t-il ?');
    await press(director, 'Envoyer aux deux correspondants');
    const correspondent = await as('correspondant-federation', false);
    await correspondent.page.goto(FOLLOW);
    const article = correspondent.page.getByRole('article').filter({ hasText: 'à Torchy' });
    await article.getByLabel('telle que le comité la lira').fill('Une séance en visioconférence compte-t-elle ?');
    await Promise.all([correspondent.page.waitForEvent('load'), article.getByRole('button', { name: 'Relayer' }).click()]);
    await sees(correspondent, 'relayée au comité technique national');
    const committee = await as('comite-technique');
    await committee.open('/messages');
    await press(committee, 'Répondre à la question', 'link');
    await sees(committee, 'Une séance en visioconférence compte-t-elle ?');
    await committee.inspect();
    expect(await wordsOf(committee)).not.toMatch(/Torchy/);
    await (await as('direction')).open(`${filled}/2025/B`);
    await sees(await as('direction'), 'relayée au comité technique national, qui répondra ici');
  });

  it('and answered for everyone, it is part of the help of another centre, dated, and of the studio’s preview', async () => {
    const committee = await as('comite-technique', false);
    await committee.page.goto('/national/precisions');
    const article = committee.page.getByRole('article').filter({ hasText: 'visioconférence' });
    await article.getByLabel('Votre réponse').fill('Oui, dès qu’elle a un procès-verbal.');
    await Promise.all([committee.page.waitForEvent('load'), article.getByRole('button', { name: 'Préciser l’aide pour tous' }).click()]);
    await sees(committee, 'La précision est publiée');
    const director = await as('direction');
    await director.open('/centre');
    const others = await director.page.locator('a[href$="/corrections"]').first().getAttribute('href');
    expect(others!.startsWith(filled)).toBe(false);
    await director.open(others!.replace('/corrections', '/2025/B'));
    const words = ((await block(director, 'board_meetings').textContent()) ?? '').replaceAll(/[\s\u00a0]+/g, ' ');
    expect(words).toContain('Une séance en visioconférence compte-t-elle ? Oui, dès qu’elle a un procès-verbal.');
    expect(words).toContain(`Comité technique national, ${today}`);
    await committee.page.goto('/national/questionnaires/2026/apercu/cadre?type=CS&rubrique=B&support=ecran');
    await sees(committee, 'Oui, dès qu’elle a un procès-verbal.');
    const copy = await director.page.request.get(`${filled}/copie.json`);
    expect(JSON.stringify(await copy.json())).toContain('Oui, dès qu’elle a un procès-verbal.');
  });
});
