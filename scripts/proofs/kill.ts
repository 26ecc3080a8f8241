/**
 * No acknowledged answer is lost or counted twice when the server is killed during saves (SIGKILL), on both engines, nor when the PostgreSQL
 * server is (its processes killed, or an immediate stop). Each round: writers save, something dies, it comes back; what has been acknowledged
 * is looked for in the database; what has not is sent again with the same number, as a browser does, and some acknowledged saves too.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type AnsweringCentre, DATA_YEAR, prepareAnsweringWorld } from '../../bench/answering-world.ts';
import { httpClient } from '../../bench/http-client.ts';
import { newId } from '../../src/kernel/identifier.ts';
import { lockDataFolder } from '../../src/platform/data-folder.server.ts';
import { type Database, openPglite, openPostgres } from '../../src/platform/database.server.ts';
import { type Started, startProgram, temporaryFolder } from '../../tests/support/program.ts';
import { postgresFolder, type PrivateServer, startPostgres } from '../postgres.ts';
import type { Proof, ProofRun } from '../proof.ts';

const WRITERS = 6;
const CENTRES = 3;
/** Questions that take any whole number, several writers on one response. */
const KEYS = ['interns', 'civic_service', 'coconstructed_projects', 'partners_count', 'hosted_associations', 'holiday_families'];

interface Save {
  readonly saveId: string;
  readonly centre: AnsweringCentre;
  readonly key: string;
  readonly value: number;
  /** Sequence of the receipt once acknowledged. */
  sequence?: number;
}

export const proof: Proof = {
  shows: 'The server is killed (SIGKILL) during saves, on both engines; the PostgreSQL server is killed too. No acknowledged answer is lost, none is counted twice, and a save sent again gets its first receipt.',
  run: async (run) => {
    const rounds = run.sample ? 10 : 200;
    const figures: { [name: string]: string | number } = {};
    Object.assign(figures, await onPglite(run, rounds));
    if (!postgresFolder()) throw new Error('PostgreSQL is not installed here: half of the proof cannot be made');
    Object.assign(figures, await onPostgres(run, rounds));
    return figures;
  },
};

class Ledger {
  readonly saves: Save[] = [];
  readonly #random: () => number;
  #value = 0;
  resent = 0;
  constructor(random: () => number) {
    this.#random = random;
  }

