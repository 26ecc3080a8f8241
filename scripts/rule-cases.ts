/**
 * `npm run rule-cases -- K014 [K015…]` (or `--all`): proposes cases on both sides of a rule and writes them in src/domains/questionnaire/fixtures/rule-cases.json,
 * beside those that are there. Read them before keeping them: they say what the rule says, which is not always what it should.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contentFolder, readVersionFolder, yearsOf } from '../src/domains/questionnaire/index.server.ts';
import type { RuleCase } from '../src/domains/questionnaire/fixtures/rule-cases.ts';
import { mutantsOf } from './rules/mutate.ts';
import { caught, proposeCases } from './rules/search.ts';
import { seededRandom } from './rules/seeded-random.ts';

const file = path.resolve(import.meta.dirname, '../src/domains/questionnaire/fixtures/rule-cases.json');
const all = JSON.parse(readFileSync(file, 'utf8')) as { [id: string]: RuleCase[] };
const year = (await yearsOf(contentFolder())).at(-1)!;
const read = await readVersionFolder(contentFolder(), year);
if (!read.ok) throw new Error(`the version of ${year} has faults: npx senacs questionnaire check`);
const wanted = process.argv.slice(2);
const rules = read.value.rules.filter((r) => wanted.includes('--all') || wanted.includes(r.id));
if (rules.length === 0) {
  console.error('Usage: npm run rule-cases -- RULE [RULE…] | --all');
  process.exit(2);
}
const random = seededRandom(2026);
let [made, told] = [0, 0];
for (const rule of rules) {
  const mutants = mutantsOf(read.value, rule);
  const { cases, survivors } = proposeCases(read.value, rule, mutants, all[rule.id] ?? [], random);
  all[rule.id] = [...cases];
  made += mutants.length;
  told += caught(read.value, mutants, cases).length;
  console.log(`${rule.id}: ${cases.length} cases, ${mutants.length - survivors.length} of ${mutants.length} wrong rules caught${survivors.map((m) => `\n  not caught: ${m.what}`).join('')}`);
}
console.log(`${told} of ${made} (${((told / made) * 100).toFixed(1)} %)`);
const lines = Object.keys(all).toSorted().map((id) => `  ${JSON.stringify(id)}: [\n${all[id]!.map((one) => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]`);
writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
