/**
 * Next year's questionnaire, made by those who govern it: a new theme and a local module are written, validated and opened in a browser, without touching code.
 * Each scene goes on from the one before.
 */
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../support/journey.ts';
import { senacs, temporaryFolder } from '../support/program.ts';
import { inScenes, press, sees, Story, wordsOf } from '../support/story.ts';
import { CENTRES, registerCsv } from './small-register.ts';

const YEAR = 2027;
const STUDIO = `/national/questionnaires/${YEAR}`;
const TECHNICAL = 'technique@exemple.fr';
const NATIONAL = 'pilotage@exemple.fr';
const OFFICE = 'mission@exemple.fr';
const CAF = 'caf48@exemple.fr';
const FEDERATION = 'federation48@exemple.fr';
const MEMBER = 'comite48@exemple.fr';
/** A centre of Lozère, and one of Hautes-Alpes, where the local question is not asked. */
const [HERE, ELSEWHERE] = [CENTRES[0]!, CENTRES.at(-1)!];

const base = temporaryFolder();
const folder = `${base}/data`;
const story = new Story(folder);
const account = story.account.bind(story);
const person = story.person.bind(story);
async function fill(who: Visitor, fields: { readonly [id: string]: string }): Promise<void> {
  for (const [id, text] of Object.entries(fields)) {
    const field = who.page.locator(`#${id}`);
    if ((await field.evaluate((node) => (node as unknown as { tagName: string }).tagName)) === 'SELECT') await field.selectOption(text);
    else await field.fill(text);
  }
}

beforeAll(async () => {
  const env = { SENACS_DATA: folder };
  expect((await senacs(['migrate'], env)).code).toBe(0);
  // the last centre stands in Hautes-Alpes
  const lines = registerCsv().split('\r\n');
  const moved = [...lines.slice(0, -1), lines.at(-1)!.replace(/;48095;Mende;48;/, ';05061;Gap;05;')];
  await writeFile(`${base}/repertoire.csv`, moved.join('\r\n'));
  const imported = await senacs(['registry', 'import', `${base}/repertoire.csv`, '--on', '01/01/2024'], env);
  expect(imported.code, imported.out + imported.err).toBe(0);
  await account(TECHNICAL, '--role', 'technical_committee', '--territory', 'FR');
  await account(NATIONAL, '--role', 'committee_member', '--territory', 'FR');
  await account(OFFICE, '--role', 'project_office', '--territory', 'FR');
  await account(CAF, '--role', 'caf_correspondent', '--territory', '48');
  await account(FEDERATION, '--role', 'federation_correspondent', '--territory', '48');
  await account(MEMBER, '--role', 'committee_member', '--territory', '48');
  for (const one of [HERE, ELSEWHERE]) await account(one.email, '--role', 'director', '--structure', one.siret);
  await story.open();
});
afterAll(() => story.close());
inScenes();

