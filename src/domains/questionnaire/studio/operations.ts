/**
 * What a person may do to a draft, one gesture at a time: pure, from a version to the next one, or to the faults that forbid it.
 * A draft is always a version that reads: what has a fault is never kept. Each gesture names what its author had before the eyes (`seen`, a fingerprint):
 * if somebody changed it meanwhile, nothing is overwritten.
 */
import { ok, refuse, type Refusal, type Result } from '../../../kernel/result.ts';
import { checkVersion } from '../check-version.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Lineage, Module, Question, QuestionnaireVersion, Rule } from '../model.ts';
import { parseQuestion, parseRule, type Fault, type Raw } from '../parsing.ts';
import { inRubricOrder } from '../rubric-order.ts';
import { renameKey } from './rename-in-expression.ts';

/** `question`: its fields as in the folder, `rubric` included. `seen`: fingerprint of the item as its author saw it. */
export type Operation =
  | { readonly act: 'set_title'; readonly title: string; readonly seen: string }
  | { readonly act: 'set_rubric'; readonly code: string; readonly label: string }
  | { readonly act: 'add_question'; readonly question: Raw; readonly after: string | null }
  | { readonly act: 'change_question'; readonly key: string; readonly question: Raw; readonly seen: string }
  | { readonly act: 'move_question'; readonly key: string; readonly by: -1 | 1 }
  | { readonly act: 'rename_question'; readonly key: string; readonly to: string; readonly note: string; readonly seen: string }
  | { readonly act: 'drop_question'; readonly key: string; readonly note: string; readonly seen: string }
  | { readonly act: 'split_question'; readonly key: string; readonly into: readonly string[]; readonly note: string }
  | { readonly act: 'merge_questions'; readonly keys: readonly string[]; readonly into: string; readonly note: string }
  | { readonly act: 'mark_break'; readonly key: string; readonly note: string }
  | { readonly act: 'unmark_break'; readonly key: string }
  | { readonly act: 'add_rule'; readonly rule: Raw }
  | { readonly act: 'change_rule'; readonly id: string; readonly rule: Raw; readonly seen: string }
  | { readonly act: 'drop_rule'; readonly id: string; readonly seen: string }
  | { readonly act: 'add_module'; readonly module: Module }
  | { readonly act: 'change_module'; readonly code: string; readonly label: string; readonly seen: string }
  | { readonly act: 'drop_module'; readonly code: string; readonly note: string };
export type Act = Operation['act'];

export type SubjectKind = 'version' | 'question' | 'rule' | 'module' | 'rubric';
export interface Subject {
  readonly kind: SubjectKind;
  /** Key, rule id, code of module or rubric; '' for the version itself. */
  readonly id: string;
}

export interface Applied {
  readonly version: QuestionnaireVersion;
  readonly subject: Subject;
  /** What stood there before and after; null: nothing. */
  readonly before: unknown;
  readonly after: unknown;
  /** Codes of the modules of what was touched; null: the core. */
  readonly touched: readonly (string | null)[];
}

/** A fault at a field of the form (`label`, `assert`…) or, with `elsewhere`, in another item that the gesture would break. */
export interface StudioFault {
  readonly field: string;
  readonly elsewhere?: string;
  readonly message: string;
  /** The expression, and a `^` under the faulty character. */
  readonly pointer?: string;
}
export interface OperationRefusal extends Refusal {
  readonly code: 'faults' | 'changed_meanwhile' | 'unknown_item' | 'note_needed';
  readonly faults: readonly StudioFault[];
}

const no = (code: OperationRefusal['code'], message: string, faults: readonly StudioFault[] = []): { readonly ok: false; readonly error: OperationRefusal } => refuse({ code, message, faults });
const unknown = (what: string): { readonly ok: false; readonly error: OperationRefusal } => no('unknown_item', `${what} n’est plus dans ce brouillon : revenez à la liste.`);
const changed = (): { readonly ok: false; readonly error: OperationRefusal } =>
  no('changed_meanwhile', 'Quelqu’un a changé cet élément depuis que vous l’avez ouvert. Rien n’est écrasé : relisez ce qui est en place ci-dessous, puis refaites votre changement.');
const noteNeeded = (field: string): { readonly ok: false; readonly error: OperationRefusal } =>
  no('note_needed', 'Dites en une phrase pourquoi : ceux qui liront la série dans dix ans en ont besoin.', [{ field, message: 'Une phrase est attendue.' }]);

export const seenOf = (item: unknown): string => fingerprintOf(item);

