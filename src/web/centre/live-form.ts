/**
 * What scripts add to the form: each answer leaves as it is given, the checks follow the typing, what others answer arrives, and nothing typed is
 * lost. The form's own fields stay the truth: they are read with the very parser of the server. Without scripts the form posts whole and does the same.
 */
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { KeptAnswer } from '../../domains/entry/index.ts';
import { formatClock } from '../../kernel/french-date.ts';
import {
  type Answer, answerEquals, answerFingerprint, type Answers, compileVersion, type CompiledVersion, parseFormAnswer, type Question, type QuestionnaireVersion,
} from '../../domains/questionnaire/index.ts';
import { newId } from '../../kernel/identifier.ts';
import { type Device, openDevice, storeOf } from './device-store.ts';
import type { FindingView } from './findings-view.ts';
import { Follower, type Following, type Other } from './follower.ts';
import { clearBeside, fill, isBeingTyped, keyOf, touched, untickStates } from './form-fields.ts';
import { type JudgeInput, judgePage } from './judge-page.ts';
import { keepCopy, rememberAnswer } from './kept-copy.ts';
import { type QueuedSave, SaveQueue } from './save-queue.ts';
import { type SaveStatus, statusOf } from './save-status.ts';
import { CHOICE_FIELD, readChoice, SEEN_FIELD, writeSeen } from './seen-answers.ts';
import { sendSave, type SendNews } from './save-call.ts';

export interface LiveInput extends JudgeInput {
  readonly responseId: string;
  readonly account: string;
  readonly questionnaireYear: number;
  readonly contentHash: string;
  readonly questions: readonly Question[];
  readonly answers: Answers;
  readonly editable: boolean;
  readonly as: 'structure' | 'caf' | 'federation';
  /** Revision of the response that the page shows. */
  readonly revision: number;
  /** The questionnaire, when it is at hand. */
  readonly version?: QuestionnaireVersion | undefined;
  /** The page comes from the copy kept in the browser. */
  readonly offline: boolean;
}
export interface LiveState {
  readonly answers: Answers;
  readonly findings: readonly FindingView[];
  readonly hidden: ReadonlySet<string>;
  /** Sentences beside fields that could not be read or were refused. */
  readonly errors: { readonly [key: string]: string };
  readonly conflicts: readonly KeptAnswer[];
  /** What somebody else has just answered, by question. */
  readonly notes: { readonly [key: string]: string };
  /** Who else is in this response. */
  readonly others: readonly Other[];
  readonly status: SaveStatus | null;
  /** The application on the server is newer than this page. */
  readonly newer: boolean;
  readonly required: number;
  readonly answered: number;
}
type Initial = Pick<LiveState, 'answers' | 'findings' | 'hidden' | 'errors' | 'conflicts' | 'required' | 'answered'>;

export function useLiveForm(form: RefObject<HTMLFormElement | null>, input: LiveInput, initial: Initial): LiveState {
  const [state, setState] = useState<LiveState>({ ...initial, notes: {}, others: [], status: null, newer: false });
  const start = useRef({ input, initial });
  useEffect(() => {
    const { input, initial } = start.current;
    if (!form.current || !input.editable) return;
    const live = new LiveForm(form.current, input, initial, (patch) => setState((now) => ({ ...now, ...patch })));
    return () => live.end();
  }, [form]);
  return state;
}

/** Paris time, as in the history of a value; said where the clock of the device is another. */
function clock(): string {
  const now = new Date();
  const paris = formatClock(now.toISOString());
  return now.toLocaleTimeString('fr-FR', { hour: '2-digit', minute: '2-digit' }).replace(':', ' h ') === paris ? paris : `${paris} (heure de Paris)`;
}
/** Build that made this page. */
const ownBuild = (): string | undefined => (window as { __reactRouterManifest?: { version?: string } }).__reactRouterManifest?.version;

