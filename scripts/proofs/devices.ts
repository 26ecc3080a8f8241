/**
 * Two devices of two people in one response, in a model: the real queue of the browser and the real rule of conflicts, with a server that is
 * killed, a network that fails before or after the server has written, pages closed in mid-typing and opened again, updates that bring a new page
 * on an old store. Each history ends with the network back. Then: every value that anybody was told is saved stands in the history; every value
 * given stands there, or beside the one that stands as a conflict, or was replaced on the same device by its own author before it left; and no
 * value ever took the place of one that its author had not seen.
 */
import { type KeptAnswer, verdictOf } from '../../src/domains/entry/index.ts';
import { type Answer, answerFingerprint } from '../../src/domains/questionnaire/index.ts';
import { type QueuedSave, SaveQueue, type SendResult } from '../../src/web/centre/save-queue.ts';
import type { Proof, ProofRun } from '../proof.ts';

const KEYS = ['members', 'interns', 'unique_users'];
const RESPONSE = 'response';
const DATA_YEAR = 2025;
const of = (n: number | null): Answer | undefined => (n === null ? undefined : { state: 'value', value: n });
const numberIn = (answer: Answer | null | undefined): number | null => (answer?.state === 'value' ? (answer.value as number) : null);

type Random = () => number;
const below = (random: Random, n: number): number => Math.floor(random() * n);
const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!;

interface Line {
  readonly saveId: string;
  readonly key: string;
  readonly answer: number | null;
  readonly author: string;
  /** What stood before it. */
  readonly over: number | null;
}

/** What the program's server keeps: a history that only grows, the conflicts, and nothing else that a kill could take. */
class ModelServer {
  readonly history: Line[] = [];
  readonly conflicts: (KeptAnswer & { settledBy: string | null })[] = [];
  up = true;

  standing(key: string): number | null {
    return this.history.findLast((line) => line.key === key)?.answer ?? null;
  }
  private author(key: string): string | null {
    return this.history.findLast((line) => line.key === key)?.author ?? null;
  }

  /** As `saveAnswers`: the same order of looks, the same rule. */
  save(save: QueuedSave, author: string): SendResult {
    if (this.history.some((line) => line.saveId === save.saveId)) return { kind: 'saved' };
    const standing = this.standing(save.key);
    const known = this.conflicts.find((k) => k.saveId === save.saveId);
    const sent = (save.answer as Answer | null) ?? undefined;
    if (!known && verdictOf(of(standing), sent, save.base) === 'write') {
      this.history.push({ saveId: save.saveId, key: save.key, answer: numberIn(sent), author, over: standing });
      this.settle(save);
      return { kind: 'saved' };
    }
    const conflict = known ?? { saveId: save.saveId, dataYear: save.dataYear, key: save.key, answer: sent ?? null, author, at: '', standing: { answer: of(standing) ?? null, author: this.author(save.key), at: null }, settledBy: null };
    if (!known) {
      this.conflicts.push(conflict);
      this.settle(save);
    }
    return { kind: 'conflict', conflict: { ...conflict, standing: { answer: of(standing) ?? null, author: this.author(save.key), at: null } } };
  }

  private settle(save: QueuedSave): void {
    for (const k of this.conflicts) if (k.settledBy === null && k.key === save.key && k.saveId !== save.saveId && save.settles?.includes(k.saveId)) k.settledBy = save.saveId;
  }
  open(): KeptAnswer[] {
    return this.conflicts.filter((k) => k.settledBy === null).map((k) => ({ ...k, standing: { answer: of(this.standing(k.key)) ?? null, author: this.author(k.key), at: null } }));
  }
}

/** A page open on a device, as `live-form.ts`: what stands as it was shown, what was given last, the conflicts shown. */
class ModelPage {
  readonly known = new Map<string, number | null>();
  conflicts: KeptAnswer[];
  readonly queue: SaveQueue;
  closed = false;
  private readonly device: ModelDevice;

