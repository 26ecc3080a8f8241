/** The whole cycle, lived in a browser in a house that was empty: from a register file to a page that everyone can read. Each scene goes on from the one before. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../support/journey.ts';
import { pdfText } from '../support/pdf-text.ts';
import { senacs, temporaryFolder } from '../support/program.ts';
import { inScenes, press, sees, Story } from '../support/story.ts';
import { answersOf, CENTRES, registerCsv } from './small-register.ts';

const YEAR = 2026;
const DATA_YEAR = 2025;
const HERE = `/suivi/48/${YEAR}`;
const ROOM = `/comite/48/${YEAR}`;

const OFFICE = 'mission@exemple.fr';
const CAF = 'caf48@exemple.fr';
const FEDERATION = 'federation48@exemple.fr';
const STEWARD = 'donnees48@exemple.fr';
const MEMBER = 'comite48@exemple.fr';
/** The first answers in the form, four others quickly, the last one declines. */
const [FIRST, LAST] = [CENTRES[0]!, CENTRES.at(-1)!];
const OTHERS = CENTRES.slice(1, -1);
/** So many at one centre that it alone makes more than 85 % of the total: that total stays inside. */
const MANY_TRAININGS = 777;
const WITHHELD_TOTAL = MANY_TRAININGS + 5 * OTHERS.length;

const folder = `${temporaryFolder()}/data`;
const responses = new Map<string, string>();
const story = new Story(folder);
const account = story.account.bind(story);
const person = story.person.bind(story);

/** One answer as the form sends it while somebody types; gives back the receipt. */
async function save(who: Visitor, email: string, key: string, answer: unknown, saveId: string = randomUUID()): Promise<unknown> {
  const sent = await who.context.request.post('/api/saves', { data: { saveId, responseId: responses.get(email), dataYear: DATA_YEAR, key, answer } });
  expect(sent.status(), `${key}: ${await sent.text()}`).toBe(200);
  return (await sent.json()) as unknown;
}
async function saveAll(who: Visitor, email: string, answers: readonly (readonly [string, unknown])[]): Promise<void> {
  for (let n = 0; n < answers.length; n += 8) await Promise.all(answers.slice(n, n + 8).map(([key, answer]) => save(who, email, key, answer)));
}

/** Signs in as a director, reads the five lines, begins. */
async function begins(email: string, inspected = false): Promise<Visitor> {
  const who = await person(email);
  await who.page.goto('/centre');
  if (inspected) await who.inspect();
  await press(who, /^Commencer/, 'link');
  await sees(who, 'Avant de commencer');
  if (inspected) await who.inspect();
  await press(who, 'J’ai lu, commencer');
  const responseId = /\/centre\/([0-9a-f-]{36})\//.exec(who.page.url())?.[1];
  expect(responseId, who.page.url()).toBeDefined();
  responses.set(email, responseId!);
  return who;
}
const centre = (email: string): string => `/centre/${responses.get(email)}`;

beforeAll(async () => {
  expect((await senacs(['migrate'], { SENACS_DATA: folder })).code).toBe(0);
  await account(OFFICE, '--role', 'project_office', '--territory', 'FR');
  await account(CAF, '--role', 'caf_correspondent', '--territory', '48');
  await account(FEDERATION, '--role', 'federation_correspondent', '--territory', '48');
  await account(STEWARD, '--role', 'data_steward', '--territory', '48');
  await account(MEMBER, '--role', 'committee_member', '--territory', '48');
  await story.open();
});
afterAll(() => story.close());
inScenes();