  next(centres: readonly AnsweringCentre[]): Save {
    const pick = <T>(list: readonly T[]): T => list[Math.floor(this.#random() * list.length)]!;
    const save: Save = { saveId: newId(), centre: pick(centres), key: pick(KEYS), value: this.#value++ % 1000 };
    this.saves.push(save);
    return save;
  }

  pending(): readonly Save[] {
    return this.saves.filter((s) => s.sequence === undefined);
  }

  acknowledged(): readonly Save[] {
    return this.saves.filter((s) => s.sequence !== undefined);
  }
}

type Send = ReturnType<typeof httpClient>['send'];

/** True when the save is acknowledged. A receipt that differs from the first one is a failure of the proof. */
async function post(send: Send, save: Save): Promise<boolean> {
  const body = JSON.stringify({ saveId: save.saveId, responseId: save.centre.responseId, dataYear: DATA_YEAR, key: save.key, answer: { state: 'value', value: save.value } });
  const reply = await send('POST', '/api/saves', { Cookie: save.centre.cookie }, body).catch(() => undefined);
  if (!reply || reply.status >= 500) return false;
  if (reply.status !== 200) throw new Error(`a save was refused: ${reply.status} ${reply.body}`);
  const { receipt } = JSON.parse(reply.body) as { receipt: { saveId: string; sequence: number } };
  if (receipt.saveId !== save.saveId) throw new Error('the receipt of another save came back');
  if (save.sequence !== undefined && save.sequence !== receipt.sequence) throw new Error(`save ${save.saveId} was counted twice: ${save.sequence}, then ${receipt.sequence}`);
  save.sequence = receipt.sequence;
  return true;
}

/** Writers save without pause until `stopped()`; a save that gets no answer is left pending. */
function write(url: string, centres: readonly AnsweringCentre[], ledger: Ledger, stopped: () => boolean): Promise<void> {
  const client = httpClient(url, WRITERS);
  const writer = async (): Promise<void> => {
    while (!stopped()) {
      const done = await post(client.send, ledger.next(centres));
      if (!done) await sleep(20);
    }
  };
  return Promise.all(Array.from({ length: WRITERS }, writer)).then(() => client.close());
}

/** Sends what is pending until all is acknowledged, and some acknowledged saves once more. */
async function settle(url: string, ledger: Ledger, random: () => number): Promise<void> {
  const client = httpClient(url, WRITERS);
  const again = ledger.acknowledged().filter(() => random() < Math.min(1, 20 / ledger.saves.length));
  for (let attempt = 0; ledger.pending().length > 0; attempt++) {
    if (attempt > 100) throw new Error(`${ledger.pending().length} saves are never acknowledged`);
    for (const save of ledger.pending()) await post(client.send, save);
    if (ledger.pending().length > 0) await sleep(100);
  }
  // A connection that died with PostgreSQL may still answer 503 once: the browser would try again, and so does this.
  for (const save of again) {
    for (let attempt = 0; !(await post(client.send, save)); attempt++) {
      if (attempt > 100) throw new Error('a save sent again is never answered');
      await sleep(100);
    }
  }
  ledger.resent += again.length;
  client.close();
}

/** Every acknowledged save stands once in the history with its sequence; the sheet holds the last value of each question; nothing else is there. */
async function look(database: Database, ledger: Ledger): Promise<void> {
  const { rows } = await sql<{ save_id: string; sequence: number; value: number }>`
    select save_id, sequence, (answer->>'value')::int as value from entry.answer_history order by sequence`.execute(database.db);
  const history = new Map(rows.map((r) => [r.save_id, r]));
  if (history.size !== rows.length) throw new Error('a save stands twice in the history');
  for (const save of ledger.acknowledged()) {
    const row = history.get(save.saveId);
    if (!row) throw new Error(`acknowledged save ${save.saveId} is lost`);
    if (row.sequence !== save.sequence || row.value !== save.value) throw new Error(`acknowledged save ${save.saveId} is altered`);
  }
  const known = new Set(ledger.saves.map((s) => s.saveId));
  if (rows.some((r) => !known.has(r.save_id))) throw new Error('the history holds a save that nobody sent');
  const { rows: torn } = await sql<{ n: number }>`
    select count(*)::int as n from (select distinct on (response_id, data_year, question_key) response_id, data_year, question_key, answer from entry.answer_history
      order by response_id, data_year, question_key, sequence desc) h
    join entry.answer_sheet s using (response_id, data_year) where s.answers -> h.question_key is distinct from h.answer`.execute(database.db);
  if (torn[0]!.n > 0) throw new Error(`${torn[0]!.n} answers of a sheet are not the last of their history`);
  const { rows: counted } = await sql<{ n: number }>`
    select count(*)::int as n from entry.response r where r.revision <> (select count(*) from entry.answer_history h where h.response_id = r.id)`.execute(database.db);
  if (counted[0]!.n > 0) throw new Error('a response counts another number of saves than its history');
}

/** Servers started and not known to be gone: they end with the proof, whatever happens to it. */
const alive = new Set<Started>();
process.on('exit', () => {
  for (const program of alive) program.child.kill('SIGKILL');
});
async function started(folder: string, env: { readonly [name: string]: string } = {}): Promise<Started> {
  const program = await startProgram(folder, [], env);
  alive.add(program);
  program.child.once('exit', () => alive.delete(program));
  return program;
}

const moment = (random: () => number): Promise<void> => sleep(30 + random() * 270);
const ended = (program: Started): Promise<void> => new Promise((resolve) => (program.child.exitCode !== null || program.child.signalCode !== null ? resolve() : program.child.once('exit', () => resolve())));

async function killedRound(program: Started, centres: readonly AnsweringCentre[], ledger: Ledger, run: ProofRun): Promise<void> {
  let stop = false;
  const writing = write(program.url, centres, ledger, () => stop);
  await moment(run.random);
  const gone = ended(program);
  program.child.kill('SIGKILL');
  stop = true;
  await Promise.all([gone, writing]);
}

async function onPglite(run: ProofRun, rounds: number): Promise<{ [name: string]: string | number }> {
  const folder = temporaryFolder();
  const data = path.join(folder, 'database');
  mkdirSync(data, { recursive: true });
  const opened = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    const unlock = lockDataFolder(data);
    const database = await openPglite(data);
    const result = await work(database);
    await database.close();
    unlock();
    return result;
  };
  const centres = await opened((database) => prepareAnsweringWorld(database, CENTRES));
  const ledger = new Ledger(run.random);
  for (let round = 1; round <= rounds; round++) {
    const program = await started(folder);
    await settle(program.url, ledger, run.random);
    await killedRound(program, centres, ledger, run);
    // The history is never changed: what a kill loses is still missing some kills later.
    if (round % 5 === 0) await opened((database) => look(database, ledger));
    if (round % 20 === 0) run.say(`embedded engine: ${round} kills, ${ledger.acknowledged().length} acknowledged saves`);
  }
  const program = await started(folder);
  await settle(program.url, ledger, run.random);
  await program.stop();
  await opened((database) => look(database, ledger));
  rmSync(folder, { recursive: true, force: true });
  return { 'embedded engine, kills of the server': rounds, 'embedded engine, acknowledged saves': ledger.acknowledged().length, 'embedded engine, saves sent again': ledger.resent };
}

async function onPostgres(run: ProofRun, rounds: number): Promise<{ [name: string]: string | number }> {
  const server = await startPostgres();
  const folder = temporaryFolder();
  try {
    let database = openPostgres(server.url, 2);
    const centres = await prepareAnsweringWorld(database, CENTRES);
    const ledger = new Ledger(run.random);
    const start = (): Promise<Started> => started(folder, { DATABASE_URL: server.url });
    for (let round = 1; round <= rounds; round++) {
      const program = await start();
      await settle(program.url, ledger, run.random);
      await killedRound(program, centres, ledger, run);
      await look(database, ledger);
      if (round % 20 === 0) run.say(`PostgreSQL: ${round} kills of the server, ${ledger.acknowledged().length} acknowledged saves`);
    }
    const afterServer = ledger.acknowledged().length;
    // The server stays up while its database dies under it, and must find it again by itself.
    const program = await start();
    await settle(program.url, ledger, run.random);
    for (let round = 1; round <= rounds; round++) {
      let stop = false;
      const writing = write(program.url, centres, ledger, () => stop);
      await moment(run.random);
      if (round % 2 === 0) server.kill();
      else killProcesses(server);
      stop = true;
      await writing;
      await database.close().catch(() => {});
      await restarted(server);
      database = openPostgres(server.url, 2);
      await settle(program.url, ledger, run.random);
      await look(database, ledger);
      if (round % 20 === 0) run.say(`PostgreSQL: ${round} kills of PostgreSQL, ${ledger.acknowledged().length} acknowledged saves`);
    }
    await program.stop();
    await look(database, ledger);
    await database.close();
    return {
      'PostgreSQL, kills of the server': rounds,
      'PostgreSQL, kills of PostgreSQL (half SIGKILL of its processes, half immediate stop)': rounds,
      'PostgreSQL, acknowledged saves': `${afterServer} + ${ledger.acknowledged().length - afterServer}`,
      'PostgreSQL, saves sent again': ledger.resent,
    };
  } finally {
    server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** SIGKILL to the processes of this very cluster: the one that its pid file names, and its children. */
function killProcesses(server: PrivateServer): void {
  const main = Number(readFileSync(path.join(server.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === main).map(Number);
  for (const pid of [main, ...children]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // already gone with its parent
    }
  }
}

function parentOf(pid: string): number {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
}

/** Starts PostgreSQL again; the system may need an instant to take back what the killed processes held. */
async function restarted(server: PrivateServer): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await server.start();
    } catch (error) {
      if (attempt >= 20) throw error;
      await sleep(200);
    }
  }
}
