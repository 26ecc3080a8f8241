/**
 * A save: read what is needed, let the rules decide here, write history, sheet, findings and counters in one commit (`entry.record_save`), provided
 * that what was judged still stands; otherwise it is judged again on the new state. What the process has just saved it need not read: it judges on what
 * it knows, and the writing tells whether it knew well. What is acknowledged is committed and visible at once: no worker follows behind.
 */
import { answerEquals, askedKeys, type CompiledVersion, parseAnswer } from '../questionnaire/index.ts';
import { type Actor, entryRole, inPart, partOver } from '../access/index.ts';
import { hashToken } from '../access/index.server.ts';
import { isUuid, type ResponseId } from '../../kernel/identifier.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import { inTransaction, refusedBy } from '../../platform/database.server.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { type KeptAnswer, verdictOf } from './conflict.ts';
import { keepConflicts, settleConflicts } from './conflicts.server.ts';
import { charterNeeded, type ConflictRefusal, malformedSave, notSignedIn, outsideYourPart, saveIdReused, tooBusy, unknownQuestion, unknownResponse, unknownSource, valueMoved } from './errors.ts';
import { applyChanges, applyFindingChanges, type Change, countersOf, findingChanges, progressOf, progressOnceChanged } from './judge.ts';
import type { AnswerSource, Completeness, Counters, SaveReceipt, SaveRequest } from './model.ts';
import { ancestorsOf } from './places.server.ts';
import { onBehalfSourcesOf, type SaidSource, tellOnBehalf, tieToSource } from './on-behalf/source.server.ts';
import { compareWithRegister, isRegisterQuestion } from './register-answers.server.ts';
import { type ResponseFacts, whyNoEntry, writesAs } from './rules.ts';
import { type By, type Loaded, loadForSave } from './save-load.server.ts';
import { type Witness, writeSave } from './save-record.server.ts';
import { type Runner, runnerOf } from './statement-runner.server.ts';

export interface SaveItem {
  readonly saveId: string;
  readonly key: string;
  readonly answer: unknown;
  /** Fingerprint of what its author saw, and the conflicts that he settles: see SaveRequest. */
  readonly base?: string;
  readonly settles?: readonly string[];
  readonly sourceId?: string;
}
export interface SaveSheetRequest {
  readonly responseId: ResponseId;
  readonly dataYear: number;
  readonly items: readonly SaveItem[];
}
export interface ItemFault {
  readonly key: string;
  readonly message: string;
}
export interface Saved {
  readonly receipts: readonly SaveReceipt[];
  /** Items refused one by one; the others are saved. */
  readonly faults: readonly ItemFault[];
  /** Items not written because their question had moved to another value: kept beside it until somebody chooses. */
  readonly conflicts: readonly KeptAnswer[];
  readonly counters: Counters & { readonly completeness: Completeness };
}
export interface SaveOptions {
  /** All or nothing: the first fault refuses the whole (a single save). */
  readonly strict?: boolean;
  /** Answers equal to what stands are left alone and get no receipt (a form posted whole). */
  readonly onlyChanges?: boolean;
  /** What the values come from, when it is not the person (an imported file). */
  readonly source?: AnswerSource;
}

const ATTEMPTS = 25;

/** One answer. Sent twice with the same `saveId`, it is counted once and gets the same receipt. */
export async function saveAnswer(runner: Runner, by: By, save: SaveRequest): Promise<Result<SaveReceipt, Refusal | ConflictRefusal>> {
  const saved = await saveAnswers(runner, by, { responseId: save.responseId, dataYear: save.dataYear, items: [save] }, { strict: true });
  if (!saved.ok) return saved;
  const [conflict] = saved.value.conflicts;
  return conflict ? refuse(valueMoved(conflict)) : ok(saved.value.receipts[0]!);
}

/** Several answers of one data year, in one commit. Items that are ill-typed or not asked come back as faults; the others are saved. */
export async function saveAnswers(runner: Runner, by: By, request: SaveSheetRequest, options: SaveOptions = {}): Promise<Result<Saved>> {
  const ids = request.items.map((item) => item.saveId);
  if (!isUuid(request.responseId) || !ids.every(isUuid) || new Set(ids).size !== ids.length) return refuse(malformedSave);
  const { shared } = runner;
  return shared ? shared.inTurn(request.responseId, () => saveInTurn(runner, by, request, ids, options)) : saveInTurn(runner, by, request, ids, options);
}

