/** The whole cycle, lived in a browser on an empty house: from a register file to a page that everyone can read. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { senacs, temporaryFolder } from '../support/program.ts';
import { type Stage, setStage, type Visitor } from '../support/journey.ts';
import { answersOf, CENTRES, registerCsv } from './small-register.ts';

const folder = `${temporaryFolder()}/data`;
const YEAR = 2026;
const DATA_YEAR = 2025;
const HERE = `/suivi/48/${YEAR}`;
const ROOM = `/comite/48/${YEAR}`;

const OFFICE = 'mission@exemple.fr';
const CAF = 'caf48@exemple.fr';
const FEDERATION = 'federation48@exemple.fr';
const STEWARD = 'donnees48@exemple.fr';

const passwords = new Map<string, string>();
let stage: Stage;

async function account(email: string, words: readonly string[]): Promise<void> {
  const made = await senacs(['account', 'create', '--email', email, '--name', email.split('@')[0]!, ...words, '--json'], { SENACS_DATA: folder });
  expect(made.code, made.err).toBe(0);
  passwords.set(email, (JSON.parse(made.out) as { password: string }).password);
}

const windows = new Map<string, Visitor>();
/** The window that a person keeps open from one scene to the next. */
async function person(email: string): Promise<Visitor> {
  const known = windows.get(email);
  if (known) return known;
  const opened = await stage.signedIn({ email, password: passwords.get(email)! });
  windows.set(email, opened);
  return opened;
}

