/**
 * The whole core, of an espace de vie sociale and of a centre social, filled with the keyboard only, on two devices, off line for half of it:
 * each begins on one device, goes on on the other, loses the network there, and everything given is on the server when it is back.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerEquals, type Answers, askedKeys, parseAnswer, requiredMissing } from '../../src/domains/questionnaire/index.ts';
import { sampleAnswers, valueAnswer } from '../../src/domains/questionnaire/fixtures/sample.ts';
import { DATA_YEAR, type EntryStage, entryStage, ready, says, sees, status, types, words } from '../support/entry-stage.ts';
import type { Visitor } from '../support/journey.ts';
import { fillByKeyboard } from '../support/keyboard.ts';

describe.each(['EVS', 'CS'] as const)('the core of a structure of kind %s', (kind) => {
  // the sample is a centre social's: one question is asked of an EVS only
  const wanted: Answers = { ...sampleAnswers, resident_groups_count: valueAnswer(3) };
  let entry: EntryStage;
  let first: Visitor;
  let second: Visitor;
  beforeAll(async () => {
    entry = await entryStage(kind);
    first = await entry.stage.signedIn(entry.house.director);
    second = await entry.stage.signedIn(entry.house.director);
  });
  afterAll(() => entry?.close());

  it('is filled with the keyboard only, on two devices, off line for half of it, and nothing is lost', { timeout: 400_000 }, async () => {
    const { house, at } = entry;
    const rubrics = [...new Set(askedKeys(house.compiled, { structureKind: kind, territory: house.territory, dataYear: DATA_YEAR }).map((key) => house.compiled.questions.get(key)!.rubric))];
    const answered = new Set<string>();
    const half = Math.floor(rubrics.length / 2);
    const quarter = Math.floor(half / 2);
    const fill = async (who: Visitor): Promise<void> => {
      for (const key of await fillByKeyboard(who.page, house.compiled, wanted)) answered.add(key);
    };
    await first.page.goto(at(rubrics[0]!));
    for (const [n, rubric] of rubrics.entries()) {
      const who = n < quarter ? first : second;
      if (n === quarter) {
        // the other device: what the first gave is there
        await says(first, /Enregistré|utilisable sans le réseau|enregistré/);
        await second.page.goto(at(rubric));
        await ready(second);
      }
      if (n > half) await expect.poll(() => who.page.url(), { timeout: 20_000 }).toContain(`/hors-ligne#${at(rubric)}`);
      else await who.page.waitForURL((url) => url.pathname === at(rubric));
      await expect.poll(() => who.page.locator('h1').textContent(), { timeout: 20_000 }).toMatch(new RegExp(`^${rubric}\\.`));
      await expect.poll(() => status(who).textContent(), { timeout: 20_000 }).not.toBe('');
      if (n === half) await entry.cutNetwork();
      if (n > half) {
        expect(await words(who)).toMatch(/Sans le réseau\./);
        if (n === half + 1) await who.inspect();
      }
      await fill(who);
    }
    // The last button leads to the sending, which needs the network: the page says so and lists the rubrics.
    await sees(second, /La page demandée a besoin du réseau/);
    await second.inspect();

    // N-1, help and checks are there without the network.
    await second.page.goto(at('E'));
    await sees(second, /2024/);
    await types(second, 'opening_weeks', '70');
    await sees(second, /À (corriger|vérifier)/);
    await types(second, 'opening_weeks', String((wanted['opening_weeks'] as { value: number }).value));
    await says(second, /En attente du réseau/);
    // A reload without the network loses nothing.
    await second.page.reload();
    await says(second, /En attente du réseau : \d+ réponses gardées dans ce navigateur/);

    await entry.giveNetworkBack();
    await second.page.reload();
    await says(second, /Rien n’est en attente|Tout est enregistré|Enregistré à/);

    // The first device, which never saw what was given off line, shows it.
    await first.page.goto(at('E'));
    await expect.poll(() => first.page.locator('input[name="opening_weeks"]').inputValue()).toBe(String((wanted['opening_weeks'] as { value: number }).value));
    const copy = (await (await first.context.request.get(`/centre/${house.responseId}/copie.json`)).json()) as { view: { sheets: { [year: number]: { answers: typeof sampleAnswers } } } };
    const stored = copy.view.sheets[DATA_YEAR]!.answers;
    const given = [...answered].filter((key) => wanted[key]);
    expect(requiredMissing(house.compiled, { structureKind: kind, territory: house.territory, dataYear: DATA_YEAR, answers: stored }).map((q) => q.key)).toEqual([]);
    const lost = given.filter((key) => {
      const read = parseAnswer(house.compiled.questions.get(key)!, wanted[key]);
      return !(read.ok && answerEquals(read.value, stored[key]));
    });
    expect(lost).toEqual([]);
  });
});