async function saveInTurn(runner: Runner, by: By, request: SaveSheetRequest, ids: readonly string[], options: SaveOptions): Promise<Result<Saved>> {
  const remembered = await saveFromMemory(runner, by, request, options);
  if (remembered) return remembered;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // oxlint-disable-next-line no-await-in-loop -- each attempt needs the state that the last one found changed
    const loaded = await loadForSave(runner, by, request.responseId, ids);
    if (!loaded) return refuse(unknownResponse);
    if ('token' in by) runner.shared?.known.learn(request.responseId, by.token, loaded);
    // oxlint-disable-next-line no-await-in-loop
    const saved = await attemptSave(runner, loaded, request, options);
    if (saved) return saved;
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * attempt));
  }
  return refuse(tooBusy);
}

/** The save judged on what this process knows; undefined when it does not know enough, or was wrong. A refusal is never pronounced from memory. */
async function saveFromMemory(runner: Runner, by: By, request: SaveSheetRequest, options: SaveOptions): Promise<Result<Saved> | undefined> {
  const known = runner.shared?.known;
  const loaded = known && 'token' in by ? known.recall(request.responseId, by.token) : undefined;
  const role = loaded?.actor && entryRole(loaded.actor, loaded.structureId);
  if (!known || !loaded || !role || !('token' in by)) return undefined;
  const saved = await attemptSave(runner, loaded, request, options, { token: hashToken(by.token), role, phase: loaded.phase });
  if (saved?.ok) return saved;
  known.forget(request.responseId, by.token);
  return undefined;
}

/** undefined: somebody else saved between reading and writing. */
async function attemptSave(runner: Runner, loaded: Loaded, request: SaveSheetRequest, options: SaveOptions, witness: Witness | null = null): Promise<Result<Saved> | undefined> {
  const { actor } = loaded;
  if (!actor) return refuse(notSignedIn);
  if (!actor.charterAccepted) return refuse(charterNeeded);
  const compiled = await loadVersion(runner.db, loaded.questionnaireYear);

  const part = partOver(actor, loaded);
  const as = part ? 'structure' : writesAs(actor, { structureId: loaded.structureId, ancestors: await ancestorsIfNeeded(runner, actor, loaded) });
  const refusal = as ? undefined : whyNoEntry(loaded.state, loaded.phase, as);
  if (refusal) return refuse(refusal);
  if (part && !request.items.every((item) => inPart(part, request.dataYear, item.key))) return refuse(outsideYourPart);
  const given = new Map(loaded.receipts.map((r) => [r.saveId, r]));
  if (request.items.some((item) => given.has(item.saveId) && (given.get(item.saveId)!.responseId !== request.responseId || given.get(item.saveId)!.key !== item.key))) return refuse(saveIdReused);
  const earlier = request.items.flatMap((item) => given.get(item.saveId) ?? []).map(receiptOnly);
  const fresh = request.items.filter((item) => !given.has(item.saveId));
  const standing = (): Counters & { completeness: Completeness } => countersOf(factsOf(loaded), progressOf(compiled, factsOf(loaded)), loaded.findings, []);
  if (fresh.length === 0) return ok({ receipts: earlier, faults: [], conflicts: [], counters: standing() });

  const closed = whyNoEntry(loaded.state, loaded.phase, as);
  if (closed) return refuse(closed);
  const sources = as === 'structure' ? [] : await sourcesNamed(runner, actor, request.responseId, fresh);
  if (!sources) return refuse(unknownSource);
  const { changes, faults } = readItems(compiled, loaded, request.dataYear, fresh);
  if (options.strict && faults[0]) return refuse(faults[0].refusal);
  const answers = loaded.sheets[request.dataYear]?.answers ?? {};
  const told = options.onlyChanges ? changes.filter((change) => change.settles?.length || !answerEquals(answers[change.key], change.answer)) : changes;
  const toWrite = told.filter((change) => !loaded.conflicts.includes(change.saveId) && verdictOf(answers[change.key], change.answer, change.base) === 'write');
  const toKeep = told.filter((change) => !toWrite.includes(change));
  // From memory only what is written whole: a refusal, a conflict, nothing to do are told by what stands in the database.
  if (witness && toWrite.length < request.items.length) return undefined;
  const writing: Writing = { author: actor.accountId, source: options.source ?? as!, starts: true, witness, ...(as === 'caf' || as === 'federation' ? { onBehalf: { actor, side: as, source: sources[0] } } : {}) };
  const written = toWrite.length === 0 ? { receipts: [], counters: standing(), loaded } : await writeAll(runner, compiled, loaded, request, toWrite, writing);
  if (!written) return undefined;
  runner.shared?.known.advance(request.responseId, written.loaded);
  const conflicts = toKeep.length === 0 ? [] : await inTransaction(runner.db, (tx) => keepConflicts(tx, request, actor.accountId, toKeep));
  return ok({ receipts: [...earlier, ...written.receipts], faults, conflicts, counters: written.counters });
}