/** The raw form of a question, as parsing reads it from a file: what is not given is not there. */
const rawOf = (item: Raw): Raw => JSON.parse(JSON.stringify({ ...item, rubric: undefined })) as Raw;

interface Next {
  readonly version: QuestionnaireVersion;
  readonly subject: Subject;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly touched: readonly (string | null)[];
}

/** The version after one gesture, or why it cannot be made. The content hash is the caller's affair. */
export function applyOperation(version: QuestionnaireVersion, op: Operation): Result<Applied, OperationRefusal> {
  const next = step(version, op);
  if (!next.ok) return next;
  const faults = faultsOf(next.value.version, next.value.subject);
  if (faults.length > 0) return no('faults', faults.some((f) => !f.elsewhere) ? 'À corriger avant d’enregistrer.' : 'Ce changement casserait autre chose : corrigez-le d’abord.', faults);
  return ok({ before: null, after: null, ...next.value });
}

function step(version: QuestionnaireVersion, op: Operation): Result<Next, OperationRefusal> {
  switch (op.act) {
    case 'set_title': {
      if (seenOf(version.title) !== op.seen) return changed();
      if (!op.title.trim()) return no('faults', 'À corriger avant d’enregistrer.', [{ field: 'title', message: 'Un titre est attendu.' }]);
      return ok({ version: { ...version, title: op.title.trim() }, subject: { kind: 'version', id: '' }, before: version.title, after: op.title.trim(), touched: [null] });
    }
    case 'set_rubric':
      return setRubric(version, op.code, op.label);
    case 'add_question':
      return addQuestion(version, op.question, op.after);
    case 'change_question':
      return changeQuestion(version, op);
    case 'move_question':
      return moveQuestion(version, op.key, op.by);
    case 'rename_question':
      return renameQuestion(version, op);
    case 'drop_question':
      return dropQuestion(version, op);
    case 'split_question':
    case 'merge_questions':
    case 'mark_break':
    case 'unmark_break':
      return setLineage(version, op);
    case 'add_rule':
    case 'change_rule':
    case 'drop_rule':
      return setRule(version, op);
    default:
      return setModule(version, op);
  }
}

// ── questions ──────────────────────────────────────────────────────────────

function readQuestion(raw: Raw): Result<Question, OperationRefusal> {
  const faults: Fault[] = [];
  const question = parseQuestion(rawOf(raw), typeof raw['rubric'] === 'string' ? raw['rubric'] : '', '', '', faults);
  return faults.length === 0 ? ok(question) : no('faults', 'À corriger avant d’enregistrer.', faults.map(formFault));
}

const moduleOf = (q: Question): string | null => q.module ?? null;
const withQuestions = (version: QuestionnaireVersion, questions: readonly Question[]): QuestionnaireVersion => ({ ...version, questions: inRubricOrder(questions, Object.keys(version.rubrics)) });

function addQuestion(version: QuestionnaireVersion, raw: Raw, after: string | null): Result<Next, OperationRefusal> {
  const read = readQuestion(raw);
  if (!read.ok) return read;
  const question = read.value;
  const faults = clashes(version, question, undefined);
  if (faults.length > 0) return no('faults', 'À corriger avant d’enregistrer.', faults);
  const at = after === null ? -1 : version.questions.findIndex((q) => q.key === after);
  const questions = at < 0 ? [...version.questions, question] : version.questions.toSpliced(at + 1, 0, question);
  return ok({ version: withQuestions(version, questions), subject: { kind: 'question', id: question.key }, after: question, touched: [moduleOf(question)] });
}

/** Codes and keys that another question has: said at their field rather than in the head of the version. */
function clashes(version: QuestionnaireVersion, question: Question, own: string | undefined): readonly StudioFault[] {
  const others = version.questions.filter((q) => q.key !== own);
  return [
    ...others.filter((q) => q.key === question.key).map((q) => ({ field: 'key', message: `La clé « ${q.key} » est celle de la question ${q.code}.` })),
    ...others.filter((q) => q.code === question.code).map((q) => ({ field: 'code', message: `Le code ${q.code} est celui de « ${q.label} ».` })),
  ];
}