class LiveForm {
  private readonly form: HTMLFormElement;
  private readonly publish: (patch: Partial<LiveState>) => void;
  private readonly questions: ReadonlyMap<string, Question>;
  private readonly ending = new AbortController();
  private readonly device: Promise<Device | undefined>;
  private readonly queue: SaveQueue;
  private readonly follower: Follower;
  private input: LiveInput;
  private compiled: CompiledVersion | undefined;
  private answers: { [key: string]: Answer };
  /** What stands on the server, as far as this page was shown; with the revision that said so. */
  private readonly known: { [key: string]: Answer | undefined };
  private readonly knownAt = new Map<string, number>();
  /** What was queued last, or stands. */
  private readonly given: { [key: string]: Answer | undefined };
  /** Answers of others that wait until the person leaves the field. */
  private readonly held = new Map<string, () => void>();
  private readonly errors: { [key: string]: string };
  private conflicts: readonly KeptAnswer[];
  private notes: { [key: string]: string } = {};
  private readonly explained = new Map<string, string>();
  private lastSaved = '';
  private newer = false;
  private posting = false;
  /** The browser keeps a copy: the page may be used without the network. */
  private copied = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(form: HTMLFormElement, input: LiveInput, initial: Initial, publish: (patch: Partial<LiveState>) => void) {
    this.form = form;
    this.input = input;
    this.publish = publish;
    this.questions = new Map(input.questions.map((q) => [q.key, q]));
    this.answers = { ...input.answers };
    this.known = { ...input.answers };
    this.given = { ...input.answers };
    this.errors = { ...initial.errors };
    this.conflicts = initial.conflicts;
    this.device = openDevice(input.offline ? undefined : input.account).then((device) => (device?.account === input.account ? device : undefined));
    this.queue = new SaveQueue({
      store: storeOf(this.device),
      send: (save) => sendSave(save, (address, init) => fetch(address, init), (news) => this.hear(save, news)),
      newId: () => newId(),
      changed: () => this.show(),
      saved: (save) => this.onSaved(save),
      conflict: (save, conflict) => this.onConflict(save, conflict),
      wait: (ms) => new Promise((resolve) => {
        setTimeout(resolve, ms);
        window.addEventListener('online', () => resolve(), { once: true });
      }),
    });
    this.follower = new Follower({ responseId: input.responseId, dataYear: input.dataYear, rubric: input.rubric, revision: input.revision }, (following) => this.onFollowing(following));
    this.listen();
    void this.begin();
  }

  end(): void {
    this.ending.abort();
    this.follower.end();
    clearTimeout(this.timer);
  }