/** Sources that these saves name, all said by this person for this response; undefined when one is not. */
async function sourcesNamed(runner: Runner, actor: Actor, responseId: ResponseId, items: readonly SaveItem[]): Promise<SaidSource[] | undefined> {
  const named = new Set(items.flatMap((item) => item.sourceId ?? []));
  if (named.size === 0) return [];
  const said = (await onBehalfSourcesOf(runner.db, responseId, actor.accountId)).filter((source) => named.has(source.id));
  return said.length === named.size ? said : undefined;
}

/** What the answers bring with them is written in their transaction: the conflicts that they settle, what they propose to change in the register, what they come from when a correspondent types them. */
const writeAll: typeof record = (runner, compiled, loaded, request, changes, writing) => {
  const settling = changes.filter((c) => c.settles?.length);
  // The same answer given again tells the register nothing.
  const before = loaded.sheets[request.dataYear]?.answers ?? {};
  const ofRegister = changes.filter((c) => isRegisterQuestion(compiled, c.key) && !answerEquals(before[c.key], c.answer));
  if (settling.length === 0 && ofRegister.length === 0 && !writing.onBehalf) return record(runner, compiled, loaded, request, changes, writing);
  return inTransaction(runner.db, async (tx) => {
    const written = await record(runnerOf(tx), compiled, loaded, request, changes, writing);
    if (written) {
      // oxlint-disable-next-line no-await-in-loop -- one or two questions
      for (const c of settling) await settleConflicts(tx, request, c.saveId, c.key, c.settles!);
      if (writing.onBehalf) {
        await tieToSource(tx, changes);
        await tellOnBehalf(tx, loaded, writing.onBehalf.actor, writing.onBehalf.side, writing.onBehalf.source);
      }
      if (ofRegister.length > 0) await compareWithRegister(tx, { structureId: loaded.structureId, campaignYear: loaded.campaignYear, dataYear: request.dataYear }, ofRegister);
    }
    return written;
  });
};

interface ReadChange extends Change {
  readonly saveId: string;
  readonly sourceId?: string;
  readonly base?: string;
  readonly settles?: readonly string[];
}

function readItems(compiled: CompiledVersion, loaded: Loaded, dataYear: number, items: readonly SaveItem[]): { changes: ReadChange[]; faults: (ItemFault & { refusal: Refusal })[] } {
  const asked = askedSet(compiled, loaded.structureKind, loaded.territoryCode, dataYear);
  const changes: ReadChange[] = [];
  const faults: (ItemFault & { refusal: Refusal })[] = [];
  for (const item of items) {
    const question = asked.has(item.key) ? compiled.questions.get(item.key) : undefined;
    const parsed = question ? parseAnswer(question, item.answer ?? null) : refuse(unknownQuestion(item.key, dataYear));
    if (parsed.ok) changes.push({ saveId: item.saveId, key: item.key, answer: parsed.value, ...(item.base === undefined ? {} : { base: item.base }), ...(item.settles ? { settles: item.settles } : {}), ...(item.sourceId ? { sourceId: item.sourceId } : {}) });
    else faults.push({ key: item.key, message: parsed.error.message, refusal: parsed.error });
  }
  return { changes, faults };
}

export interface Writing {
  readonly author: string | null;
  readonly source: AnswerSource;
  /** Whether this save begins the response (`not_started` becomes `in_progress`). */
  readonly starts: boolean;
  /** What a save judged from memory rests on; absent: it was read just now. */
  readonly witness?: Witness | null;
  /** A correspondent types for the structure, from that source when one is said. */
  readonly onBehalf?: { readonly actor: Actor; readonly side: 'caf' | 'federation'; readonly source: SaidSource | undefined };
}