  constructor(device: ModelDevice) {
    this.device = device;
    const { server } = device;
    for (const key of KEYS) this.known.set(key, server.standing(key));
    this.conflicts = server.open();
    this.queue = new SaveQueue({
      store: {
        list: async () => [...device.store.values()],
        put: async (save) => void (this.closed || device.store.set(save.saveId, save)),
        remove: async (ids) => void (this.closed || ids.forEach((id) => device.store.delete(id))),
      },
      send: (save) => device.send(this, save),
      newId: () => device.newId(),
      changed: () => {},
      saved: (save) => {
        if (this.closed) return;
        device.acknowledged.push(save);
        this.known.set(save.key, numberIn(save.answer as Answer | null));
      },
      conflict: (save, conflict) => {
        if (this.closed) return;
        this.conflicts = [...this.conflicts.filter((k) => k.saveId !== conflict.saveId && !(save.settles ?? []).includes(k.saveId)), conflict];
        this.known.set(save.key, numberIn(conflict.standing.answer));
      },
      wait: () => device.nextTry(),
    });
  }

  /** What the person sees in the field: its own answer on its way, or what stands. */
  shown(key: string): number | null {
    const waiting = this.queue.pending.findLast((s) => s.key === key);
    return waiting ? numberIn(waiting.answer as Answer | null) : this.known.get(key)!;
  }

  give(key: string, value: number | null, draft: boolean): void {
    const shown = this.conflicts.filter((k) => k.key === key).map((k) => k.saveId);
    if (!draft) this.conflicts = this.conflicts.filter((k) => k.key !== key);
    const saveId = this.device.nextId();
    const own = this.queue.pending.filter((s) => s.key === key);
    // One's own answers that still wait here were seen too, and what they were given over.
    const before = own.flatMap((s) => [numberIn(s.answer as Answer | null), ...this.device.given.findLast((g) => g.saveId === s.saveId)!.seen]);
    this.device.given.push({ saveId, key, value, draft, seen: new Set([this.known.get(key)!, this.shown(key), ...this.device.alsoSeen(key), ...before]), replaces: [], shown: [...shown, ...own.flatMap((s) => [s.saveId, ...this.device.given.findLast((g) => g.saveId === s.saveId)!.shown])] });
    this.queue.add({ responseId: RESPONSE, dataYear: DATA_YEAR, key, answer: of(value) ?? null, base: answerFingerprint(of(this.known.get(key)!)), ...(shown.length > 0 ? { settles: shown } : {}), ...(draft ? { draft: true as const } : {}) });
    // Those that the queue let go for this one; one on its way is not among them.
    const left = new Set(this.queue.pending.map((s) => s.saveId));
    this.device.given.at(-1)!.replaces.push(...own.map((s) => s.saveId).filter((id) => !left.has(id)));
  }

  /** The page asks what others answered: it takes it where nothing of its own is on its way. */
  follow(): void {
    const { server } = this.device;
    for (const key of KEYS) if (!this.queue.pending.some((s) => s.key === key)) this.known.set(key, server.standing(key));
    const own = new Set(this.queue.pending.map((s) => s.key));
    this.conflicts = [...this.conflicts.filter((k) => own.has(k.key)), ...server.open().filter((k) => !own.has(k.key))];
  }
}

interface Given {
  readonly saveId: string;
  readonly key: string;
  readonly value: number | null;
  readonly draft: boolean;
  /** Values that its author had before his eyes when he gave it. */
  readonly seen: ReadonlySet<number | null>;
  /** His own earlier answers that still waited in this page. */
  readonly replaces: string[];
  /** Conflicts that were before his eyes, or that came of his own answers ahead of this one. */
  readonly shown: string[];
}

class ModelDevice {
  readonly store = new Map<string, QueuedSave>();
  readonly given: Given[] = [];
  readonly acknowledged: QueuedSave[] = [];
  page: ModelPage | undefined;
  network = true;
  readonly name: string;
  readonly server: ModelServer;
  private readonly random: Random;
  private ids = 0;
  private tries: (() => void)[] = [];
  /** Requests on their way: a step of the history lets one go. */
  private flights: (() => void)[] = [];
  kills = 0;
  lostReplies = 0;