describe('a year of the observatory, in a house that was empty', () => {
  it('the national office brings the register in, seeing first what the file would do', async () => {
    const office = await person(OFFICE);
    await office.open('/national/repertoire');
    await office.page.locator('#fichier').setInputFiles({ name: 'lozere.csv', mimeType: 'text/csv', buffer: Buffer.from(registerCsv()) });
    await office.page.locator('#date').fill('01/01/2024');
    await press(office, 'Voir l’aperçu');
    await sees(office, 'Rien n’est encore enregistré');
    await sees(office, FIRST.name);
    await office.inspect();
    await press(office, 'Enregistrer tout le fichier');
    await sees(office, 'Répertoire enregistré');
    await office.open('/repertoire/48');
    await sees(office, LAST.name);
  });

  it('each director receives an account', async () => {
    await story.close();
    for (const one of CENTRES) await account(one.email, '--role', 'director', '--structure', one.siret);
    await story.open();
  });

  it('the national office prepares the campaign with its questionnaire, says why a département lacks its correspondents, and opens', async () => {
    const office = await person(OFFICE);
    await office.open('/national/campagnes');
    await office.page.locator('#year').selectOption(String(YEAR));
    await office.page.locator('#closesOn').fill('2099-06-30');
    await press(office, 'Créer la campagne');
    for (const kind of ['CS', 'EVS']) {
      await office.page.locator('#all').selectOption(`${kind}.not_yet`);
      await press(office, 'Appliquer à tous');
    }
    for (const code of ['48', '05']) await office.page.locator(`select[name="c.${code}.CS"]`).selectOption('surveyed');
    await press(office, 'Enregistrer la couverture');
    await press(office, 'Commencer la préparation');
    await press(office, /Enregistrer la validation du questionnaire .* comité/);
    await press(office, /^Enregistrer la validation du questionnaire$/);
    // Lozère has its two correspondents; Hautes-Alpes has none: the door stays closed until a reason is given.
    await sees(office, /Hautes-Alpes \(05\) n’a pas de correspondant/);
    await office.inspect();
    await office.page.getByLabel('Motif de la dispense').fill('Pas de correspondant cette année');
    await press(office, 'Accorder la dispense');
    await press(office, 'Ouvrir la saisie');
    await sees(office, /6 sollicitées/);
    await office.inspect();
  });

  it('a director answers: most values as the form sends them, one rubric in the plain form without script', async () => {
    const who = await begins(FIRST.email, true);
    const kept = Object.entries({ ...answersOf(0), trainings_in_plan: { state: 'value', value: MANY_TRAININGS } });
    const byHand = new Set(['staff_fte', 'opening_days', 'opening_hours', 'opening_weeks', 'reception_visits', 'unique_users', 'volunteers_governance', 'volunteers_activities_regular', 'coconstructed_projects']);
    await saveAll(who, FIRST.email, kept.filter(([key]) => !byHand.has(key)));

    const plain = await person(FIRST.email, false);
    await plain.open(`${centre(FIRST.email)}/${DATA_YEAR}/G`);
    for (const [key, typed] of [['volunteers_governance', '20'], ['volunteers_activities_regular', '25'], ['coconstructed_projects', '6 projets']] as const) await plain.page.locator(`input[name="${key}"]`).fill(typed);
    await press(plain, /^Enregistrer$/);
    await sees(plain, 'Ce qui n’a pas pu être lu');
    expect(await plain.page.locator('input[name="coconstructed_projects"]').inputValue()).toBe('6 projets');
    await plain.page.locator('input[name="coconstructed_projects"]').fill('6');
    await press(plain, /^Enregistrer$/);
    await sees(plain, 'Rubrique enregistrée');
    await sees(plain, 'rubrique complète');
    await plain.context.close();
  });

  it('and one rubric as it is typed, in French numbers, each answer kept at once', async () => {
    const who = await person(FIRST.email);
    await who.open(`${centre(FIRST.email)}/${DATA_YEAR}/E`);
    for (const [key, typed] of [['opening_days', '5,5'], ['opening_hours', '38.5'], ['opening_weeks', '48'], ['reception_visits', '15 000'], ['unique_users', '900']] as const) {
      const saved = who.page.waitForResponse((response) => response.url().endsWith('/api/saves') && response.request().postData()?.includes(`"${key}"`) === true);
      await who.page.locator(`input[name="${key}"]`).pressSequentially(typed);
      await who.page.locator(`input[name="${key}"]`).blur();
      expect((await saved).status(), key).toBe(200);
    }
    await sees(who, 'rubrique complète');
    await sees(who, /Enregistré à \d/);
    await who.page.reload();
    expect(await who.page.locator('input[name="opening_hours"]').inputValue()).toBe('38,5');
    expect((await who.page.locator('input[name="reception_visits"]').inputValue()).replaceAll(/\s/g, '')).toBe('15000');
  });

  it('an incoherence shows beside the field while it is typed, and stops the sending with a way to it', async () => {
    const who = await person(FIRST.email);
    await who.open(`${centre(FIRST.email)}/transmettre`);
    await sees(who, 'Une question sans réponse');
    await press(who, /Équivalents temps plein/, 'link');
    const fte = who.page.locator('input[name="staff_fte"]');
    await fte.pressSequentially('1 234,5');
    await sees(who, 'Les ETP dépassent le nombre de salariés');
    await who.inspect();
    const saved = who.page.waitForResponse('**/api/saves');
    await fte.blur();
    expect((await saved).status()).toBe(200);
    await who.open(`${centre(FIRST.email)}/transmettre`);
    await sees(who, /impossibilités? à corriger/);
    expect(await who.page.getByRole('button', { name: 'Transmettre mes réponses' }).isDisabled()).toBe(true);
    await press(who, /Équivalents temps plein/, 'link');
    await sees(who, 'Les ETP dépassent le nombre de salariés');
  });

  it('the director corrects it and sends', async () => {
    const who = await person(FIRST.email);
    const fte = who.page.locator('input[name="staff_fte"]');
    const saved = who.page.waitForResponse('**/api/saves');
    await fte.fill('20,0');
    await expect.poll(async () => (await who.page.locator('main').textContent()) ?? '').not.toContain('Les ETP dépassent');
    await fte.blur();
    expect((await saved).status()).toBe(200);
    await who.open(`${centre(FIRST.email)}/transmettre`);
    await sees(who, 'Tout est prêt');
    await press(who, 'Transmettre mes réponses');
    await sees(who, /Transmise le/);
    await who.inspect();
    const copy = await who.context.request.get(`${centre(FIRST.email)}/reponses.pdf`);
    expect(copy.headers()['content-type']).toBe('application/pdf');
  });

  it('the others answer too, a save sent twice counts once; one centre declines, as it may', async () => {
    for (const [n, other] of OTHERS.entries()) {
      const who = await begins(other.email);
      const answers = Object.entries(answersOf(n + 1));
      await saveAll(who, other.email, answers);
      const [key, answer] = answers[0]!;
      const twice = randomUUID();
      expect(await save(who, other.email, key, answer, twice)).toEqual(await save(who, other.email, key, answer, twice));
      await who.page.goto(`${centre(other.email)}/transmettre`);
      await press(who, 'Transmettre mes réponses');
      await sees(who, /Transmise le/);
    }
    const last = await begins(LAST.email);
    await last.open(`${centre(LAST.email)}/transmettre`);
    await last.page.getByText('Ne pas répondre à cette campagne').click();
    await press(last, /^Ne pas répondre$/);
    await last.open('/centre');
    await sees(last, 'Vous ne recevez plus de rappel');
  });

  it('control begins: the correspondent moves the territory, the national office moves the nation', async () => {
    const caf = await person(CAF);
    await caf.open(HERE);
    await press(caf, 'Commencer le contrôle');
    await sees(caf, 'Le contrôle a commencé');
    await caf.inspect();
    const office = await person(OFFICE);
    await office.page.goto(`/national/campagnes/${YEAR}`);
    await press(office, 'Annoncer la fin de saisie');
    await press(office, 'Passer au contrôle');
    await sees(office, 'La campagne a changé d’étape');
  });

  it('the Caf correspondent opens a response and asks about two precise questions', async () => {
    const caf = await person(CAF);
    await caf.open(`${HERE}/${responses.get(FIRST.email)}`);
    await press(caf, 'Ouvrir la lecture');
    for (const key of ['reception_visits', 'partners_count']) await caf.page.locator(`input[name="point"][value="${DATA_YEAR}:${key}"]`).check();
    await caf.page.getByLabel('Votre message').fill('Les passages comptent-ils l’annexe ? Les partenaires, chaque école à part ?');
    await press(caf, 'Envoyer la demande');
    await sees(caf, 'La demande est envoyée');
    await caf.inspect();
    // While a question waits for its answer, nothing can be validated.
    expect(await caf.page.getByRole('button', { name: 'Valider la réponse' }).count()).toBe(0);
  });

  it('the director corrects one value, confirms the other, and sends back', async () => {
    const who = await person(FIRST.email);
    await who.open('/centre');
    await press(who, /^Répondre aux demandes/, 'link');
    await sees(who, 'Les passages comptent-ils l’annexe');
    await who.inspect();
    await press(who, /Passages à l’accueil/, 'link');
    await who.page.locator('input[name="reception_visits"]').fill('16 200');
    await press(who, /^Enregistrer$/);
    await who.page.goto(`${centre(FIRST.email)}/corrections`);
    await sees(who, /16 200/);
    for (const [key, choice, words] of [['reception_visits', 'Je l’ai corrigée', 'L’annexe manquait.'], ['partners_count', 'Elle est juste, je la confirme', 'Chaque école est comptée.']] as const) {
      const point = who.page.locator('form', { has: who.page.locator(`input[name="question"][value="${key}"]`) });
      await point.getByLabel(choice).check();
      await point.getByLabel('Ce que vous en dites').fill(words);
      const loaded = who.page.waitForEvent('load');
      await point.getByRole('button').click();
      await loaded;
    }
    await sees(who, 'Chaque point a sa réponse');
    await press(who, 'Renvoyer mes réponses');
    await who.page.goto('/centre');
    await sees(who, 'Vos correspondants lisent ces réponses');
  });

  it('one correspondent validates each response', async () => {
    for (const [n, one] of [FIRST, ...OTHERS].entries()) {
      const who = await person(n % 2 === 0 ? CAF : FEDERATION);
      await who.page.goto(`${HERE}/${responses.get(one.email)}`);
      if (n === 0) await sees(who, 'L’annexe manquait.');
      if (n < 2) await who.inspect();
      await press(who, 'Valider la réponse');
      await sees(who, 'La réponse est validée');
    }
  });

  it('the département is frozen by both signatures, not by one', async () => {
    const caf = await person(CAF);
    await caf.open(`${HERE}/gel`);
    await press(caf, 'Signer pour la Caf');
    await sees(caf, 'Votre signature est notée');
    const steward = await person(STEWARD);
    await steward.open(ROOM);
    await press(steward, 'Figer le jeu de données');
    await sees(steward, 'Ce n’est pas encore possible');
    const federation = await person(FEDERATION);
    await federation.open(`${HERE}/gel`);
    await press(federation, 'Signer pour la fédération');
    await sees(federation, 'le territoire est gelé');
    await federation.inspect();
  });

  it('the data steward freezes the data set and alone sees what is withheld; the committee reads the rest', async () => {
    const steward = await person(STEWARD);
    await steward.page.goto(ROOM);
    await press(steward, 'Figer le jeu de données');
    await sees(steward, /Le jeu de données n° \d+ est figé/);
    await steward.inspect();
    await steward.open(`${ROOM}/tableaux`);
    const tables = await (await steward.context.request.get(`${ROOM}/tableaux.csv`)).text();
    expect(tables).toMatch(/^approved\.total;.*;6;.*;diffusable;/m);
    expect(tables).toMatch(/^staff\.headcount;.*;200;.*;diffusable;/m);
    expect(tables).toMatch(new RegExp(`^training\\.in_plan;.*;${WITHHELD_TOTAL};.*;retenu;`, 'm'));
    const member = await person(MEMBER);
    await member.open(ROOM);
    await sees(member, 'agréés dans l’année');
    expect(await member.page.content()).not.toContain(String(WITHHELD_TOTAL));
    expect((await member.context.request.get(`${ROOM}/tableaux`)).status()).toBe(403);
  });

  it('the committee writes the brochure, both institutions agree, it is published', async () => {
    const caf = await person(CAF);
    await caf.open(`${ROOM}/plaquette`);
    await press(caf, 'Relier la plaquette aux chiffres figés');
    await caf.page.locator('#edito').fill('Ils sont {{approved.total}} et emploient {{staff.headcount}} personnes.\n\nMerci à toutes les équipes.');
    await press(caf, 'Enregistrer les textes');
    await sees(caf, 'Les textes sont enregistrés');
    await press(caf, 'Envoyer les textes en relecture');
    await press(caf, 'Soumettre au vote du comité');
    await caf.inspect();
    await press(caf, 'Donner mon accord');
    await sees(caf, 'On attend l’accord de la fédération');
    const federation = await person(FEDERATION);
    await federation.page.goto(`${ROOM}/plaquette`);
    await press(federation, 'Donner mon accord');
    await press(federation, 'Publier la plaquette');
    await sees(federation, 'La plaquette est publiée');
    await federation.inspect();
  });

  it('anybody reads the page and takes the brochure away, without script, and finds nothing that was withheld', async () => {
    const reader = await story.stage.visitor({ script: false });
    await reader.open('/');
    await sees(reader, 'Lozère');
    await reader.open('/territoires/48');
    await sees(reader, /200/);
    expect(await reader.page.locator('script').count()).toBe(0);
    const page = (await reader.page.content()).replaceAll(/[\s\u00a0\u202f]/g, ' ');
    const link = await reader.page.getByRole('link', { name: /Télécharger la plaquette/ }).getAttribute('href');
    const pdf = await reader.context.request.get(link!);
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    const brochure = pdfText(await pdf.body()).join(' ');
    expect(brochure).toContain('Ils sont 6 et emploient 200 personnes.');
    for (const text of [page, brochure]) {
      expect(text).toContain('Lozère');
      expect(text).not.toContain(String(WITHHELD_TOTAL));
      // What one centre answered stays between it and its correspondents.
      for (const own of [String(MANY_TRAININGS), '16 200', 'L’annexe manquait']) expect(text).not.toContain(own);
      expect(text).not.toContain('Données fictives');
    }
    const onPhone = await story.stage.visitor({ width: 360 });
    await onPhone.open('/territoires/48');
  });
});