function changeQuestion(version: QuestionnaireVersion, op: Extract<Operation, { act: 'change_question' }>): Result<Next, OperationRefusal> {
  const before = version.questions.find((q) => q.key === op.key);
  if (!before) return unknown('Cette question');
  if (seenOf(before) !== op.seen) return changed();
  const read = readQuestion({ ...op.question, key: op.key });
  if (!read.ok) return read;
  const faults = clashes(version, read.value, op.key);
  if (faults.length > 0) return no('faults', 'À corriger avant d’enregistrer.', faults);
  const questions = version.questions.map((q) => (q.key === op.key ? read.value : q));
  return ok({ version: withQuestions(version, questions), subject: { kind: 'question', id: op.key }, before, after: read.value, touched: [moduleOf(before), moduleOf(read.value)] });
}

function moveQuestion(version: QuestionnaireVersion, key: string, by: -1 | 1): Result<Next, OperationRefusal> {
  const at = version.questions.findIndex((q) => q.key === key);
  const question = version.questions[at];
  if (!question) return unknown('Cette question');
  const other = version.questions[at + by];
  if (!other || other.rubric !== question.rubric) return no('faults', by < 0 ? 'Cette question est déjà la première de sa rubrique.' : 'Cette question est déjà la dernière de sa rubrique.');
  const questions = version.questions.with(at, other).with(at + by, question);
  return ok({ version: { ...version, questions }, subject: { kind: 'question', id: key }, before: at, after: at + by, touched: [moduleOf(question), moduleOf(other)] });
}

/** A new name for the same meaning: expressions, totals and data years follow, and the series goes on under it. */
function renameQuestion(version: QuestionnaireVersion, op: Extract<Operation, { act: 'rename_question' }>): Result<Next, OperationRefusal> {
  const question = version.questions.find((q) => q.key === op.key);
  if (!question) return unknown('Cette question');
  if (seenOf(question) !== op.seen) return changed();
  if (!op.note.trim()) return noteNeeded('note');
  if (!/^[a-z][a-z0-9_]*$/.test(op.to)) return no('faults', 'À corriger avant d’enregistrer.', [{ field: 'to', message: `« ${op.to} » : lettres minuscules sans accent, chiffres et « _ » seulement.` }]);
  if (version.questions.some((q) => q.key === op.to)) return no('faults', 'À corriger avant d’enregistrer.', [{ field: 'to', message: `La clé « ${op.to} » est déjà prise.` }]);
  const known = (version.lineage ?? []).find((l) => l.to.includes(op.key));
  const renamed = renameKey(version, op.key, op.to);
  // born in this version, or already traced: the new key simply takes its place
  const lineage: readonly Lineage[] = known && known.kind !== 'break' ? (renamed.lineage ?? [])
    : [...(renamed.lineage ?? []).filter((l) => !l.to.includes(op.to)), known ? { ...known, to: [op.to] } : { kind: 'renamed', from: [op.key], to: [op.to], note: op.note.trim() }];
  return ok({ version: { ...renamed, lineage }, subject: { kind: 'question', id: op.to }, before: op.key, after: op.to, touched: [moduleOf(question)] });
}

function dropQuestion(version: QuestionnaireVersion, op: Extract<Operation, { act: 'drop_question' }>): Result<Next, OperationRefusal> {
  const question = version.questions.find((q) => q.key === op.key);
  if (!question) return unknown('Cette question');
  if (seenOf(question) !== op.seen) return changed();
  if (!op.note.trim()) return noteNeeded('note');
  const known = (version.lineage ?? []).find((l) => l.to.includes(op.key));
  const rest = (version.lineage ?? []).filter((l) => l !== known);
  // a question renamed and then dropped was, seen from last year, dropped under its former key; parts of a split leave the split
  const was = known === undefined ? [op.key] : known.kind === 'renamed' || known.kind === 'break' ? known.from : [];
  const left = known?.kind === 'split' ? known.to.filter((k) => k !== op.key) : [];
  const lineage: readonly Lineage[] = [
    ...rest,
    ...was.map((key): Lineage => ({ kind: 'dropped', from: [key], to: [], note: op.note.trim() })),
    ...(known?.kind === 'merged' ? known.from.map((key): Lineage => ({ kind: 'dropped', from: [key], to: [], note: op.note.trim() })) : []),
    ...(left.length > 1 ? [{ ...known!, to: left }] : left.length === 1 ? [{ ...known!, kind: 'break' as const, to: left }] : []),
  ];
  const dataYears = version.dataYears.map((d) => (d.keys === 'all' ? d : { ...d, keys: d.keys.filter((k) => k !== op.key) }));
  return ok({
    version: { ...version, questions: version.questions.filter((q) => q.key !== op.key), dataYears, lineage },
    subject: { kind: 'question', id: op.key }, before: question, touched: [moduleOf(question)],
  });
}

