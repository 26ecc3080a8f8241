import { describe, expect, it } from 'vitest';
import { contentFolder, readVersionFolder } from '../index.server.ts';
import { ALL_KINDS } from '../fixtures/all-kinds.ts';
import { FUNCTIONS } from './functions.ts';
import { expressionWords, FUNCTION_WORDS } from './words.ts';

const plain = (expression: string): string => expressionWords(ALL_KINDS, expression).replaceAll('\u00a0', ' ');

describe('a condition in words', () => {
  it.each([
    ["management == 'yes'", 'la réponse à A07 est « Oui »'],
    ["management != 'no'", 'la réponse à A07 n’est pas « Non »'],
    ["has(bodies, 'board') || has(bodies, 'office')", 'la réponse à A08 comprend « Conseil » ou la réponse à A08 comprend « Bureau »'],
    ["people > 0 && (has(bodies, 'none') || work <= 1.5)", 'A01 dépasse 0 et (la réponse à A08 comprend « Aucune » ou A02 vaut au plus 1,5)'],
    ['!filled(remark)', 'il est faux que A05 a une réponse'],
    ['sum(ages.*.count) == people', 'le total de A09 (colonne « Personnes ») est égal à A01'],
    ['ages.young.count >= (people - 1) * 2', 'A09 (« Jeunes », « Personnes ») vaut au moins (A01 − 1) × 2'],
    ["rows_le(ages, 'count', 'share')", 'dans chaque ligne de A09, « Personnes » ne dépasse pas « Part »'],
  ])('%s', (expression, words) => expect(plain(expression)).toBe(words));

  it('has words for every function of the language, and for no other', () => {
    expect(Object.keys(FUNCTION_WORDS).toSorted()).toEqual(Object.keys(FUNCTIONS).toSorted());
  });

  it('says every condition, calculation and check of the questionnaire without a key left', async () => {
    const read = await readVersionFolder(contentFolder(), 2026);
    if (!read.ok) throw new Error(read.error[0]!.message);
    const { questions, rules } = read.value;
    const texts = [...questions.flatMap((q) => [q.relevance, q.computed]), ...rules.flatMap((r) => [r.when, r.assert])].filter((text) => text !== null && text !== undefined);
    expect(texts.length).toBeGreaterThan(100);
    const keyLeft = texts.map((text) => expressionWords(read.value, text)).filter((words) => /[a-z]+_[a-z]+/.test(words.replaceAll(/le seuil \w+/g, '')));
    expect(keyLeft).toEqual([]);
  });
});