describe('next year’s questionnaire', () => {
  it('a director proposes a change, and the technical committee answers', async () => {
    const technical = await person(TECHNICAL);
    await technical.open('/national/questionnaires');
    await press(technical, 'Charger 2026');
    await sees(technical, 'Le questionnaire est chargé');
    const director = await person(HERE.email, false);
    await director.open('/propositions');
    await fill(director, { wish: 'Parlez des jardins partagés : nous en avons trois.' });
    await press(director, 'Envoyer la proposition');
    await sees(director, 'transmise au comité technique');
    await technical.open('/propositions');
    await sees(technical, 'jardins partagés');
    await press(technical, 'Retenir');
    await sees(technical, 'Écrivez la réponse');
    await technical.page.getByLabel('Réponse').fill('Un thème Jardins dès 2027.');
    await press(technical, 'Retenir');
    await director.open('/propositions');
    await sees(director, 'Un thème Jardins dès 2027.');
    await director.inspect();
  });

  it('the technical committee starts from last year and creates a theme with its questions, in plain forms', async () => {
    const technical = await person(TECHNICAL, false);
    await technical.open('/national/questionnaires');
    await press(technical, 'Commencer');
    await sees(technical, 'Le questionnaire est commencé');
    await technical.open(`${STUDIO}/modules`);
    await technical.page.getByText('Créer un thème').click();
    await fill(technical, { 'theme-code': 'JARDINS', 'theme-label': 'Jardins partagés' });
    await press(technical, 'Créer le thème');
    await technical.open(STUDIO);
    await sees(technical, 'Le module « Jardins partagés » n’a aucune question');
    expect(await technical.page.getByRole('button', { name: /Proposer au comité/ }).isDisabled()).toBe(true);

    await technical.open(`${STUDIO}/nouvelle-question?module=JARDINS&rubrique=F`);
    await fill(technical, { label: 'Combien de jardins partagés animez-vous ?', help: 'Au 31 décembre.', code: 'F80', key: 'staff_fte', rubric: 'F', dimension: 'projet', kind: 'integer', min: '0' });
    await press(technical, 'Ajouter la question');
    await sees(technical, 'La clé « staff_fte » est celle de la question');
    expect(await technical.page.locator('#label').inputValue()).toBe('Combien de jardins partagés animez-vous ?');
    await fill(technical, { key: 'gardens' });
    await press(technical, 'Ajouter la question');
    await sees(technical, 'La question est enregistrée');

    await technical.open(`${STUDIO}/nouvelle-question?module=JARDINS&rubrique=F`);
    await fill(technical, { label: 'Qui jardine ?', help: 'Une personne compte une fois.', code: 'F81', key: 'gardeners', rubric: 'F', dimension: 'projet', kind: 'table', rows: 'adults | Adultes\nchildren', columns: 'count | Personnes | nombre entier | persons | 0', relevance: 'gardens > 0' });
    await press(technical, 'Ajouter la question');
    await sees(technical, 'Ligne 2 : écrivez le code');
    await fill(technical, { rows: 'adults | Adultes\nchildren | Enfants' });
    await press(technical, 'Ajouter la question');
    await sees(technical, 'La question est enregistrée');
  });

  it('a check is written with names completed while one types, and its fault is shown under the character', async () => {
    const technical = await person(TECHNICAL);
    await technical.open(`${STUDIO}/nouveau-controle`);
    await fill(technical, { message: 'Vous jardinez sans jardin : vérifiez.' });
    const assert = technical.page.locator('#assert');
    await assert.pressSequentially('gardens > 0 && sum(gard');
    await technical.page.getByRole('button', { name: /^gardeners/ }).click();
    await assert.press('End');
    await assert.pressSequentially('.*.count) >= 0 && nothing > 0');
    await expect.poll(() => technical.page.locator('pre').textContent()).toMatch(/\n {46}\^$/);
    await technical.inspect();
    await press(technical, 'Ajouter le contrôle');
    await sees(technical, 'Aucune question ne s’appelle « nothing »');
    await fill(technical, { assert: 'gardens > 0 && sum(gardeners.*.count) >= 0', severity: 'info' });
    await press(technical, 'Ajouter le contrôle');
    await sees(technical, 'Le contrôle est enregistré');
    await press(technical, 'Essayer sur l’an dernier');
    await sees(technical, 'Aucune campagne passée');
  });

  it('two people who change the same question never write over each other', async () => {
    const one = await person(TECHNICAL, false);
    const other = await person(OFFICE, false);
    await one.open(`${STUDIO}/question/gardens`);
    await other.open(`${STUDIO}/question/gardens`);
    await fill(one, { help: 'Au 31 décembre, animés par votre structure.' });
    await press(one, 'Enregistrer la question');
    await sees(one, 'La question est enregistrée');
    await fill(other, { help: 'Tous les jardins.' });
    await press(other, 'Enregistrer la question');
    await sees(other, 'Rien n’est écrasé');
    await sees(other, 'Tous les jardins.');
    expect(await other.page.locator('#help').inputValue()).toBe('Au 31 décembre, animés par votre structure.');
    await sees(other, 'technique a changé la question');
  });

  it('a question is renamed, and its series goes on', async () => {
    const technical = await person(TECHNICAL, false);
    await technical.open(`${STUDIO}/question/reception_visits`);
    await technical.page.getByText('Renommer sa clé').click();
    await fill(technical, { to: 'welcome_visits', 'note-rename': 'Le mot accueil est celui du terrain.' });
    await press(technical, /^Renommer$/);
    await sees(technical, 'La question est renommée');
    await press(technical, 'Sa série d’année en année', 'link');
    await sees(technical, 'Renommée (avant : reception_visits)');
    await sees(technical, 'comparable');
    await technical.open(`${STUDIO}/differences`);
    await sees(technical, 'F80 Combien de jardins partagés animez-vous');
    await sees(technical, 'Le mot accueil est celui du terrain.');
  });

  it('a territory writes its local module; another person of its committee validates it', async () => {
    const caf = await person(CAF, false);
    await caf.open(`${STUDIO}/question/gardens`);
    expect(await caf.page.getByRole('button', { name: 'Enregistrer la question' }).count()).toBe(0);
    await caf.open(`${STUDIO}/modules`);
    await caf.page.getByText('Créer le module local').click();
    await press(caf, 'Créer le module');
    await press(caf, /^Ajouter une question/, 'link');
    await fill(caf, { label: 'Combien d’habitants de la montagne accueillez-vous ?', help: 'Dans l’année.', code: 'L48', key: 'mountain_users', rubric: 'E', dimension: 'projet', kind: 'integer' });
    await press(caf, 'Ajouter la question');
    await sees(caf, 'La question est enregistrée');
    await caf.open(`${STUDIO}/modules`);
    await press(caf, 'Proposer au comité');
    await sees(caf, 'proposé au comité');
    // who wrote it does not validate it
    await press(caf, 'Valider pour le comité');
    await sees(caf, 'une autre personne de votre comité');
    const technical = await person(TECHNICAL);
    await technical.open(STUDIO);
    await sees(technical, 'attend la validation de son comité');
    const member = await person(MEMBER);
    await member.open(`${STUDIO}/modules`);
    await press(member, 'Valider pour le comité');
    await sees(member, 'La validation du comité est enregistrée');
  });

  it('the technical committee proposes, the national committee validates, and it changes no more', async () => {
    const technical = await person(TECHNICAL);
    await technical.open(STUDIO);
    await sees(technical, 'Rien n’empêche de proposer');
    await press(technical, /^Proposer au comité/);
    await sees(technical, 'Le questionnaire est proposé');
    expect(await technical.page.getByRole('button', { name: /Enregistrer la validation/ }).count()).toBe(0);
    const national = await person(NATIONAL);
    await national.open(`${STUDIO}/apercu?type=CS&rubrique=F`);
    await expect.poll(() => national.page.frameLocator('iframe').first().locator('main').textContent()).toContain('Combien de jardins partagés');
    await national.open(STUDIO);
    await press(national, /Enregistrer la validation/);
    await sees(national, 'Validé par le comité de pilotage national');
    await technical.open(`${STUDIO}/question/gardens`);
    expect(await technical.page.getByRole('button', { name: 'Enregistrer la question' }).count()).toBe(0);
  });

  it('a campaign opens on it: the theme is asked everywhere, the local question at home only', async () => {
    const office = await person(OFFICE);
    await office.open('/national/campagnes');
    await fill(office, { year: String(YEAR), closesOn: '2099-06-30' });
    await press(office, 'Créer la campagne');
    for (const kind of ['CS', 'EVS']) {
      await office.page.locator('#all').selectOption(`${kind}.not_yet`);
      await press(office, 'Appliquer à tous');
    }
    for (const code of ['48', '05']) await office.page.locator(`select[name="c.${code}.CS"]`).selectOption('surveyed');
    await press(office, 'Enregistrer la couverture');
    await press(office, 'Commencer la préparation');
    await press(office, /^Enregistrer la validation du questionnaire$/);
    await office.page.getByLabel('Motif de la dispense').fill('Pas de correspondant cette année');
    await press(office, 'Accorder la dispense');
    await press(office, 'Ouvrir la saisie');
    await sees(office, '6 sollicitées');
    const asked = async (email: string, rubric: string): Promise<string> => {
      const director = await person(email);
      await director.page.goto('/centre');
      const response = (await director.page.locator('main a[href^="/centre/"]').first().getAttribute('href'))!;
      const id = /\/centre\/([0-9a-f-]{36})/.exec(response)![1];
      await director.page.goto(`/centre/${id}`);
      if (await director.page.getByRole('button', { name: 'J’ai lu, commencer' }).isVisible()) await press(director, 'J’ai lu, commencer');
      await director.open(`/centre/${id}/${YEAR - 1}/${rubric}`);
      return wordsOf(director);
    };
    for (const email of [HERE.email, ELSEWHERE.email]) expect(await asked(email, 'F')).toContain('Combien de jardins partagés animez-vous');
    expect(await asked(HERE.email, 'E')).toContain('habitants de la montagne');
    expect(await asked(ELSEWHERE.email, 'E')).not.toContain('habitants de la montagne');
    const technical = await person(TECHNICAL);
    await technical.open(STUDIO);
    await sees(technical, 'il ne change plus');
    // words apart: the technical committee sets one right, and the centres read it
    await technical.open(`${STUDIO}/question/members`);
    await technical.page.getByRole('link', { name: 'Corriger des mots' }).click();
    await technical.inspect();
    await technical.page.getByLabel('Libellé').fill('Nombre d’adhérents de l’année');
    await technical.page.getByLabel('Pourquoi ces mots changent').fill('Année oubliée.');
    await press(technical, 'Enregistrer la correction');
    await sees(technical, 'Année oubliée.');
    await technical.inspect();
    expect(await asked(HERE.email, 'E')).toContain('Nombre d’adhérents de l’année');
  });

  it('it goes out to the folder and into another house with the same content', async () => {
    await story.close();
    const out = await senacs(['questionnaire', 'export', `${base}/dossier`, '--year', String(YEAR), '--json'], { SENACS_DATA: folder });
    expect(out.code, out.err).toBe(0);
    const checked = await senacs(['questionnaire', 'check', `${base}/dossier`]);
    expect(checked.out.replaceAll(/\s+/g, ' ')).toContain(`${YEAR} : 129 questions, 135 contrôles, aucune faute.`);
    const other = { SENACS_DATA: `${base}/autre` };
    expect((await senacs(['migrate'], other)).code).toBe(0);
    const back = await senacs(['questionnaire', 'import', `${base}/dossier`, '--year', String(YEAR), '--json'], other);
    expect(back.code, back.err).toBe(0);
    expect((JSON.parse(back.out) as { contentHash: string }).contentHash).toBe((JSON.parse(out.out) as { contentHash: string }).contentHash);
  });
});
