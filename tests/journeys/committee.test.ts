/** The committee's room of Pas-de-Calais: who sees what there, and a new version of the brochure refused, then agreed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demonstrationFolder } from '../support/demonstration.ts';
import { type Stage, setStage, type Visitor } from '../support/journey.ts';

const ROOM = '/comite/62/2017';
let stage: Stage;
beforeAll(async () => {
  stage = await setStage([], {}, await demonstrationFolder());
});
afterAll(async () => stage?.close());

const text = async (who: Visitor): Promise<string> => (await who.page.locator('main').textContent()) ?? '';
const press = async (who: Visitor, name: string | RegExp): Promise<void> => {
  await who.page.getByRole('button', { name }).first().click();
  await who.page.waitForLoadState();
};

describe('the committee', () => {
  it('a member reads each figure with its base and how it was made, and no withheld one', async () => {
    const member = await stage.as('comite', { script: false });
    await member.page.goto(ROOM);
    const row = member.page.locator('tr', { hasText: '{{staff.headcount}}' });
    expect(await row.textContent()).toMatch(/1.437.*36.*2016/s);
    await row.locator('summary').click();
    expect(await row.locator('details').textContent()).toMatch(/Source\s: /);
    expect(await text(member)).not.toContain('Chiffres retenus');
    for (const address of ['tableaux', 'tableaux.csv']) expect((await member.context.request.get(`${stage.url}${ROOM}/${address}`)).status()).toBe(403);
  });

  it('the data steward reads every figure and why some are withheld; opening and taking away are journalled', async () => {
    const steward = await stage.as('donnees');
    await steward.open(ROOM);
    expect(await text(steward)).toContain('Chiffres retenus');
    await steward.open(`${ROOM}/tableaux?montrer=retenues`);
    expect(await text(steward)).toContain('staff.fte_max');
    const file = await steward.context.request.get(`${stage.url}${ROOM}/tableaux.csv`);
    const lines = (await file.text()).split('\r\n');
    expect(lines[0]).toContain('Données fictives');
    expect(lines.find((l) => l.startsWith('staff.headcount;'))).toContain(';1437;');
    expect(file.headers()['content-disposition']).toContain('donnees-fictives');
  });

  it('a guest sees the rates shown in a meeting, no list of figures, no brochure to write', async () => {
    const guest = await stage.as('invitation');
    await guest.open(ROOM);
    expect(await text(guest)).toContain('En réunion seulement');
    expect(await guest.page.locator('table').count()).toBe(0);
    for (const address of ['plaquette', 'tableaux', 'apercu.pdf']) expect((await guest.context.request.get(`${stage.url}${ROOM}/${address}`)).status(), address).toBe(403);
  });

  it('a director has no room there', async () => {
    const director = await stage.as('direction');
    expect((await director.page.goto(ROOM))?.status()).toBe(403);
  });

  it('a new version is refused with a reason, written again, agreed by both institutions and published', async () => {
    const caf = await stage.as('correspondant-caf', { script: false });
    const federation = await stage.as('correspondant-federation', { script: false });
    await caf.page.goto(`${ROOM}/plaquette`);
    await press(caf, 'Préparer une nouvelle version');
    expect(await text(caf)).toMatch(/\{\{staff\.fte\}\}\s*716/);
    expect(await text(caf)).not.toContain('{{staff.fte_max}}');
    await caf.page.locator('#edito').fill('Un chiffre retenu : {{staff.fte_max}}.');
    await press(caf, 'Enregistrer les textes');
    expect(await text(caf)).toContain('staff.fte_max');
    expect(await text(caf)).toContain('ne peuvent pas être publiés');
    await caf.page.locator('#edito').fill('Les centres emploient {{staff.headcount}} personnes.');
    await press(caf, 'Enregistrer les textes');
    expect(await text(caf)).toContain('Les textes sont enregistrés');
    await press(caf, 'Envoyer les textes en relecture');
    await press(caf, 'Soumettre au vote du comité');

    await federation.page.goto(`${ROOM}/plaquette`);
    await federation.page.locator('details:has(#motif-refuse) > summary').click();
    await federation.page.locator('#motif-refuse').fill('Il manque un mot pour les bénévoles.');
    await press(federation, 'Refuser');
    expect(await text(federation)).toContain('revient en brouillon');

    await caf.page.goto(`${ROOM}/plaquette`);
    await press(caf, 'Relier la plaquette aux chiffres figés');
    await press(caf, 'Envoyer les textes en relecture');
    await press(caf, 'Soumettre au vote du comité');
    await press(caf, 'Donner mon accord');
    expect(await text(caf)).toContain('On attend l’accord de la fédération');
    await federation.page.goto(`${ROOM}/plaquette`);
    await press(federation, 'Donner mon accord');
    await press(federation, 'Publier la plaquette');
    expect(await text(federation)).toContain('La plaquette est publiée');
    const preview = await caf.context.request.get(`${stage.url}${ROOM}/apercu.pdf`);
    expect(preview.headers()['content-type']).toBe('application/pdf');
  });
});
