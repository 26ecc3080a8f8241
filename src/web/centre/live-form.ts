/**
 * What scripts add to the form: each answer leaves as it is given, the checks follow the typing, what others answer arrives, and nothing typed is
 * lost. The form's own fields stay the truth: they are read with the very parser of the server. Without scripts the form posts whole and does the same.
 */
import { type RefObject, startTransition, useEffect, useRef, useState } from 'react';
import { formatClock } from '../../kernel/french-date.ts';
import { answerFingerprint, compileVersion, parseFormAnswer, type QuestionnaireVersion } from '../../domains/questionnaire/index.ts';
import { betweenHands } from '../../domains/entry/index.ts';
import { newId } from '../../kernel/identifier.ts';
import { type Device, openDevice, storeOf } from './device-store.ts';
import { Follower, type Following } from './follower.ts';
import { clearBeside, keyOf, sentBy, touched, untickStates } from './form-fields.ts';
import { PageJudge } from './judge-page.ts';
import { keepCopy, rememberAnswer } from './kept-copy.ts';
import { LiveSheet } from './live-sheet.ts';
import type { InitialState, LiveInput, LiveState } from './live-state.ts';
import { type QueuedSave, SaveQueue } from './save-queue.ts';
import { statusOf } from './save-status.ts';
import { CHOICE_FIELD, readChoice, SEEN_FIELD, writeSeen } from './seen-answers.ts';
import { sendSave, type SendNews } from './save-call.ts';

