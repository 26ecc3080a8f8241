/**
 * What is judged answer by answer is what the whole sheet judges. Random structures answer, change and take back random questions; the findings kept
 * from save to save (only the rules that read the question are judged) are compared with a full evaluation, and every answer goes through
 * JSON and through the fields of a form and comes back the same.
 */
import {
  type Answer, type Answers, answerEquals, type CompiledVersion, compileVersion, evaluateAll, evaluateReading, type EvaluationContext, fieldName, type Finding, formatInput,
  parseAnswer, parseFormAnswer, presentField, progress, type Question, requiredMissing, stateField, tableOf, visibleQuestions,
} from '../../src/domains/questionnaire/index.ts';
import { contentFolder, readVersionFolder, yearsOf } from '../../src/domains/questionnaire/index.server.ts';
import { randomAnswer } from '../rules/random-answers.ts';
import type { Proof, ProofRun } from '../proof.ts';

const STEPS = 150;

export const proof: Proof = {
  shows: 'Random structures answer, change and take back random questions of every version and data year. The findings kept save after save are those of a full evaluation; each answer comes back the same from JSON and from the fields of a form.',
  run: async (run) => {
    const sequences = run.sample ? 40 : 2000;
    const versions: CompiledVersion[] = [];
    for (const year of await yearsOf(contentFolder())) {
      const read = await readVersionFolder(contentFolder(), year);
      if (!read.ok) throw new Error(`the version of ${year} has faults`);
      versions.push(compileVersion(read.value));
    }
    const fired = new Set<string>();
    let compared = 0;
    let answers = 0;
    for (let i = 1; i <= sequences; i++) {
      const compiled = versions[i % versions.length]!;
      const dataYear = compiled.dataYears[Math.floor(run.random() * compiled.dataYears.length)]!;
      const one = sequence(compiled, dataYear, run.random() < 0.7 ? 'CS' : 'EVS', run);
      for (const id of one.fired) fired.add(id);
      compared += one.compared;
      answers += one.answers;
      if (i % 200 === 0) run.say(`${i} sequences, ${compared} comparisons`);
    }
    return { 'sequences of saves': sequences, 'answers given, changed or taken back': answers, 'comparisons with a full evaluation': compared, 'different rules broken': fired.size };
  },
};

function sequence(compiled: CompiledVersion, dataYear: number, kind: string, { random }: ProofRun): { readonly fired: readonly string[]; readonly compared: number; readonly answers: number } {
  const base = { structureKind: kind, territory: random() < 0.5 ? '62' : '13', dataYear, outlier: (target: string) => target.length % 2 === 0 };
  const previous: Answers = Object.fromEntries(compiled.version.questions.flatMap((q) => (random() < 0.5 ? [[q.key, randomAnswer(q, random)] as const] : [])));
  const questions = visibleQuestions(compiled, { ...base, answers: {} });
  let answers: Answers = {};
  const kept = new Map<string, Finding>();
  let compared = 0;
  for (let step = 1; step <= STEPS; step++) {
    // hidden questions are answered too: a client may be late on what it shows
    const pool = random() < 0.8 ? questions : compiled.version.questions;
    const question = pool[Math.floor(random() * pool.length)]!;
    const answer = random() < 0.12 ? undefined : randomAnswer(question, random);
    comesBack(question, answer);
    const { [question.key]: _, ...rest } = answers;
    answers = answer ? { ...rest, [question.key]: answer } : rest;
    const context: EvaluationContext = { ...base, answers, previous };
    const { evaluated, findings } = evaluateReading(compiled, context, question.key);
    for (const [name, finding] of kept)
      if (evaluated.some((e) => e.ruleId === finding.ruleId && (e.subjects === 'all' || e.subjects.includes(finding.subject)))) kept.delete(name);
    for (const finding of findings) kept.set(`${finding.ruleId} ${finding.subject}`, finding);
    if (step % 10 !== 0) continue;
    compared++;
    compare(compiled, context, kept);
  }
  return { fired: [...kept.values()].map((f) => f.ruleId), compared, answers: STEPS };
}

function compare(compiled: CompiledVersion, context: EvaluationContext, kept: ReadonlyMap<string, Finding>): void {
  // rules on the sheet as a whole, one finding for all, wait for the batch
  const whole = evaluateAll(compiled, context, { gates: false }).filter((f) => f.subject !== '' || !compiled.ruleById.get(f.ruleId)!.wide);
  const text = (findings: Iterable<Finding>): string => JSON.stringify([...findings].map((f) => [f.ruleId, f.subject, f.fingerprint]).toSorted());
  if (text(kept.values()) !== text(whole)) throw new Error(`save by save and as a whole differ:\n${text(kept.values())}\n${text(whole)}\n${JSON.stringify(context)}`);
  const { required, answered } = progress(compiled, context);
  if (required - answered !== requiredMissing(compiled, context).length) throw new Error('progress and the list of what is missing differ');
}

/** Through JSON, and through the fields of a form. */
function comesBack(question: Question, answer: Answer | undefined): void {
  const read = parseAnswer(question, JSON.parse(JSON.stringify(answer ?? null)));
  if (!read.ok || !answerEquals(read.value, answer)) throw new Error(`${question.key} does not come back from JSON: ${JSON.stringify(answer)}`);
  const fields = new Map<string, readonly string[]>([[presentField(question.key), ['1']]]);
  if (answer?.state === 'value') {
    const { value } = answer;
    if (typeof value === 'number' || typeof value === 'string') fields.set(question.key, [formatInput(question.kind, value)]);
    else if (Array.isArray(value)) fields.set(question.key, value as readonly string[]);
    else
      for (const [row, cells] of Object.entries(tableOf(answer)))
        for (const [column, cell] of Object.entries(cells)) {
          const name = fieldName(question.key, row, column);
          if (typeof cell === 'string') fields.set(stateField(name), [cell]);
          else if (cell !== false) fields.set(name, [formatInput(question.table!.columns.find((c) => c.code === column)!.kind, cell)]);
        }
  } else if (answer) fields.set(stateField(question.key), [answer.state]);
  const typed = parseFormAnswer(question, (name) => fields.get(name) ?? []);
  // a table of boxes that is on the page and has none ticked is answered, not empty
  const unticked = answer === undefined && typed.ok && typed.value !== undefined && question.table?.columns.some((c) => c.kind === 'boolean');
  if (!typed.ok || !(unticked || answerEquals(typed.value, answer))) throw new Error(`${question.key} does not come back from its form: ${JSON.stringify(answer)} -> ${JSON.stringify(typed)}`);
}