  constructor(name: string, server: ModelServer, random: Random) {
    this.name = name;
    this.server = server;
    this.random = random;
  }
  nextId(): string {
    return `${this.name}-${String(this.ids + 1).padStart(5, '0')}`;
  }
  newId(): string {
    this.ids++;
    return `${this.name}-${String(this.ids).padStart(5, '0')}`;
  }
  alsoSeen(key: string): (number | null)[] {
    return (this.page?.conflicts ?? []).filter((k) => k.key === key).map((k) => numberIn(k.answer));
  }

  async send(page: ModelPage, save: QueuedSave): Promise<SendResult> {
    await new Promise<void>((resolve) => this.flights.push(resolve));
    if (!this.network || !this.server.up) return { kind: 'unreachable' };
    // Killed before it wrote, or after: the answer never comes.
    const fate = this.random();
    if (fate < 0.1) {
      this.kills++;
      return { kind: 'unreachable' };
    }
    const result = this.server.save(save, this.name);
    if (fate < 0.25 || page.closed) {
      this.lostReplies++;
      return { kind: 'unreachable' };
    }
    return result;
  }
  nextTry(): Promise<void> {
    return new Promise((resolve) => this.tries.push(resolve));
  }
  /** Lets what is on its way go on. */
  async move(): Promise<void> {
    const [flights, tries] = [this.flights, this.tries];
    this.flights = [];
    this.tries = [];
    for (const go of [...flights, ...tries]) go();
    for (let n = 0; n < 12; n++) await Promise.resolve();
  }

  async open(): Promise<void> {
    this.page = new ModelPage(this);
    await this.page.queue.opened;
    void this.page.queue.run();
  }
  close(): void {
    if (this.page) this.page.closed = true;
    this.page = undefined;
    this.flights = [];
    this.tries = [];
  }
}

async function history(random: Random, steps: number) {
  const server = new ModelServer();
  const devices = [new ModelDevice('a', server, random), new ModelDevice('b', server, random)];
  let value = 0;
  let reloads = 0;
  for (const device of devices) await device.open();
  for (let step = 0; step < steps; step++) {
    const device = pick(random, devices);
    const act = random();
    if (!device.page) {
      if (act < 0.5) await device.open();
    } else if (act < 0.35) {
      const key = pick(random, KEYS);
      // Few different values, so that people also say the same, take an answer back, and come back to an earlier one.
      device.page.give(key, random() < 0.1 ? null : random() < 0.5 ? below(random, 4) : ++value + 10, random() < 0.2);
    } else if (act < 0.42) {
      const chosen = pick(random, device.page.conflicts.length > 0 ? device.page.conflicts : [undefined]);
      if (chosen) {
        device.page.known.set(chosen.key, numberIn(chosen.standing.answer));
        device.page.give(chosen.key, numberIn(random() < 0.5 ? chosen.answer : chosen.standing.answer), false);
      }
    } else if (act < 0.5) {
      if (device.network && server.up) device.page.follow();
    } else if (act < 0.56) {
      // Closed, killed, reloaded, or replaced by the page of a newer build: the store stays.
      device.close();
      reloads++;
      if (random() < 0.7) await device.open();
    } else if (act < 0.62) device.network = !device.network;
    else if (act < 0.66) server.up = !server.up;
    else await device.move();
    // What is written in the browser's store is written at the end of the step.
    for (let n = 0; n < 6; n++) await Promise.resolve();
  }
  server.up = true;
  for (const device of devices) {
    device.network = true;
    // Opened once more: what is being typed is sent, as after a reload.
    device.close();
    await device.open();
  }
  for (let n = 0; devices.some((d) => d.page!.queue.pending.length > 0); n++) {
    if (n > 5000) throw new Error('a queue never empties');
    for (const device of devices) await device.move();
  }
  return { server, devices, reloads, faults: judge(server, devices) };
}