export function useLiveForm(form: RefObject<HTMLFormElement | null>, input: LiveInput, initial: InitialState): LiveState {
  const [state, setState] = useState<LiveState>({ ...initial, notes: {}, others: [], status: null, newer: false });
  const start = useRef({ input, initial });
  useEffect(() => {
    const { input, initial } = start.current;
    if (!form.current || !input.editable) return;
    // The fields do not depend on it: the browser draws between two questions rather than hold what is being typed.
    const live = new LiveForm(form.current, input, initial, (patch) => startTransition(() => setState((now) => ({ ...now, ...patch }))));
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
const ownBuild = (): string | undefined => document.querySelector<HTMLScriptElement>('script[data-build]')?.dataset['build'];

class LiveForm {
  private readonly form: HTMLFormElement;
  private readonly input: LiveInput;
  private readonly publish: (patch: Partial<LiveState>) => void;
  private readonly ending = new AbortController();
  private readonly device: Promise<Device | undefined>;
  private readonly sheet: LiveSheet;
  private readonly queue: SaveQueue;
  private readonly follower: Follower;
  private judge: PageJudge | undefined;
  private readonly explained = new Map<string, string>();
  private lastSaved = '';
  private newer = false;
  private posting = false;
  private leaving = false;
  /** Answers that wait, as the server was last told at sign-out's door. */
  private told = -1;
  /** The browser keeps a copy: the page may be used without the network. */
  private copied = false;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private showing: ReturnType<typeof setTimeout> | undefined;

  constructor(form: HTMLFormElement, input: LiveInput, initial: InitialState, publish: (patch: Partial<LiveState>) => void) {
    this.form = form;
    this.input = input;
    this.publish = publish;
    this.sheet = new LiveSheet(form, input, initial);
    this.device = openDevice(input.offline ? undefined : input.account).then((device) => (device?.account === input.account ? device : undefined));
    this.queue = new SaveQueue({
      store: storeOf(this.device),
      send: async (save) => {
        // In a task of its own, so that the next field has the focus first; a window that goes has no other task.
        if (!this.leaving) await new Promise((resolve) => setTimeout(resolve));
        return sendSave(save, (address, init) => fetch(address, init), (news) => this.hear(save, news));
      },
      newId: () => newId(),
      changed: () => this.show(),
      saved: (save) => this.onSaved(save),
      conflict: (save, conflict) => this.sheet.conflict(save, conflict, this.pending()),
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
    clearTimeout(this.typing);
    clearTimeout(this.showing);
  }

  private listen(): void {
    const { signal } = this.ending;
    this.form.addEventListener('input', (event) => this.onInput(event), { signal });
    this.form.addEventListener('change', (event) => this.onChange(event), { signal });
    this.form.addEventListener('focusout', (event) => this.onLeave(event), { signal });
    this.form.addEventListener('click', (event) => this.onClick(event), { signal });
    this.form.addEventListener('submit', (event) => void this.onSubmit(event), { signal });
    window.addEventListener('online', () => this.queue.wake(), { signal });
    // What was refused, or cannot be read, stands in its field only: the browser asks before the page goes.
    window.addEventListener('beforeunload', (event) => void ((this.queue.refused.size > 0 || this.unread().length > 0) && !this.posting && event.preventDefault()), { signal });
    // The field being edited gives no `change` when the window goes: what it holds is queued then, and leaves at once or at the next opening.
    window.addEventListener('pagehide', () => {
      this.leaving = true;
      this.commitField();
    }, { signal });
    window.addEventListener('pageshow', () => {
      this.leaving = false;
    }, { signal });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.commitField(), { signal });
  }

  private async begin(): Promise<void> {
    if (this.input.version) this.judge = new PageJudge(compileVersion(this.input.version), this.input);
    else void this.fetchVersion();
    // Typed before this script was there, or given back by the browser after a reload.
    const changedBefore = new Set([...(this.form.elements as unknown as Iterable<HTMLInputElement>)].filter(touched).flatMap((field) => keyOf(field) ?? []));
    for (const key of changedBefore) this.read(key, true);
    await this.queue.opened;
    // Left by a window that was closed, or by a network that was lost: shown where it belongs, and sent.
    for (const save of this.queue.pending) this.sheet.showLeft(save);
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
    const answered = await fetch(`/centre/questionnaire/${this.input.questionnaireYear}?v=${this.input.edition.slice(0, 12)}`).catch(() => undefined);
    if (!answered?.ok) return;
    this.judge = new PageJudge(compileVersion((await answered.json()) as QuestionnaireVersion), this.input);
    this.show();
  }

  /** Keys of this sheet whose answers are on their way. */
  private pending(): ReadonlySet<string> {
    return new Set(this.queue.pending.filter((s) => this.sheet.isHere(s)).map((s) => s.key));
  }

  /** Codes of the questions whose fields cannot be read: what stands on the server is another value. */
  private unread(): { readonly key: string; readonly code: string }[] {
    return Object.keys(this.sheet.errors).map((key) => ({ key, code: this.sheet.questions.get(key)?.code ?? key }));
  }

  /** Soon, in a task of its own and once for all that happens meanwhile: a key pressed never waits for the checks. */
  private show(): void {
    this.showing ??= setTimeout(() => {
      this.showing = undefined;
      this.showNow();
    });
  }

  /** Publishes what the answers and the queue now say. */
  private showNow(): void {
    const { input, queue, sheet } = this;
    const judged = this.judge?.of(sheet.answers);
    const refused = Object.fromEntries([...queue.refused].map(([name, message]) => [name.slice(name.indexOf(' ') + 1), message]));
    this.publish({
      answers: sheet.answers, errors: { ...sheet.errors, ...refused }, conflicts: sheet.conflicts, notes: sheet.notes, newer: this.newer,
      status: statusOf({ waiting: queue.pending.length, refused: [...queue.refused.values()], unread: this.unread(), unreachable: queue.unreachable, signedOut: queue.signedOut, safe: queue.safe, offline: input.offline, copied: this.copied, lastSaved: this.lastSaved, conflicts: betweenHands(sheet.conflicts).length }),
      ...(judged ? { findings: judged.findings.filter((f) => !(f.anchor in sheet.errors)), required: judged.required, answered: judged.answered, hidden: judged.hidden } : {}),
    });
    if (queue.pending.length === this.told) return;
    this.told = queue.pending.length;
    document.cookie = `senacs_attente=${this.told}; Path=/; SameSite=Lax${this.told === 0 ? '; Max-Age=0' : '; Max-Age=2592000'}`;
  }

  // What comes from the server

  private hearBuild(build: string | null | undefined): void {
    if (build && ownBuild() && build !== ownBuild()) this.newer = true;
  }

  private hear(save: QueuedSave, { build, revision, stored }: SendNews): void {
    this.hearBuild(build);
    if (revision !== undefined) this.sheet.at(save, revision);
    if (stored && this.sheet.isHere(save)) this.judge?.explained(stored);
  }

  private onSaved(save: QueuedSave): void {
    this.lastSaved = clock();
    this.sheet.acknowledged(save);
    void this.device.then((device) => device && rememberAnswer(device, save));
  }

  private onFollowing(following: Following): void {
    this.hearBuild(following.build);
    this.sheet.follow(following, this.pending());
    this.publish({ others: following.others });
    this.show();
  }

  // What the person does

  /** Reads the fields of one question; saves it when `leave` is set and it changed, keeps a draft of it while it is being typed. */
  private read(key: string, leave: boolean, settles?: readonly string[]): void {
    const { sheet, queue, input } = this;
    const question = sheet.questions.get(key);
    if (!question) return;
    const parsed = parseFormAnswer(question, sentBy(this.form, key));
    // Half a number is not a fault while it is being typed; a fault that was told stands until it is mended.
    if (parsed.ok) delete sheet.errors[key];
    else if (leave) sheet.errors[key] = parsed.error.message;
    if (parsed.ok) {
      sheet.put(key, parsed.value);
      const drafted = queue.pending.some((s) => s.draft && sheet.isHere(s) && s.key === key);
      const changed = sheet.isNew(key, parsed.value);
      if (leave ? changed || drafted || settles : changed) {
        const shown = settles ?? sheet.conflictsOf(key).map((k) => k.saveId);
        if (leave) sheet.give(key, parsed.value);
        queue.add({
          responseId: input.responseId, dataYear: input.dataYear, key, answer: parsed.value ?? null, base: answerFingerprint(sheet.standing(key)),
          ...(shown.length > 0 ? { settles: shown } : {}), ...(input.sourceId ? { sourceId: input.sourceId } : {}), ...(leave ? {} : { draft: true as const }),
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
    clearTimeout(this.typing);
    if (target.dataset['explanation'] !== undefined) {
      this.typing = setTimeout(() => this.explain(target as unknown as HTMLTextAreaElement, false), 400);
      return;
    }
    const key = keyOf(target);
    const question = key ? this.sheet.questions.get(key) : undefined;
    if (!key || !question) return;
    // "Ne sait pas" and a value exclude each other
    if (target.name?.endsWith('~state') && target.checked) clearBeside(this.form, question, target);
    else untickStates(this.form, key, target);
    // What it shows must be there before the next Tab; the rest waits until the fingers rest.
    this.typing = setTimeout(() => this.read(key, false), this.judge?.showsOthers(key) ? 0 : 200);
  }

  private onChange(event: Event): void {
    const target = event.target as HTMLElement;
    clearTimeout(this.typing);
    if (target.dataset['explanation'] !== undefined) return this.explain(target as HTMLTextAreaElement, true);
    const key = keyOf(target);
    if (key) this.read(key, true);
  }

  /** What others answered meanwhile arrives when the field is left as it was. */
  private onLeave(event: FocusEvent): void {
    const key = keyOf(event.target);
    if (!key || key === keyOf(event.relatedTarget)) return;
    setTimeout(() => this.sheet.arrive(key) && this.show());
  }

  private onClick(event: Event): void {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>(`button[name=${CHOICE_FIELD}]`);
    const choice = button && readChoice(button.value);
    if (!choice) return;
    event.preventDefault();
    const chosen = choice.act === 'take' ? this.sheet.conflicts.find((k) => k.saveId === choice.saveId) : undefined;
    const key = choice.act === 'keep' ? choice.key : chosen?.key;
    const question = key === undefined ? undefined : this.sheet.questions.get(key);
    if (!key || !question) return;
    const of = this.sheet.conflictsOf(key);
    const last = of.at(-1)!;
    this.sheet.choose(question, last, (choice.act === 'keep' ? last.standing.answer : chosen!.answer) ?? undefined);
    this.read(key, true, of.map((k) => k.saveId));
    this.form.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"] :is(input, select, textarea):not([type=hidden])`)?.focus();
  }

  private commitField(): void {
    const field = document.activeElement as HTMLTextAreaElement | null;
    if (!field || !this.form.contains(field)) return;
    clearTimeout(this.typing);
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
      if (button?.value && Object.keys(this.sheet.errors).length === 0 && this.queue.safe && !this.queue.signedOut) window.location.assign(button.value);
      return;
    }
    if (betweenHands(this.sheet.conflicts).length > 0) return;
    this.form.querySelector<HTMLInputElement>(`input[name=${SEEN_FIELD}]`)!.value = writeSeen(this.input.questions, this.sheet.standingAnswers);
    this.posting = true;
    this.form.requestSubmit(button);
  }

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
