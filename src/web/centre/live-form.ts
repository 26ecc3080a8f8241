/**
 * What scripts add to the form: each answer leaves as it is given, the checks follow the typing, and nothing typed is lost. The form's own
 * fields stay the truth: they are read with the very parser of the server. Without scripts the form posts whole and does the same.
 */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { contextOf, type StoredFinding } from '../../domains/entry/index.ts';
import {
  type Answer, answerEquals, type Answers, columnTotal, compileVersion, type CompiledVersion, parseFormAnswer, type Question, type QuestionnaireVersion, requiredMissing, visibleQuestions,
} from '../../domains/questionnaire/index.ts';
import { type FindingView, findingsOf } from './findings-view.ts';
import { browserStore } from './browser-store.ts';
import { sendSave } from './save-call.ts';
import { type QueuedSave, SaveQueue, type SendResult } from './save-queue.ts';
import { newId } from '../../kernel/identifier.ts';

export interface LiveInput {
  readonly responseId: string;
  readonly questionnaireYear: number;
  readonly contentHash: string;
  readonly structureKind: string;
  readonly territoryCode: string;
  readonly dataYear: number;
  readonly rubric: string;
  readonly questions: readonly Question[];
  readonly answers: Answers;
  readonly previous: Answers;
  readonly stored: readonly StoredFinding[];
  readonly editable: boolean;
}
export interface LiveState {
  readonly answers: Answers;
  readonly findings: readonly FindingView[];
  readonly hidden: ReadonlySet<string>;
  /** Sentences beside fields that could not be read or were refused. */
  readonly errors: { readonly [key: string]: string };
  readonly status: SaveStatus | null;
  readonly required: number;
  readonly answered: number;
}
export interface SaveStatus {
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
  readonly text: string;
  readonly signIn: boolean;
}

/** Everything that the answers decide of the page; the server and the browser call the same. */
export function judgePage(compiled: CompiledVersion, input: Pick<LiveInput, 'structureKind' | 'territoryCode' | 'dataYear' | 'rubric' | 'previous' | 'stored'>, answers: Answers) {
  const ctx = contextOf(compiled, { structureKind: input.structureKind, territoryCode: input.territoryCode, sheets: { [input.dataYear]: { answers } }, previous: { [input.dataYear]: input.previous } }, input.dataYear, { serverRules: false });
  const visible = new Set(visibleQuestions(compiled, ctx).map((q) => q.key));
  const ofRubric = compiled.version.questions.filter((q) => q.rubric === input.rubric && q.required && visible.has(q.key));
  const missing = new Set(requiredMissing(compiled, ctx).map((q) => q.key));
  return {
    visible,
    findings: findingsOf(compiled, ctx, input.rubric, input.stored),
    required: ofRubric.length,
    answered: ofRubric.filter((q) => !missing.has(q.key)).length,
  };
}

const clock = (): string => new Date().toLocaleTimeString('fr-FR', { hour: '2-digit', minute: '2-digit' });