  private listen(): void {
    const { signal } = this.ending;
    this.form.addEventListener('input', (event) => this.onInput(event), { signal });
    this.form.addEventListener('change', (event) => this.onChange(event), { signal });
    this.form.addEventListener('focusout', (event) => this.onLeave(event), { signal });
    this.form.addEventListener('click', (event) => this.onClick(event), { signal });
    this.form.addEventListener('submit', (event) => void this.onSubmit(event), { signal });
    window.addEventListener('online', () => this.queue.wake(), { signal });
    // What was refused stands in its field only: the browser asks before the page goes.
    window.addEventListener('beforeunload', (event) => void (this.queue.refused.size > 0 && !this.posting && event.preventDefault()), { signal });
    // The field being edited gives no `change` when the window goes: what it holds is queued then, and leaves at once or at the next opening.
    window.addEventListener('pagehide', () => this.commitField(), { signal });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.commitField(), { signal });
  }

  private async begin(): Promise<void> {
    if (this.input.version) this.compiled = compileVersion(this.input.version);
    else void this.fetchVersion();
    // Typed before this script was there, or given back by the browser after a reload.
    const changedBefore = new Set([...(this.form.elements as unknown as Iterable<HTMLInputElement>)].filter(touched).flatMap((field) => keyOf(field) ?? []));
    for (const key of changedBefore) this.read(key, true);
    await this.queue.opened;
    // Left by a window that was closed, or by a network that was lost: shown where it belongs, and sent.
    for (const save of this.queue.pending) this.showLeft(save);
    this.show();
    void this.queue.run();
    if (!this.input.offline && this.input.as === 'structure') void this.keepCopy();
  }

  private async keepCopy(): Promise<void> {
    const device = await this.device;
    if (!device) return;
    await keepCopy(device, this.input.responseId, () => {
      this.copied = true;
      this.show();
    });
  }

  private async fetchVersion(): Promise<void> {
    const answered = await fetch(`/centre/questionnaire/${this.input.questionnaireYear}?v=${this.input.contentHash.slice(0, 12)}`).catch(() => undefined);
    if (!answered?.ok) return;
    this.compiled = compileVersion((await answered.json()) as QuestionnaireVersion);
    this.show();
  }

  private showLeft(save: QueuedSave): void {
    const question = this.isHere(save) ? this.questions.get(save.key) : undefined;
    if (!question || isBeingTyped(this.form, save.key)) return;
    const answer = (save.answer as Answer | null) ?? undefined;
    this.put(save.key, answer);
    this.given[save.key] = answer;
    fill(this.form, question, answer);
  }

  private readonly isHere = (save: Pick<QueuedSave, 'responseId' | 'dataYear'>): boolean => save.responseId === this.input.responseId && save.dataYear === this.input.dataYear;

  private put(key: string, answer: Answer | undefined): void {
    this.answers = { ...this.answers };
    if (answer) this.answers[key] = answer;
    else delete this.answers[key];
  }

  /** Publishes what the answers and the queue now say. */
  private show(): void {
    const { compiled, input, queue } = this;
    const judged = compiled && judgePage(compiled, input, this.answers);
    const refused = Object.fromEntries([...queue.refused].map(([name, message]) => [name.slice(name.indexOf(' ') + 1), message]));
    this.publish({
      answers: this.answers, errors: { ...this.errors, ...refused }, conflicts: this.conflicts, notes: this.notes, newer: this.newer,
      status: statusOf({ waiting: queue.pending.length, refused: [...queue.refused.values()], unreachable: queue.unreachable, signedOut: queue.signedOut, safe: queue.safe, offline: input.offline, copied: this.copied, lastSaved: this.lastSaved, conflicts: this.conflicts.length }),
      ...(judged ? { findings: judged.findings, required: judged.required, answered: judged.answered, hidden: new Set(input.questions.filter((q) => !judged.visible.has(q.key)).map((q) => q.key)) } : {}),
    });
    document.cookie = `senacs_attente=${queue.pending.length}; Path=/; SameSite=Lax${queue.pending.length === 0 ? '; Max-Age=0' : '; Max-Age=2592000'}`;
  }

  // What comes from the server

  private hear(save: QueuedSave, { build, revision, stored }: SendNews): void {
    if (build && ownBuild() && build !== ownBuild()) this.newer = true;
    if (revision !== undefined && this.isHere(save)) this.knownAt.set(save.key, revision);
    if (stored && this.isHere(save)) this.input = { ...this.input, stored };
  }

  private onSaved(save: QueuedSave): void {
    this.lastSaved = clock();
    const answer = (save.answer as Answer | null) ?? undefined;
    if (this.isHere(save) && this.questions.has(save.key)) this.known[save.key] = answer;
    void this.device.then((device) => device && rememberAnswer(device, save));
  }

  private onConflict(save: QueuedSave, conflict: KeptAnswer): void {
    const question = this.isHere(save) ? this.questions.get(save.key) : undefined;
    if (!question) return;
    const { standing } = conflict;
    this.conflicts = [...this.conflicts.filter((k) => k.saveId !== conflict.saveId && !(save.settles ?? []).includes(k.saveId)).map((k) => (k.key === save.key ? { ...k, standing } : k)), conflict];
    this.known[save.key] = standing.answer ?? undefined;
    if (!this.queue.pending.some((s) => this.isHere(s) && s.key === save.key)) this.receive(question, standing.answer ?? undefined);
  }

  private onFollowing(following: Following): void {
    if (following.build && ownBuild() && following.build !== ownBuild()) this.newer = true;
    for (const change of following.changes) {
      const question = change.dataYear === this.input.dataYear ? this.questions.get(change.key) : undefined;
      if (!question || change.revision <= (this.knownAt.get(change.key) ?? 0)) continue;
      const answer = change.answer ?? undefined;
      // With one's own answer on its way, the server will say which of both stands.
      if (answerEquals(answer, this.known[change.key]) || this.queue.pending.some((s) => this.isHere(s) && s.key === change.key)) continue;
      const arrive = (): void => {
        this.known[change.key] = answer;
        this.knownAt.set(change.key, change.revision);
        this.notes = { ...this.notes, [change.key]: `Réponse de ${change.own ? 'votre compte, sur un autre appareil' : (change.author ?? 'quelqu’un d’autre')}, à l’instant.` };
        this.receive(question, answer);
      };
      if (isBeingTyped(this.form, change.key)) this.held.set(change.key, arrive);
      else arrive();
    }
    const own = new Set(this.queue.pending.filter((s) => this.isHere(s)).map((s) => s.key));
    this.conflicts = [...this.conflicts.filter((k) => own.has(k.key)), ...following.conflicts.filter((k) => k.dataYear === this.input.dataYear && this.questions.has(k.key) && !own.has(k.key))];
    this.publish({ others: following.others });
    this.show();
  }

  /** The value that stands takes its place in the page. */
  private receive(question: Question, answer: Answer | undefined): void {
    this.given[question.key] = answer;
    if (isBeingTyped(this.form, question.key)) return;
    this.put(question.key, answer);
    delete this.errors[question.key];
    fill(this.form, question, answer);
  }

  // What the person does

  /** Reads the fields of one question; saves it when `leave` is set and it changed, keeps a draft of it while it is being typed. */
  private read(key: string, leave: boolean, settles?: readonly string[]): void {
    const question = this.questions.get(key);
    if (!question) return;
    const fields = new FormData(this.form);
    const parsed = parseFormAnswer(question, (name) => fields.getAll(name).map(String));
    // Half a number is not a fault while it is being typed.
    if (!parsed.ok && leave) this.errors[key] = parsed.error.message;
    else delete this.errors[key];
    if (parsed.ok) {
      this.put(key, parsed.value);
      const drafted = this.queue.pending.some((s) => s.draft && this.isHere(s) && s.key === key);
      const changed = !answerEquals(this.given[key], parsed.value);
      if (leave ? changed || drafted || settles : changed) {
        const shown = settles ?? this.conflicts.filter((k) => k.key === key).map((k) => k.saveId);
        if (leave) {
          this.given[key] = parsed.value;
          this.held.delete(key);
          this.conflicts = this.conflicts.filter((k) => k.key !== key);
          this.notes = Object.fromEntries(Object.entries(this.notes).filter(([of]) => of !== key));
        }
        this.queue.add({
          responseId: this.input.responseId, dataYear: this.input.dataYear, key, answer: parsed.value ?? null, base: answerFingerprint(this.known[key]),
          ...(shown.length > 0 ? { settles: shown } : {}), ...(leave ? {} : { draft: true as const }),
        });
        return;
      }
    }
    this.show();
  }

  private explain(area: HTMLTextAreaElement, leave: boolean): void {
    if (area.value === (this.explained.get(area.name) ?? area.defaultValue)) return;
    if (leave) this.explained.set(area.name, area.value);
    this.queue.add({ responseId: this.input.responseId, dataYear: this.input.dataYear, key: area.name, answer: area.value, base: '', ...(leave ? {} : { draft: true as const }) });
  }

  private onInput(event: Event): void {
    const target = event.target as HTMLInputElement;
    clearTimeout(this.timer);
    if (target.dataset['explanation'] !== undefined) {
      this.timer = setTimeout(() => this.explain(target as unknown as HTMLTextAreaElement, false), 400);
      return;
    }
    const key = keyOf(target);
    const question = key ? this.questions.get(key) : undefined;
    if (!key || !question) return;
    // "Ne sait pas" and a value exclude each other
    if (target.name?.endsWith('~state') && target.checked) clearBeside(this.form, question, target);
    else untickStates(this.form, key, target);
    this.timer = setTimeout(() => this.read(key, false), 200);
  }

  private onChange(event: Event): void {
    const target = event.target as HTMLElement;
    clearTimeout(this.timer);
    if (target.dataset['explanation'] !== undefined) return this.explain(target as HTMLTextAreaElement, true);
    const key = keyOf(target);
    if (key) this.read(key, true);
  }

  /** What others answered meanwhile arrives when the field is left as it was. */
  private onLeave(event: FocusEvent): void {
    const key = keyOf(event.target);
    if (!key || key === keyOf(event.relatedTarget)) return;
    setTimeout(() => {
      const arrive = this.held.get(key);
      if (!arrive || isBeingTyped(this.form, key)) return;
      this.held.delete(key);
      arrive();
      this.show();
    });
  }

  private onClick(event: Event): void {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>(`button[name=${CHOICE_FIELD}]`);
    const choice = button && readChoice(button.value);
    if (!choice) return;
    event.preventDefault();
    const chosen = choice.act === 'take' ? this.conflicts.find((k) => k.saveId === choice.saveId) : undefined;
    const key = choice.act === 'keep' ? choice.key : chosen?.key;
    const question = key === undefined ? undefined : this.questions.get(key);
    if (!key || !question) return;
    const of = this.conflicts.filter((k) => k.key === key);
    const { standing } = of.at(-1)!;
    // The choice was made between the values shown: what stood then is its base.
    this.known[key] = standing.answer ?? undefined;
    fill(this.form, question, (choice.act === 'keep' ? standing.answer : chosen!.answer) ?? undefined);
    this.read(key, true, of.map((k) => k.saveId));
    this.form.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"] :is(input, select, textarea):not([type=hidden])`)?.focus();
  }

  private commitField(): void {
    const field = document.activeElement as HTMLTextAreaElement | null;
    if (!field || !this.form.contains(field)) return;
    clearTimeout(this.timer);
    if (field.dataset['explanation'] !== undefined) return this.explain(field, true);
    const key = keyOf(field);
    if (key) this.read(key, true);
  }

  /** The form posts as without script, once everything has left; without the network what is typed stays here and the next page is that of the copy. */
  private async onSubmit(event: SubmitEvent): Promise<void> {
    if (this.posting) return;
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement | null;
    this.commitField();
    const shown = this.input.questions.filter((q) => !this.form.querySelector<HTMLElement>(`[data-key="${CSS.escape(q.key)}"]`)?.hidden);
    for (const question of shown) this.read(question.key, true);
    // In a task of its own: a form that is still firing this event takes no other.
    await new Promise((resolve) => setTimeout(resolve));
    await this.queueAtRest();
    if (this.queue.pending.length > 0 || this.input.offline) {
      if (button?.value && Object.keys(this.errors).length === 0 && this.queue.safe && !this.queue.signedOut) window.location.assign(button.value);
      return;
    }
    if (this.conflicts.length > 0) return;
    this.form.querySelector<HTMLInputElement>(`input[name=${SEEN_FIELD}]`)!.value = writeSeen(this.input.questions, this.knownAnswers());
    this.posting = true;
    this.form.requestSubmit(button);
  }

  private readonly knownAnswers = (): Answers => Object.fromEntries(Object.entries(this.known).flatMap(([key, answer]) => (answer ? [[key, answer]] : [])));

  /** Everything has left, or cannot leave now. */
  private async queueAtRest(): Promise<void> {
    const { queue } = this;
    while (queue.pending.length > 0 && !queue.signedOut && !(queue.unreachable && queue.safe)) {
      void queue.run();
      // oxlint-disable-next-line no-await-in-loop -- a look every few hundredths of a second
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
}