// ── history of a question ──────────────────────────────────────────────────

function setLineage(version: QuestionnaireVersion, op: Extract<Operation, { act: 'split_question' | 'merge_questions' | 'mark_break' | 'unmark_break' }>): Result<Next, OperationRefusal> {
  const lineage = version.lineage ?? [];
  const question = (key: string): Question | undefined => version.questions.find((q) => q.key === key);
  if (op.act === 'unmark_break') {
    const known = lineage.find((l) => l.kind === 'break' && l.to.includes(op.key));
    if (!known) return unknown('Cette rupture');
    const kept: readonly Lineage[] = known.from[0] === op.key ? [] : [{ ...known, kind: 'renamed' }];
    return ok({ version: { ...version, lineage: [...lineage.filter((l) => l !== known), ...kept] }, subject: { kind: 'question', id: op.key }, before: known, touched: [moduleOf(question(op.key)!)] });
  }
  if (!op.note.trim()) return noteNeeded('note');
  const note = op.note.trim();
  if (op.act === 'mark_break') {
    const here = question(op.key);
    if (!here) return unknown('Cette question');
    const known = lineage.find((l) => l.to.includes(op.key));
    const made: Lineage = { kind: 'break', from: known?.from.length === 1 ? known.from : [op.key], to: [op.key], note };
    return ok({ version: { ...version, lineage: [...lineage.filter((l) => l !== known), made] }, subject: { kind: 'question', id: op.key }, before: known ?? null, after: made, touched: [moduleOf(here)] });
  }
  const to = op.act === 'split_question' ? op.into : [op.into];
  const from = op.act === 'split_question' ? [op.key] : op.keys;
  const missing = to.filter((key) => !question(key));
  if (missing.length > 0) return no('faults', 'À corriger avant d’enregistrer.', [{ field: 'into', message: `Créez d’abord ${missing.map((k) => `« ${k} »`).join(', ')}.` }]);
  const made: Lineage = { kind: op.act === 'split_question' ? 'split' : 'merged', from, to, note };
  // the former keys are no more dropped: one knows now what became of them; those still asked must be dropped by their own gesture
  const rest = lineage.filter((l) => !(l.kind === 'dropped' && from.includes(l.from[0]!)));
  return ok({ version: { ...version, lineage: [...rest, made] }, subject: { kind: 'question', id: to[0]! }, after: made, touched: to.map((key) => moduleOf(question(key)!)) });
}

// ── rules ──────────────────────────────────────────────────────────────────

/** Modules of the questions that a rule reads: who may write it. */
const NATIONAL: readonly (string | null)[] = [null];

function setRule(version: QuestionnaireVersion, op: Extract<Operation, { act: 'add_rule' | 'change_rule' | 'drop_rule' }>): Result<Next, OperationRefusal> {
  if (op.act === 'add_rule') {
    const read = readRule(op.rule);
    if (!read.ok) return read;
    if (version.rules.some((r) => r.id === read.value.id)) return no('faults', 'À corriger avant d’enregistrer.', [{ field: 'id', message: `Le contrôle ${read.value.id} existe déjà.` }]);
    return ok({ version: { ...version, rules: [...version.rules, read.value] }, subject: { kind: 'rule', id: read.value.id }, after: read.value, touched: NATIONAL });
  }
  const before = version.rules.find((r) => r.id === op.id);
  if (!before) return unknown('Ce contrôle');
  if (seenOf(before) !== op.seen) return changed();
  if (op.act === 'drop_rule') return ok({ version: { ...version, rules: version.rules.filter((r) => r !== before) }, subject: { kind: 'rule', id: op.id }, before, touched: NATIONAL });
  const read = readRule({ ...op.rule, id: op.id });
  if (!read.ok) return read;
  return ok({ version: { ...version, rules: version.rules.map((r) => (r === before ? read.value : r)) }, subject: { kind: 'rule', id: op.id }, before, after: read.value, touched: NATIONAL });
}

function readRule(raw: Raw): Result<Rule, OperationRefusal> {
  const faults: Fault[] = [];
  const rule = parseRule(raw, '', '', faults);
  return faults.length === 0 ? ok(rule) : no('faults', 'À corriger avant d’enregistrer.', faults.map(formFault));
}

// ── rubrics and modules ────────────────────────────────────────────────────