interface Faults {
  readonly lost: string[];
  readonly silent: string[];
}

function judge(server: ModelServer, devices: readonly ModelDevice[]): Faults {
  const [lost, silent]: [string[], string[]] = [[], []];
  const written = new Map(server.history.map((line) => [line.saveId, line]));
  if (written.size !== server.history.length) throw new Error('a save was counted twice');
  const kept = new Map(server.conflicts.map((k) => [k.saveId, k]));
  for (const device of devices) {
    for (const save of device.acknowledged) if (written.get(save.saveId)?.answer !== numberIn(save.answer as Answer | null)) lost.push(`acknowledged value ${save.saveId} is lost`);
    const replaced = new Set(device.given.flatMap((g) => g.replaces));
    for (const g of device.given) if (!written.has(g.saveId) && !kept.has(g.saveId) && !replaced.has(g.saveId)) lost.push(`value ${g.value} of ${g.key}, given as ${g.saveId}, is nowhere`);
  }
  const givenById = new Map(devices.flatMap((d) => d.given.map((g) => [g.saveId, g] as const)));
  for (const [n, line] of server.history.entries()) {
    const before = server.history.slice(0, n).findLast((l) => l.key === line.key);
    if (!givenById.get(line.saveId)!.seen.has(line.over) && line.answer !== line.over && before?.author !== line.author) silent.push(`${line.saveId} took the place of ${line.over}, which ${line.author} had not seen`);
  }
  for (const k of server.conflicts) {
    const choice = k.settledBy === null ? undefined : givenById.get(k.settledBy);
    if (k.settledBy !== null && !(choice?.key === k.key && choice.shown.includes(k.saveId))) silent.push(`conflict ${k.saveId} was settled by ${k.settledBy}, which had not been shown it`);
  }
  return { lost, silent };
}

export const proof: Proof = {
  shows: 'Two devices answer in one response, with lost connections, killed servers, reloads and updates, in a model that runs the browser’s own queue and the server’s own rule. No acknowledged value is lost, no given value disappears, none takes the place of one that its author had not seen.',
  run: async (run: ProofRun) => {
    const histories = run.sample ? 1000 : 20_000;
    const sum = { given: 0, acknowledged: 0, conflicts: 0, settled: 0, reloads: 0, lost: 0, lostValues: 0, silent: 0 };
    for (let n = 0; n < histories; n++) {
      const { server, devices, reloads, faults } = await history(run.random, 60 + below(run.random, 120));
      sum.given += devices.reduce((total, d) => total + d.given.length, 0);
      sum.acknowledged += devices.reduce((total, d) => total + d.acknowledged.length, 0);
      sum.lost += devices.reduce((total, d) => total + d.kills + d.lostReplies, 0);
      sum.conflicts += server.conflicts.length;
      sum.settled += server.conflicts.filter((k) => k.settledBy !== null).length;
      sum.reloads += reloads;
      sum.lostValues += faults.lost.length;
      sum.silent += faults.silent.length;
      if (faults.lost.length + faults.silent.length > 0) throw new Error(`history ${n + 1}: ${[...faults.lost, ...faults.silent].join('; ')}`);
      if ((n + 1) % 5000 === 0) run.say(`${n + 1} histories`);
    }
    if (sum.conflicts === 0 || sum.settled === 0 || sum.lost === 0) throw new Error('the histories met no conflict, no choice or no failure: they prove nothing');
    return {
      histories, 'answers given': sum.given, 'acknowledged saves': sum.acknowledged, 'values lost': sum.lostValues, 'silent overwrites': sum.silent, 'conflicts kept': sum.conflicts, 'conflicts settled by a choice': sum.settled,
      'pages closed, reloaded or updated': sum.reloads, 'requests lost before or after the server wrote': sum.lost,
    };
  },
};