const press = async (who: Visitor, name: string | RegExp): Promise<void> => {
  await who.page.getByRole('button', { name }).first().click();
  await who.page.waitForLoadState();
};
const sees = async (who: Visitor, words: string | RegExp): Promise<void> => {
  await expect.poll(async () => (await who.page.locator('main').textContent()) ?? '', { timeout: 10_000 }).toMatch(typeof words === 'string' ? new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')) : words);
};

/** One answer as the form sends it while somebody types. */
async function save(who: Visitor, responseId: string, key: string, answer: unknown): Promise<void> {
  const sent = await who.context.request.post(`${stage.url}/api/saves`, { data: { saveId: randomUUID(), responseId, dataYear: DATA_YEAR, key, answer } });
  expect(sent.status(), `${key}: ${await sent.text()}`).toBe(200);
}

/** Signs in as a director, reads the five lines, begins; gives back the response's identifier. */
async function begins(email: string): Promise<{ who: Visitor; responseId: string }> {
  const who = await person(email);
  await who.open('/centre');
  await who.page.getByRole('link', { name: /^Commencer/ }).click();
  await sees(who, 'Avant de commencer');
  await who.inspect();
  await press(who, 'J’ai lu, commencer');
  const responseId = /\/centre\/([0-9a-f-]{36})\//.exec(who.page.url())?.[1];
  expect(responseId, who.page.url()).toBeDefined();
  return { who, responseId: responseId! };
}

const responses: string[] = [];

beforeAll(async () => {
  expect((await senacs(['migrate'], { SENACS_DATA: folder })).code).toBe(0);
  await account(OFFICE, ['--role', 'project_office', '--territory', 'FR']);
  await account(CAF, ['--role', 'caf_correspondent', '--territory', '48']);
  await account(FEDERATION, ['--role', 'federation_correspondent', '--territory', '48']);
  await account(STEWARD, ['--role', 'data_steward', '--territory', '48']);
  stage = await setStage([], {}, folder);
});
afterAll(async () => stage?.close());

describe('a year of the observatory, in a house that was empty', () => {
  it('the national office brings the register in, seeing first what the file would do', async () => {
    const office = await person(OFFICE);
    await office.open('/national/repertoire');
    await office.page.locator('#fichier').setInputFiles({ name: 'lozere.csv', mimeType: 'text/csv', buffer: Buffer.from(registerCsv()) });
    await office.page.locator('#date').fill('01/01/2024');
    await press(office, 'Voir l’aperçu');
    await sees(office, CENTRES[0]!.name);
    await office.inspect();
    await press(office, 'Enregistrer tout le fichier');
    await sees(office, /6\s/);
    await office.open('/repertoire/48');
    await sees(office, CENTRES[5]!.name);
  });

  it('each director receives an account', async () => {
    await stage.close();
    windows.clear();
    for (const centre of CENTRES) await account(centre.email, ['--role', 'director', '--structure', centre.siret]);
    stage = await setStage([], {}, folder);
  });

  it('the national office opens the campaign in one département', async () => {
    const office = await person(OFFICE);
    await office.open('/national/campagnes');
    await office.page.locator('#year').selectOption(String(YEAR));
    await office.page.locator('#closesOn').fill('2099-06-30');
    await press(office, 'Créer la campagne');
    for (const kind of ['CS', 'EVS']) {
      await office.page.locator('#all').selectOption(`${kind}.not_yet`);
      await press(office, 'Appliquer à tous');
    }
    await office.page.locator('select[name="c.48.CS"]').selectOption('surveyed');
    await press(office, 'Enregistrer la couverture');
    await press(office, 'Commencer la préparation');
    await press(office, /Enregistrer la validation du questionnaire .* comité/);
    await press(office, /^Enregistrer la validation du questionnaire$/);
    await office.inspect();
    await press(office, 'Ouvrir la saisie');
    await sees(office, 'Saisie ouverte');
    await sees(office, /6\s*sollicitées/);
  });

  it('a director answers, finds an incoherence beside the field, corrects it and sends', async () => {
    const { who, responseId } = await begins(CENTRES[0]!.email);
    responses[0] = responseId;
    for (const [key, answer] of Object.entries(answersOf(0))) if (key !== 'staff_fte') await save(who, responseId, key, answer);
    await who.open(`/centre/${responseId}/transmettre`);
    await sees(who, 'Une question sans réponse');
    await who.page.locator('ul a[href*="#q-staff_fte"]').click();
    const fte = who.page.locator('input[name="staff_fte"]');
    await fte.fill('80');
    await fte.blur();
    await sees(who, /À corriger/);
    await who.inspect();
    await who.open(`/centre/${responseId}/transmettre`);
    await sees(who, /impossibilité.? à corriger/);
    await who.page.locator('ul a[href*="#q-staff_fte"]').first().click();
    await who.page.locator('input[name="staff_fte"]').fill('20');
    await press(who, /^Enregistrer$/);
    await who.open(`/centre/${responseId}/transmettre`);
    await sees(who, 'Tout est prêt');
    await press(who, /^Transmettre/);
    await sees(who, 'Transmise');
  });

  it('the five others answer too, and the same save sent twice counts once', async () => {
    for (const [n, centre] of CENTRES.entries()) {
      if (n === 0) continue;
      const { who, responseId } = await begins(centre.email);
      responses[n] = responseId;
      for (const [key, answer] of Object.entries(answersOf(n))) await save(who, responseId, key, answer);
      await who.open(`/centre/${responseId}/transmettre`);
      await sees(who, 'Tout est prêt');
      await press(who, /^Transmettre/);
      await sees(who, 'Transmise');
    }
    const who = await person(CENTRES[1]!.email);
    await who.open('/centre');
    await sees(who, 'Vos correspondants les liront');
  });

  it('the Caf correspondent begins control, reads a response and asks about one value', async () => {
    const caf = await person(CAF);
    await caf.open(HERE);
    await press(caf, 'Commencer le contrôle');
    await caf.open(`${HERE}/${responses[0]}`);
    await press(caf, 'Ouvrir la lecture');
    await caf.page.locator(`input[name="point"][value="${DATA_YEAR}:reception_visits"]`).check();
    await caf.page.getByLabel('Votre message').fill('Le nombre de passages compte-t-il l’annexe ?');
    await press(caf, 'Envoyer la demande');
    await sees(caf, 'La demande est envoyée');
    await caf.inspect();
  });

  it('the director corrects that value, says so, and sends back', async () => {
    const who = await person(CENTRES[0]!.email);
    await who.open(`/centre/${responses[0]}/corrections`);
    await sees(who, 'Le nombre de passages compte-t-il l’annexe');
    await who.page.locator('main h3 a').first().click();
    await who.page.locator('input[name="reception_visits"]').fill('16 200');
    await press(who, /^Enregistrer$/);
    await who.open(`/centre/${responses[0]}/corrections`);
    await sees(who, /16.200/);
    await who.page.getByLabel('Je l’ai corrigée').check();
    await who.page.getByLabel('Ce que vous en dites').fill('L’annexe manquait.');
    await press(who, 'Enregistrer ma réponse');
    await who.inspect();
    await press(who, 'Renvoyer mes réponses');
    await who.open(`/centre/${responses[0]}`);
    await sees(who, /lecture|lisent|relecture|renvoy|Transmise/i);
  });

  it('the responses are validated, and the département is frozen by both signatures, not by one', async () => {
    const caf = await person(CAF);
    for (const responseId of responses) {
      await caf.open(`${HERE}/${responseId}`);
      await press(caf, 'Valider la réponse');
      await sees(caf, 'La réponse est validée');
    }
    const office = await person(OFFICE);
    await office.open(`/national/campagnes/${YEAR}`);
    await press(office, 'Annoncer la fin de saisie');
    await press(office, 'Passer au contrôle');
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

  it('the data steward freezes the data set; the committee reads figures with their base', async () => {
    const steward = await person(STEWARD);
    await steward.open(ROOM);
    await press(steward, 'Figer le jeu de données');
    await sees(steward, /Le jeu de données n°\s\d+ est figé/);
    await steward.inspect();
    await steward.open(`${ROOM}/tableaux`);
    await sees(steward, 'staff.headcount');
    const file = await steward.context.request.get(`${stage.url}${ROOM}/tableaux.csv`);
    expect(await file.text()).toMatch(/staff\.headcount;.*;240;/);
    const caf = await person(CAF);
    await caf.open(ROOM);
    await sees(caf, '240');
    expect((await caf.context.request.get(`${stage.url}${ROOM}/tableaux`)).status()).toBe(403);
  });

  it('the committee writes the brochure, both institutions agree, it is published', async () => {
    const caf = await person(CAF);
    await caf.open(`${ROOM}/plaquette`);
    await press(caf, 'Relier la plaquette aux chiffres figés');
    await caf.page.locator('#edito').fill('Nos {{noun}} emploient {{staff.headcount}} salariés.\n\nMerci à toutes les équipes.');
    await press(caf, 'Enregistrer les textes');
    await sees(caf, 'Les textes sont enregistrés');
    await press(caf, 'Envoyer les textes en relecture');
    await press(caf, 'Soumettre au vote du comité');
    await caf.inspect();
    await press(caf, 'Donner mon accord');
    await sees(caf, 'On attend l’accord de la fédération');
    const federation = await person(FEDERATION);
    await federation.open(`${ROOM}/plaquette`);
    await press(federation, 'Donner mon accord');
    await sees(federation, 'approuvée');
    await press(federation, 'Publier la plaquette');
    await sees(federation, 'La plaquette est publiée');
  });

  it('anybody reads the page and takes the brochure away, without script', async () => {
    const reader = await stage.visitor();
    await reader.open('/');
    await sees(reader, 'Lozère');
    await reader.open('/territoires/48');
    await sees(reader, '240');
    expect(await reader.page.locator('script').count()).toBe(0);
    const link = await reader.page.getByRole('link', { name: /Télécharger la plaquette/ }).getAttribute('href');
    const pdf = await reader.context.request.get(stage.url + link!);
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    // Nothing that a centre answered stands beside its name.
    expect(await reader.page.content()).not.toContain('16 200');
  });
});