/** A rubric has one capital letter, so that rubrics stand in the order of the alphabet however they are stored. */
function setRubric(version: QuestionnaireVersion, code: string, label: string): Result<Next, OperationRefusal> {
  const faults = [...(/^[A-Z]$/.test(code) ? [] : [{ field: 'code', message: 'Une lettre majuscule.' }]), ...(label.trim() ? [] : [{ field: 'label', message: 'Un intitulé est attendu.' }])];
  if (faults.length > 0) return no('faults', 'À corriger avant d’enregistrer.', faults);
  const rubrics = Object.fromEntries(Object.entries({ ...version.rubrics, [code]: label.trim() }).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return ok({ version: { ...version, rubrics, questions: inRubricOrder(version.questions, Object.keys(rubrics)) }, subject: { kind: 'rubric', id: code }, before: version.rubrics[code] ?? null, after: label.trim(), touched: [null] });
}

function setModule(version: QuestionnaireVersion, op: Extract<Operation, { act: 'add_module' | 'change_module' | 'drop_module' }>): Result<Next, OperationRefusal> {
  if (op.act === 'add_module') {
    const { code, label, territory } = op.module;
    const faults: StudioFault[] = [];
    if (!/^[A-Z][A-Z0-9_]*$/.test(code)) faults.push({ field: 'code', message: 'Lettres majuscules sans accent, chiffres et « _ » seulement.' });
    if (version.modules.some((m) => m.code === code)) faults.push({ field: 'code', message: `Le module ${code} existe déjà.` });
    if (territory !== undefined && version.modules.some((m) => m.territory === territory)) faults.push({ field: 'code', message: 'Ce territoire a déjà son module : ajoutez-y vos questions.' });
    if (!label.trim()) faults.push({ field: 'label', message: 'Un intitulé est attendu.' });
    if (faults.length > 0) return no('faults', 'À corriger avant d’enregistrer.', faults);
    const module: Module = { code, label: label.trim(), ...(territory === undefined ? {} : { territory }) };
    return ok({ version: { ...version, modules: [...version.modules, module] }, subject: { kind: 'module', id: code }, after: module, touched: [code] });
  }
  const before = version.modules.find((m) => m.code === op.code);
  if (!before) return unknown('Ce module');
  if (op.act === 'change_module') {
    if (seenOf(before) !== op.seen) return changed();
    if (!op.label.trim()) return no('faults', 'À corriger avant d’enregistrer.', [{ field: 'label', message: 'Un intitulé est attendu.' }]);
    const after: Module = { ...before, label: op.label.trim() };
    return ok({ version: { ...version, modules: version.modules.map((m) => (m === before ? after : m)) }, subject: { kind: 'module', id: op.code }, before, after, touched: [op.code] });
  }
  if (!op.note.trim()) return noteNeeded('note');
  let rest = version;
  for (const q of version.questions.filter((one) => one.module === op.code)) {
    const dropped = dropQuestion(rest, { act: 'drop_question', key: q.key, note: op.note, seen: seenOf(q) });
    if (!dropped.ok) return dropped;
    rest = dropped.value.version;
  }
  return ok({ version: { ...rest, modules: rest.modules.filter((m) => m.code !== op.code) }, subject: { kind: 'module', id: op.code }, before, touched: [op.code] });
}

// ── faults ─────────────────────────────────────────────────────────────────

const formFault = ({ place, message, pointer }: Fault): StudioFault => ({ field: place.replace(/^\./, ''), message: capital(message), ...(pointer ? { pointer } : {}) });
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Faults of the whole version, told from where the author stands: at a field of what was touched, or elsewhere by its name. */
function faultsOf(version: QuestionnaireVersion, subject: Subject): readonly StudioFault[] {
  const origin = (kind: SubjectKind, id: string) => ({ file: `${kind} ${id}`, place: '' });
  const faults = checkVersion(version, {
    head: origin('version', ''),
    questions: new Map(version.questions.map((q) => [q.key, origin('question', q.key)])),
    rules: new Map(version.rules.map((r) => [r.id, origin('rule', r.id)])),
  });
  const here = `${subject.kind} ${subject.id}`;
  return faults.map((fault) => (fault.file === here ? formFault(fault) : { ...formFault(fault), elsewhere: nameOf(version, fault.file) }));
}

function nameOf(version: QuestionnaireVersion, file: string): string {
  const [kind, id] = file.split(' ');
  if (kind === 'rule') return `contrôle ${id}`;
  const question = version.questions.find((q) => q.key === id);
  return question ? `question ${question.code} ${question.label}` : 'ensemble du questionnaire';
}