export function useLiveForm(form: RefObject<HTMLFormElement | null>, input: LiveInput, initial: Omit<LiveState, 'status'>): LiveState {
  const [state, setState] = useState<LiveState>({ ...initial, status: null });
  const start = useRef({ input, initial });

  useEffect(() => {
    const { input, initial } = start.current;
    const element = form.current;
    if (!element || !input.editable) return;
    let compiled: CompiledVersion | undefined;
    let answers: { [key: string]: Answer } = { ...input.answers };
    const errors: { [key: string]: string } = { ...initial.errors };
    const questions = new Map(input.questions.map((q) => [q.key, q]));
    let lastSaved = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ending = new AbortController();

    const queue = new SaveQueue({
      store: browserStore(input.responseId),
      send: (save) => send(save),
      newId: () => newId(),
      changed: () => show(),
      wait: (ms) => new Promise((resolve) => {
        setTimeout(resolve, ms);
        window.addEventListener('online', () => resolve(), { once: true });
      }),
    });

    function show(): void {
      const waiting = queue.pending.length;
      const refused = Object.fromEntries([...queue.refused].map(([name, message]) => [name.split(' ')[1]!, message]));
      if (waiting === 0 && queue.refused.size === 0 && lastSaved === '') return;
      const status: SaveStatus =
        queue.signedOut ? { tone: 'bad', text: 'Votre session est terminée. Vos réponses sont gardées dans ce navigateur.', signIn: true }
        : queue.refused.size > 0 ? { tone: 'bad', text: 'Une réponse n’a pas été enregistrée\u00a0: elle n’est que sur cette page. Voyez le message à côté de la question.', signIn: false }
        : queue.unreachable ? { tone: 'warn', text: `En attente du réseau\u00a0: ${waiting} réponse${waiting > 1 ? 's' : ''} à envoyer, gardée${waiting > 1 ? 's' : ''} dans ce navigateur`, signIn: false }
        : waiting > 0 ? { tone: 'plain', text: 'Enregistrement…', signIn: false }
        : { tone: 'good', text: `Enregistré à ${lastSaved}`, signIn: false };
      const judged = compiled && judgePage(compiled, input, answers);
      setState((now) => ({
        ...now, status, answers, errors: { ...errors, ...refused },
        ...(judged ? { findings: judged.findings, required: judged.required, answered: judged.answered, hidden: new Set(input.questions.filter((q) => !judged.visible.has(q.key)).map((q) => q.key)) } : {}),
      }));
    }

    async function send(save: QueuedSave): Promise<SendResult> {
      const result = await sendSave(save, (address, init) => fetch(address, init));
      if (result.kind === 'saved') lastSaved = clock();
      return result;
    }

    /** Reads the fields of one question; saves it when `leave` is set and it changed. */
    function read(key: string, leave: boolean): void {
      const question = questions.get(key);
      if (!question || !element) return;
      const fields = new FormData(element);
      const parsed = parseFormAnswer(question, (name) => fields.getAll(name).map(String));
      if (!parsed.ok) {
        // Half a number is not a fault while it is being typed.
        if (leave) errors[key] = parsed.error.message;
        else delete errors[key];
      } else {
        delete errors[key];
        const before = answers[key];
        answers = { ...answers };
        if (parsed.value) answers[key] = parsed.value;
        else delete answers[key];
        if (leave && !answerEquals(saved[key], parsed.value)) {
          saved[key] = parsed.value;
          queue.add({ responseId: input.responseId, dataYear: input.dataYear, key, answer: parsed.value ?? null });
          return;
        }
        if (answerEquals(before, parsed.value) && !leave) return;
      }
      refresh();
    }
    const saved: { [key: string]: Answer | undefined } = { ...input.answers };

    function refresh(): void {
      const judged = compiled && judgePage(compiled, input, answers);
      setState((now) => ({
        ...now, answers, errors: { ...errors },
        ...(judged ? { findings: judged.findings, required: judged.required, answered: judged.answered, hidden: new Set(input.questions.filter((q) => !judged.visible.has(q.key)).map((q) => q.key)) } : {}),
      }));
    }

    const keyOf = (target: EventTarget | null): string | undefined => (target as HTMLElement | null)?.closest<HTMLElement>('[data-key]')?.dataset['key'];
    const onInput = (event: Event): void => {
      const target = event.target as HTMLElement;
      if (target.dataset['explanation'] !== undefined) return;
      const key = keyOf(target);
      // "Ne sait pas" and a value exclude each other
      if (key && (target as HTMLInputElement).name?.endsWith('~state') && (target as HTMLInputElement).checked) clearBeside(element, target as HTMLInputElement);
      else if (key) untickStates(element, key, target as HTMLInputElement);
      clearTimeout(timer);
      timer = setTimeout(() => key && read(key, false), 200);
    };
    const onChange = (event: Event): void => {
      const target = event.target as HTMLElement;
      clearTimeout(timer);
      if (target.dataset['explanation'] !== undefined) return void explain(target as HTMLTextAreaElement);
      const key = keyOf(target);
      if (key) read(key, true);
    };
    const explained = new WeakMap<HTMLTextAreaElement, string>();
    async function explain(area: HTMLTextAreaElement): Promise<void> {
      if (area.value === (explained.get(area) ?? area.defaultValue)) return;
      explained.set(area, area.value);
      await queue.run();
      const body = new FormData();
      body.set(area.name, area.value);
      body.set('dataYear', String(input.dataYear));
      const answered = await fetch(`/centre/${input.responseId}/explication`, { method: 'POST', body, keepalive: true }).catch(() => undefined);
      const said = answered && ((await answered.json().catch(() => undefined)) as { stored?: StoredFinding[]; message?: string } | undefined);
      if (said?.stored) {
        (input as { stored: readonly StoredFinding[] }).stored = said.stored;
        lastSaved = clock();
        show();
      } else {
        explained.delete(area);
        setState((now) => ({ ...now, status: { tone: 'bad', text: said?.message ?? 'L’explication n’est pas partie\u00a0: enregistrez la rubrique.', signIn: false } }));
      }
    }
    // The field being edited gives no `change` when the window goes: what it holds is queued then, and leaves at once or at the next opening.
    const onHide = (): void => {
      const field = document.activeElement as HTMLTextAreaElement | null;
      if (!field || !element.contains(field)) return;
      clearTimeout(timer);
      if (field.dataset['explanation'] !== undefined) return void explain(field);
      const key = keyOf(field);
      if (key) read(key, true);
    };
    element.addEventListener('input', onInput, { signal: ending.signal });
    element.addEventListener('change', onChange, { signal: ending.signal });
    window.addEventListener('online', () => queue.wake(), { signal: ending.signal });
    // What was refused stands in its field only: the browser asks before the page goes.
    window.addEventListener('beforeunload', (event) => void (queue.refused.size > 0 && event.preventDefault()), { signal: ending.signal });
    window.addEventListener('pagehide', onHide, { signal: ending.signal });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && onHide(), { signal: ending.signal });

    void fetch(`/centre/questionnaire/${input.questionnaireYear}?v=${input.contentHash.slice(0, 12)}`)
      .then(async (answered) => {
        if (!answered.ok) return;
        compiled = compileVersion((await answered.json()) as QuestionnaireVersion);
        refresh();
      })
      .catch(() => {});

    // Typed before this script was there, or given back by the browser after a reload.
    const changedBefore = new Set([...(element.elements as unknown as Iterable<HTMLInputElement>)].filter(touched).flatMap((field) => keyOf(field) ?? []));
    for (const key of changedBefore) read(key, true);

    // Left from before a closed window or a lost network: sent first, then the page shows what they became.
    if (queue.pending.length > 0) {
      const own = queue.pending.some((s) => s.dataYear === input.dataYear && questions.has(s.key));
      void queue.run().then(() => own && queue.pending.length === 0 && window.location.reload());
    }
    return () => {
      ending.abort();
      clearTimeout(timer);
    };
  }, [form]);

  return state;
}

