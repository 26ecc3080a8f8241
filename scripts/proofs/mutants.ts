/**
 * Whether the tests of the rules would notice a wrong rule (mutation testing). Every rule is made wrong by one small change at a time; the cases of
 * src/domains/questionnaire/fixtures/rule-cases.json must say that something changed. Mutants that mean the same as the rule count as not caught.
 */
import { contentFolder, readVersionFolder, yearsOf } from '../../src/domains/questionnaire/index.server.ts';
import { ruleCases } from '../../src/domains/questionnaire/fixtures/rule-cases.ts';
import { compiledAlone, mutantsOf } from '../rules/mutate.ts';
import { caught, fires } from '../rules/search.ts';
import type { Proof } from '../proof.ts';

const AIM = 0.95;

export const proof: Proof = {
  shows: 'Each rule is made wrong by one small change (operator, number, threshold, choice, name, condition, kind of structure); the cases of the rules catch at least 95 % of the wrong rules, and say nothing of the right ones.',
  run: async ({ say }) => {
    const year = (await yearsOf(contentFolder())).at(-1)!;
    const read = await readVersionFolder(contentFolder(), year);
    if (!read.ok) throw new Error(`the version of ${year} has faults`);
    const version = read.value;
    let [made, told, cases] = [0, 0, 0];
    for (const rule of version.rules) {
      const own = ruleCases[rule.id] ?? [];
      const right = compiledAlone(version, rule)!;
      const wrong = own.find((one) => fires(right, rule.id, one) !== one.fires);
      if (wrong) throw new Error(`${rule.id} does not say what its case says: ${JSON.stringify(wrong)}`);
      const mutants = mutantsOf(version, rule);
      const found = new Set(caught(version, mutants, own));
      for (const mutant of mutants) if (!found.has(mutant)) say(`${rule.id} not caught: ${mutant.what}`);
      made += mutants.length;
      told += found.size;
      cases += own.length;
    }
    if (told < AIM * made) throw new Error(`${told} of ${made} wrong rules are caught, less than ${AIM * 100} %`);
    return { rules: version.rules.length, 'cases of the rules': cases, 'wrong rules made': made, 'wrong rules caught': `${told} (${((100 * told) / made).toFixed(1)} %)` };
  },
};
