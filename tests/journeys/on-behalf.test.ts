/**
 * A correspondent types a whole rubric for a structure, with somebody on the telephone and nothing but the keyboard: Enter from field to field, codes for options. The
 * structure is told, reads who gave each value and when, accepts one and contests another. The same page without script, from paper.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askedKeys, parseAnswer } from '../../src/domains/questionnaire/index.ts';
import { sampleAnswers } from '../../src/domains/questionnaire/fixtures/sample.ts';
import { optionCode } from '../../src/web/centre/on-behalf/entry-keys.ts';
import { DATA_YEAR, type EntryStage, entryStage, says } from '../support/entry-stage.ts';
import type { Visitor } from '../support/journey.ts';
import { inScenes, press, sees, wordsOf } from '../support/story.ts';

let stage: EntryStage;
let caf: Visitor;
let director: Visitor;
beforeAll(async () => {
  stage = await entryStage('EVS');
  caf = await stage.stage.signedIn(stage.house.caf);
  director = await stage.stage.signedIn(stage.house.director);
});
afterAll(() => stage?.close());
inScenes();

const dense = (rubric: string): string => `${stage.at(rubric)}/pour-compte`;
const focused = (who: Visitor): Promise<{ name: string; tag: string; type: string; boxes: string[]; kind: string }> =>
  who.page.evaluate(`(() => { const e = document.activeElement; return { name: e.name ?? '', tag: e.tagName, type: e.type ?? '', kind: e.inputMode ?? '', boxes: [...(e.closest('[data-key]')?.querySelectorAll('input[type=checkbox][name="' + e.name + '"]') ?? [])].map((b) => b.value) }; })()`) as Promise<never>;
const today = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Paris' }).format(new Date()).replace(/^1 /, '1er ');

let keys = 0;
async function key(who: Visitor, name: string): Promise<void> {
  keys++;
  await who.page.keyboard.press(name);
}
async function text(who: Visitor, words: string): Promise<void> {
  keys += words.length;
  await who.page.keyboard.type(words);
}

it('says once where the answers come from, before the first of them', async () => {
  await caf.open(`/centre/${stage.house.responseId}`);
  await press(caf, /Saisir pour le compte/);
  await caf.open(stage.at('E'));
  await press(caf, /Saisie dense/, 'link');
  await sees(caf, 'D’où viennent ces réponses');
  await caf.inspect();
  await caf.page.getByLabel('Téléphone').check();
  await press(caf, 'Commencer la saisie');
  await sees(caf, 'Dites qui était au téléphone');
  await caf.inspect();
  await caf.page.getByLabel('Qui les donne').fill('Mme Roux, trésorière');
  await press(caf, 'Commencer la saisie');
  await sees(caf, `par téléphone avec Mme Roux, trésorière, le ${today}`);
  await caf.inspect();
});

it('is typed with the keyboard only, Enter from field to field, and each answer is acknowledged', async () => {
  const { compiled } = stage.house;
  const answered = new Set<string>();
  const seen: string[] = [];
  for (let steps = 0; steps < 300; steps++) {
    if (steps === 0) await expect.poll(async () => (await focused(caf)).name, { timeout: 20_000 }).not.toBe('');
    const at = await focused(caf);
    if (at.tag === 'BUTTON') break;
    seen.push(at.name);
    const [question = '', row, column] = at.name.split('.');
    const asked = compiled.questions.get(question)!;
    const given = parseAnswer(asked, sampleAnswers[question] ?? null);
    const answer = given.ok ? given.value : undefined;
    if (answer?.state === 'value') {
      answered.add(question);
      if (row) {
        const cell = (answer.value as { [row: string]: { [column: string]: number | boolean } })[row]?.[column!];
        if (typeof cell === 'number') await text(caf, String(cell).replace('.', ','));
        else if (cell === true) await key(caf, 'Space');
      } else if (asked.kind === 'single') await key(caf, optionCode(asked.options!.findIndex((o) => o.code === answer.value))!);
      else if (asked.kind === 'multiple') for (const code of answer.value as string[]) await key(caf, optionCode(at.boxes.indexOf(code))!);
      else await text(caf, asked.kind === 'date' ? String(answer.value).split('-').reverse().join('/') : String(answer.value).replace('.', ','));
    }
    await key(caf, 'Enter');
    await caf.page.waitForTimeout(80);
  }
  expect((await focused(caf)).tag, `Enter leads to the end: ${seen.join(' ')}`).toBe('BUTTON');
  expect(seen.length, 'no field twice').toBe(new Set(seen).size);
  await says(caf, /Enregistré à/);
  await caf.inspect();
  const required = askedKeys(compiled, { structureKind: 'EVS', territory: '59', dataYear: DATA_YEAR }).filter((k) => compiled.questions.get(k)!.rubric === 'E' && sampleAnswers[k]);
  expect(required.length).toBeGreaterThan(3);
  expect(keys, `${keys} keys for ${answered.size} questions and ${seen.length} fields`).toBeLessThan(seen.length * 6);
  // the last Enter leads to the next rubric, from the same source; back and forth
  await key(caf, 'Enter');
  await caf.page.waitForURL(/\/F\/pour-compte\?source=/);
  await expect.poll(async () => (await focused(caf)).name, { timeout: 20_000 }).not.toBe('');
  const first = (await focused(caf)).name;
  await key(caf, 'Enter');
  expect((await focused(caf)).name).not.toBe(first);
  await key(caf, 'Shift+Enter');
  expect((await focused(caf)).name).toBe(first);
});

it('checks while one types', async () => {
  await caf.page.goto(dense('C'));
  await caf.page.getByRole('link', { name: /par téléphone avec Mme Roux/ }).click();
  await caf.page.waitForURL(/\/C\/pour-compte\?source=/);
  await expect.poll(async () => (await focused(caf)).name, { timeout: 20_000 }).toBe('staff_headcount');
  await caf.page.keyboard.type('2');
  await caf.page.keyboard.press('Enter');
  expect((await focused(caf)).name).toBe('staff_fte');
  await caf.page.keyboard.type('8,5');
  await caf.page.keyboard.press('Enter');
  await expect.poll(() => wordsOf(caf)).toContain('À corriger');
  await caf.inspect();
  await caf.page.keyboard.press('Shift+Enter');
  await caf.page.keyboard.type('1,5');
  await caf.page.keyboard.press('Enter');
  await expect.poll(() => wordsOf(caf)).not.toContain('À corriger');
  // a state that the question does not offer is said, and nothing is typed
  await caf.page.locator('input[name="civic_service"]').fill('');
  await caf.page.locator('input[name="civic_service"]').press('/');
  await sees(caf, '« Non concerné » n’est pas proposé à cette question.');
  expect(await caf.page.locator('input[name="civic_service"]').inputValue()).toBe('');
  await says(caf, /Enregistré à/);
});

it('is told to the structure, which reads what each value comes from, accepts one and contests another', async () => {
  await director.open('/messages');
  await sees(director, 'des réponses sont saisies pour votre compte');
  await sees(director, 'par téléphone avec Mme Roux, trésorière');
  await press(director, 'Relire ces valeurs', 'link');
  await sees(director, 'Saisi pour votre compte, à relire');
  await sees(director, `par téléphone avec Mme Roux, trésorière, le ${today}`);
  await director.inspect();
  const before = await director.page.getByRole('button', { name: /^Accepter/ }).count();
  expect(before).toBeGreaterThan(4);
  await press(director, /^Accepter/);
  const point = director.page.locator('#relire div').filter({ hasText: 'C02' }).first();
  await point.getByLabel(/^Commentaire/).fill('Deux, avec l’apprentie.');
  await Promise.all([director.page.waitForEvent('load'), point.getByRole('button', { name: /^Contester/ }).click()]);
  await sees(director, 'valeur contestée');
  expect(await director.page.getByRole('button', { name: /^Accepter/ }).count()).toBe(before - 2);
  await director.open(`/centre/${stage.house.responseId}/${DATA_YEAR}/historique/staff_fte`);
  await sees(director, 'la Caf, pour votre compte, par téléphone avec Mme Roux, trésorière');
});

it('works without script, from a paper', async () => {
  const plain = await stage.stage.signedIn(stage.house.caf, { script: false });
  await plain.page.goto(dense('H'));
  await plain.page.getByRole('radio', { name: 'Papier' }).check();
  await press(plain, 'Commencer la saisie');
  await sees(plain, `d’après un papier reçu le ${today}`);
  const field = plain.page.locator('form [data-key] input[inputmode=numeric]').first();
  const name = await field.getAttribute('name');
  await field.fill('beaucoup');
  await plain.page.locator('button[data-goes-on]').click();
  await sees(plain, 'Ce qui n’a pas pu être lu');
  expect(await field.inputValue()).toBe('beaucoup');
  await field.fill('3');
  await plain.page.locator('button[data-goes-on]').click();
  await plain.page.waitForURL((url) => !url.pathname.includes('/H/'));
  await plain.page.goto(`/centre/${stage.house.responseId}/${DATA_YEAR}/historique/${name!.split('.')[0]!}`);
  await sees(plain, 'd’après un papier reçu le');
});

it('is for correspondents: a structure that comes there finds the ordinary page', async () => {
  await director.page.goto(dense('E'));
  expect(new URL(director.page.url()).pathname).toBe(stage.at('E'));
  expect(await wordsOf(director)).not.toContain('Saisie dense');
});