/** Whether a field no longer holds what the page came with. */
function touched(field: HTMLInputElement): boolean {
  if (field.dataset['explanation'] !== undefined || field.type === 'hidden' || field.tagName === 'BUTTON') return false;
  if (field.type === 'radio' || field.type === 'checkbox') return field.checked !== field.defaultChecked;
  if (field.tagName === 'SELECT') return [...(field as unknown as HTMLSelectElement).options].some((o) => o.selected !== o.defaultSelected && (o.defaultSelected || o.value !== ''));
  return field.value !== field.defaultValue;
}

function clearBeside(form: HTMLFormElement, box: HTMLInputElement): void {
  const key = box.name.replace(/~state$/, '');
  for (const field of form.elements as unknown as Iterable<HTMLInputElement>) {
    if (field === box || (field.name !== key && field.name !== box.name && !field.name?.startsWith(`${key}.`))) continue;
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
    else if (field.type === 'text' || field.tagName === 'SELECT') field.value = '';
  }
}

function untickStates(form: HTMLFormElement, key: string, field: HTMLInputElement): void {
  if (field.value === '') return;
  for (const box of form.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(`${key}~state`)}"]`)) box.checked = false;
}

/** Totals of a table's columns, with what the question that declares them says. */
export function totalsOf(question: Question, answers: Answers, wordOf: (column: string, total: number) => string, declaredOf: (key: string) => string | null): { [column: string]: { text: string; declared: string | null } } {
  const { total } = question.table ?? {};
  return Object.fromEntries(
    Object.entries(total ?? {}).map(([column, target]) => {
      const sum = columnTotal(question, answers[question.key], column);
      return [column, { text: sum === undefined ? '—' : wordOf(column, sum), declared: typeof target === 'string' ? declaredOf(target) : null }];
    }),
  );
}
