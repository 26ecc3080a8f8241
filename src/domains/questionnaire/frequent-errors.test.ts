/** The five frequent errors that the guide names (R45 to R49), each said where it happens: in the help of the question, and by a check when it is made. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerValue } from './answer.ts';
import { compileVersion, type CompiledVersion } from './compiled-version.ts';
import { evaluateAll } from './evaluate.ts';
import { altered, sampleAnswers, sampleContext } from './fixtures/sample.ts';
import { contentFolder, readVersionFolder, yearsOf } from './index.server.ts';

let compiled: CompiledVersion;
beforeAll(async () => {
  const read = await readVersionFolder(contentFolder(), (await yearsOf(contentFolder())).at(-1)!);
  if (!read.ok) throw new Error(read.error[0]!.message);
  compiled = compileVersion(read.value);
});

interface Frequent {
  readonly error: string;
  /** Question and words of its help. */
  readonly help: readonly (readonly [string, RegExp])[];
  /** The error made in a response where all is right. */
  readonly made: { readonly [key: string]: AnswerValue | undefined };
  readonly check: string;
  readonly says: RegExp;
}
const FREQUENT: readonly Frequent[] = [
  {
    error: 'headcount taken for full-time equivalents', help: [['staff_headcount', /mi-temps compte pour 1/], ['staff_fte', /Pas le nombre de personnes/]],
    made: { staff_fte: (sampleAnswers['staff_headcount'] as { value: number }).value }, check: 'K016', says: /ETP égalent le nombre de salariés/,
  },
  { error: 'occasional volunteers forgotten', help: [['volunteers_activities_occasional', /^Souvent oubliés/], ['volunteers_total', /même une seule fois/]], made: { volunteers_activities_occasional: 0 }, check: 'K067', says: /ajoutez ceux qui ont aidé au moins une fois/ },
  {
    error: 'own income left out of the budget', help: [['income_total', /recettes propres comprises/], ['income_by_funder', /y compris les recettes propres/]],
    made: { income_by_funder: { user_fees: { amount: 0 }, memberships: { amount: 0 }, other_own: { amount: 0 } } }, check: 'K034', says: /ajoutez cotisations et participations des familles/,
  },
  { error: 'users counted once per sector', help: [['unique_users', /même dans plusieurs secteurs/]], made: {}, check: 'K092', says: /comptez une seule fois une personne présente dans plusieurs/ },
  { error: 'blank left where there is none', help: [['l62_master2', /0 si aucun/], ['asl_participants', /0 si aucun/], ['general_meetings', /^.*0 pour/]], made: { volunteers_trained: undefined }, check: 'K001', says: /répondez, avec 0/ },
];
const SECTORS = ['early_childhood_children', 'childhood_children', 'preteens_count', 'teens_count', 'young_adults_count', 'seniors_count'];

describe.each(FREQUENT)('$error', ({ help, made, check, says }) => {
  it('is said in the help', () => {
    for (const [key, words] of help) expect(compiled.questions.get(key)!.help, key).toMatch(words);
  });
  it('is found when it is made, and not before', () => {
    const found = (changes: Frequent['made']) => evaluateAll(compiled, { ...sampleContext(), answers: altered(sampleAnswers, changes) }).filter((f) => f.ruleId === check);
    const sum = SECTORS.reduce((n, key) => n + (((sampleAnswers[key] as { value?: number } | undefined)?.value ?? 0)), 0);
    expect(found({})).toEqual([]);
    const [finding] = found(check === 'K092' ? { unique_users: sum } : made);
    expect(finding?.message).toMatch(says);
  });
});