/** Judges the changes and writes them; undefined when the response moved meanwhile. */
export async function record(
  runner: Runner,
  compiled: CompiledVersion,
  loaded: Loaded,
  request: { readonly responseId: ResponseId; readonly dataYear: number },
  changes: readonly ReadChange[],
  writing: Writing,
): Promise<{ receipts: SaveReceipt[]; counters: Counters & { completeness: Completeness }; loaded: Loaded } | undefined> {
  const { dataYear } = request;
  const keys = changes.map((c) => c.key);
  const before = loaded.sheets[dataYear];
  const after = applyChanges(before, changes, writing.source);
  const sheets = { ...loaded.sheets, [dataYear]: after };
  const facts: ResponseFacts = { ...factsOf(loaded), sheets };
  const found = findingChanges(compiled, facts, loaded.findings, dataYear, keys);
  const progresses = loaded.progress ? progressOnceChanged(compiled, factsOf(loaded), facts, dataYear, keys, loaded.progress) : progressOf(compiled, facts);
  const counters = countersOf(facts, progresses, loaded.findings, found);
  const removed = changes.filter((c) => !c.answer).map((c) => c.key);
  const starts = writing.starts && loaded.state === 'not_started';
  try {
    const saved = await writeSave(runner, {
      response: request.responseId, revision: loaded.revision, year: dataYear, author: writing.author, source: writing.source, witness: writing.witness ?? null,
      items: changes.map((c) => ({ save: c.saveId, key: c.key, answer: c.answer, previous: before?.answers[c.key] })),
      answers: Object.fromEntries(changes.flatMap((c) => (c.answer ? [[c.key, c.answer]] : []))),
      removed: removed.length > 0 ? removed : null,
      provenance: JSON.stringify(after.provenance) === JSON.stringify(before?.provenance ?? {}) ? null : after.provenance,
      starts, required: counters.required, answered: counters.answered, completeness: counters.completeness,
      hard: counters.openHard, soft: counters.openSoft, info: counters.openInfo,
      findings: found.length > 0 ? found : null,
    });
    if (!saved) return undefined;
    const at = new Date(saved.at).toISOString();
    return {
      receipts: changes.map((c) => ({ saveId: c.saveId, sequence: saved.sequences[c.saveId]!, revision: saved.revision, at })),
      counters,
      loaded: { ...loaded, revision: saved.revision, state: starts ? 'in_progress' : loaded.state, sheets, findings: applyFindingChanges(loaded.findings, found), progress: progresses },
    };
  } catch (error) {
    // The same save arrived by another road at the very same time: its receipt is there at the next reading.
    if (refusedBy(error) === 'one_receipt_per_save') return undefined;
    // The link ended between reading and writing: read again, its holder is nobody here.
    if (refusedBy(error) === 'outside_the_part') return undefined;
    throw error;
  }
}

export const factsOf = (loaded: Loaded): ResponseFacts => ({
  structureKind: loaded.structureKind,
  territoryCode: loaded.territoryCode,
  sheets: loaded.sheets,
  ...(loaded.earlier ? { earlier: loaded.earlier } : {}),
});

const receiptOnly = ({ saveId, sequence, revision, at }: SaveReceipt): SaveReceipt => ({ saveId, sequence, revision, at });

async function ancestorsIfNeeded(runner: Runner, actor: Actor, loaded: Loaded): Promise<readonly string[]> {
  return actor.mandates.some((m) => m.structureId === loaded.structureId) ? [] : ancestorsOf(runner.db, loaded.territoryCode);
}

const askedSets = new WeakMap<CompiledVersion, Map<string, ReadonlySet<string>>>();

/** Keys asked of a structure kind, in a territory, for a data year. */
export function askedSet(compiled: CompiledVersion, structureKind: string, territory: string, dataYear: number): ReadonlySet<string> {
  const sets = askedSets.get(compiled) ?? askedSets.set(compiled, new Map()).get(compiled)!;
  const name = `${structureKind} ${territory} ${dataYear}`;
  return sets.get(name) ?? sets.set(name, new Set(compiled.dataYears.includes(dataYear) ? askedKeys(compiled, { structureKind, territory, dataYear }) : [])).get(name)!;
}
