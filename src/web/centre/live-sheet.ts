/**
 * What an open page knows of its sheet: the answers in its fields, what stands on the server as far as it was shown, what arrives from others.
 * A value that arrives takes its place in the fields, unless the person is in them: it then waits until they leave.
 */
import type { KeptAnswer } from '../../domains/entry/index.ts';
import { type Answer, answerEquals, type Answers, type Question } from '../../domains/questionnaire/index.ts';
import type { Following } from './follower.ts';
import { fill, isBeingTyped } from './form-fields.ts';
import type { InitialState, LiveInput } from './live-state.ts';
import type { QueuedSave } from './save-queue.ts';

type Place = Pick<LiveInput, 'responseId' | 'dataYear'>;

const answerOf = (save: QueuedSave): Answer | undefined => (save.answer as Answer | null) ?? undefined;

export class LiveSheet {
  private readonly form: HTMLFormElement;
  private readonly place: Place;
  readonly questions: ReadonlyMap<string, Question>;
  answers: Answers;
  /** Sentences beside the fields that could not be read. */
  readonly errors: { [key: string]: string };
  conflicts: readonly KeptAnswer[];
  notes: { readonly [key: string]: string } = {};
  /** What stands on the server, as far as this page was shown; with the revision that said so. */
  private readonly known: { [key: string]: Answer | undefined };
  private readonly knownAt = new Map<string, number>();
  /** What was queued last, or stands. */
  private readonly given: { [key: string]: Answer | undefined };
  /** Answers of others that wait until the person leaves the field. */
  private readonly held = new Map<string, () => void>();

  constructor(form: HTMLFormElement, input: Place & Pick<LiveInput, 'questions' | 'answers'>, initial: InitialState) {
    this.form = form;
    this.place = input;
    this.questions = new Map(input.questions.map((q) => [q.key, q]));
    this.answers = { ...input.answers };
    this.known = { ...input.answers };
    this.given = { ...input.answers };
    this.errors = { ...initial.errors };
    this.conflicts = initial.conflicts;
  }

  isHere(save: Pick<QueuedSave, 'responseId' | 'dataYear'>): boolean {
    return save.responseId === this.place.responseId && save.dataYear === this.place.dataYear;
  }

  put(key: string, answer: Answer | undefined): void {
    const { [key]: _, ...others } = this.answers;
    this.answers = answer ? { ...others, [key]: answer } : others;
  }

  /** What a new answer to `key` stands on. */
  standing(key: string): Answer | undefined {
    return this.known[key];
  }
  /** The answers that stand, as far as the page was shown. */
  get standingAnswers(): Answers {
    return Object.fromEntries(Object.entries(this.known).flatMap(([key, answer]) => (answer ? [[key, answer]] : [])));
  }
  isNew(key: string, answer: Answer | undefined): boolean {
    return !answerEquals(this.given[key], answer);
  }
  conflictsOf(key: string): readonly KeptAnswer[] {
    return this.conflicts.filter((k) => k.key === key);
  }

  /** The person has given `answer` and left the field: what was shown beside it has been seen. */
  give(key: string, answer: Answer | undefined): void {
    this.given[key] = answer;
    this.held.delete(key);
    this.conflicts = this.conflicts.filter((k) => k.key !== key);
    const { [key]: _, ...notes } = this.notes;
    this.notes = notes;
  }

  /** A choice between the values of a conflict: what stood then is its base. Writes the chosen one in the fields. */
  choose(question: Question, { standing }: KeptAnswer, chosen: Answer | undefined): void {
    this.known[question.key] = standing.answer ?? undefined;
    fill(this.form, question, chosen);
  }

  /** An answer that a closed window left, shown where it belongs. */
  showLeft(save: QueuedSave): void {
    const question = this.isHere(save) ? this.questions.get(save.key) : undefined;
    if (!question || isBeingTyped(this.form, save.key)) return;
    this.put(save.key, answerOf(save));
    this.given[save.key] = answerOf(save);
    fill(this.form, question, answerOf(save));
  }

  /** The server acknowledged a save, or told at which revision it stands. */
  acknowledged(save: QueuedSave): void {
    if (this.isHere(save) && this.questions.has(save.key)) this.known[save.key] = answerOf(save);
  }
  at(save: QueuedSave, revision: number): void {
    if (this.isHere(save)) this.knownAt.set(save.key, revision);
  }

  /** A save met another value: both are kept, the one that stands takes the field unless another answer is `pending`. */
  conflict(save: QueuedSave, conflict: KeptAnswer, pending: ReadonlySet<string>): void {
    const question = this.isHere(save) ? this.questions.get(save.key) : undefined;
    if (!question) return;
    const { standing } = conflict;
    this.conflicts = [...this.conflicts.filter((k) => k.saveId !== conflict.saveId && !(save.settles ?? []).includes(k.saveId)).map((k) => (k.key === save.key ? { ...k, standing } : k)), conflict];
    this.known[save.key] = standing.answer ?? undefined;
    if (!pending.has(save.key)) this.receive(question, standing.answer ?? undefined);
  }

  /** What happened in the same response. With one's own answer on its way (`pending`), the server will say which of both stands. */
  follow(following: Following, pending: ReadonlySet<string>): void {
    for (const change of following.changes) {
      const question = change.dataYear === this.place.dataYear ? this.questions.get(change.key) : undefined;
      if (!question || change.revision <= (this.knownAt.get(change.key) ?? 0)) continue;
      const answer = change.answer ?? undefined;
      if (answerEquals(answer, this.known[change.key]) || pending.has(change.key)) continue;
      const arrive = (): void => {
        this.known[change.key] = answer;
        this.knownAt.set(change.key, change.revision);
        this.notes = { ...this.notes, [change.key]: `Réponse de ${change.own ? 'votre compte, sur un autre appareil' : (change.author ?? 'quelqu’un d’autre')}, à l’instant.` };
        this.receive(question, answer);
      };
      if (isBeingTyped(this.form, change.key)) this.held.set(change.key, arrive);
      else arrive();
    }
    this.conflicts = [...this.conflicts.filter((k) => pending.has(k.key)), ...following.conflicts.filter((k) => k.dataYear === this.place.dataYear && this.questions.has(k.key) && !pending.has(k.key))];
  }

  /** The field was left: what waited for that arrives. False when nothing did. */
  arrive(key: string): boolean {
    const arrive = this.held.get(key);
    if (!arrive || isBeingTyped(this.form, key)) return false;
    this.held.delete(key);
    arrive();
    return true;
  }

  private receive(question: Question, answer: Answer | undefined): void {
    this.given[question.key] = answer;
    if (isBeingTyped(this.form, question.key)) return;
    this.put(question.key, answer);
    delete this.errors[question.key];
    fill(this.form, question, answer);
  }
}
