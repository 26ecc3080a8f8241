/** Random cases judged by the rule engine, as digests that two engines can compare. The same file runs in Node and, bundled, in a browser. */
import { type Answers, type CompiledVersion, compileVersion, evaluateAll, fingerprintOf, progress, type QuestionnaireVersion, visibleQuestions } from '../../src/domains/questionnaire/index.ts';
import { compileExpression } from '../../src/domains/questionnaire/expression/compile.ts';
import { scopeOf } from '../../src/domains/questionnaire/compiled-version.ts';
import { Sheet } from '../../src/domains/questionnaire/sheet.ts';
import { randomAnswer } from './random-answers.ts';
import { randomExpression } from './random-expressions.ts';
import { seededRandom } from './seeded-random.ts';

/** One case: what a sheet gives (findings with fingerprints, questions shown, progress) and what a random expression is worth on it. */
function* judged(compiled: CompiledVersion, seed: number, cases: number): Generator<unknown> {
  const random = seededRandom(seed);
  const { questions } = compiled.version;
  const scope = scopeOf(compiled.version);
  const some = (share: number): Answers => Object.fromEntries(questions.flatMap((q) => (random() < share ? [[q.key, randomAnswer(q, random)] as const] : [])));
  let [answers, previous] = [some(0.8), some(0.6)];
  for (let i = 0; i < cases; i++) {
    // a new sheet now and then, else the one before with one answer changed: most cases stand near others, as in a life
    if (i % 50 === 49) [answers, previous] = [some(random()), some(random())];
    const question = questions[Math.floor(random() * questions.length)]!;
    answers = { ...answers, [question.key]: randomAnswer(question, random) };
    const context = {
      structureKind: random() < 0.6 ? 'CS' : 'EVS', territory: random() < 0.5 ? '62' : '13', dataYear: compiled.dataYears[Math.floor(random() * compiled.dataYears.length)]!, answers, previous,
      onBehalfReviewed: random() < 0.9, outlier: (target: string) => target.length % 2 === 0,
    };
    const { text, tree } = randomExpression(compiled.version, scope, random);
    const worth = compileExpression(tree)(new Sheet(compiled, context).frame);
    yield [
      evaluateAll(compiled, context).map((f) => [f.ruleId, f.subject, f.fingerprint, f.detail]), visibleQuestions(compiled, context).length, progress(compiled, context),
      // JSON has no undefined and writes each number with the digits that give it back
      text, worth ?? 'not evaluable',
    ];
  }
}

/** One fingerprint for a block of cases; `each`: one by one, to find where two engines part. */
export function judgeBlock(version: QuestionnaireVersion, seed: number, cases: number, each = false): readonly string[] {
  const compiled = ready(version);
  const digests: string[] = [];
  let chain = '';
  for (const one of judged(compiled, seed, cases)) {
    if (each) digests.push(JSON.stringify(one));
    else chain = fingerprintOf([chain, one]);
  }
  return each ? digests : [chain];
}

const compiledVersions = new Map<string, CompiledVersion>();
function ready(version: QuestionnaireVersion): CompiledVersion {
  const known = compiledVersions.get(version.contentHash) ?? compileVersion(version);
  compiledVersions.set(version.contentHash, known);
  return known;
}
