/**
 * Acknowledged, validated saves, beside two controls measured in turn in the same run: a bare insert-and-commit of 4 kB on the same
 * engine, and a bare HTTP hello. PostgreSQL runs with `fsync` on; the embedded engine does not sync and is reported apart.
 */
import { fork, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleAnswers } from '../src/domains/questionnaire/fixtures/sample.ts';
import { newId } from '../src/kernel/identifier.ts';
import { openPglite, openPostgres } from '../src/platform/database.server.ts';
import { startPostgres } from '../scripts/postgres.ts';
import { startProgram, temporaryFolder } from '../tests/support/program.ts';
import { type AnsweringCentre, DATA_YEAR, prepareAnsweringWorld } from './answering-world.ts';
import { httpClient } from './http-client.ts';
import { type Load, load, median, processorTime, processorTimeOfTree, round, table } from './measure.ts';

const CONNECTIONS = [1, 16, 64];
/** Questions of every kind that a centre fills in, tables included. */
export const KEYS = ['staff_headcount', 'staff_fte', 'expenses_total', 'management_mode', 'governance_bodies', 'users_by_age', 'income_by_funder', 'unique_users', 'seniors', 'partners_count', 'opening_hours', 'volunteers_total'];

interface Measure extends Load {
  /** Processor milliseconds per operation, of the program (or control) and of its database. */
  readonly cpu: number;
}
type Kind = 'save' | 'insert' | 'hello';
const WORDS: { readonly [kind in Kind]: string } = { save: 'save', insert: 'bare insert', hello: 'HTTP hello' };

export interface SavesResult {
  readonly text: string;
  /** Ratio of the medians to the bare insert at 16 connections. */
  readonly at16: { readonly rate: number; readonly p95: number; readonly cpu: number };
}

interface Bed {
  readonly url: string;
  readonly serverPid: number;
  readonly databasePid: number | undefined;
  /** Where control-insert.ts inserts. */
  readonly target: string;
  readonly centres: readonly AnsweringCentre[];
  readonly close: () => Promise<void>;
}

export async function measureSaves(engine: 'postgres' | 'pglite', repetitions: number, seconds: number, say: (line: string) => void): Promise<SavesResult> {
  const bed = await (engine === 'postgres' ? onPostgres() : onPglite());
  const hello = spawn(process.execPath, [path.join(import.meta.dirname, 'hello-server.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const helloUrl = await new Promise<string>((resolve) => hello.stdout.once('data', (d: Buffer) => resolve(d.toString().trim())));
  const results = new Map<string, Measure[]>();
  try {
    await loadSaves(bed, 16, 3);
    for (let repetition = 1; repetition <= repetitions; repetition++) {
      for (const connections of CONNECTIONS) {
        const measures: { readonly [kind in Kind]: () => Promise<Measure> } = {
          insert: () => controlInsert(bed, connections, seconds),
          save: () => timed(bed, () => loadSaves(bed, connections, seconds)),
          hello: () => helloLoad(helloUrl, hello.pid!, connections, seconds),
        };
        // turned about, so that a drift of the machine does not favour one of them
        const order = (['insert', 'save', 'hello'] as const).map((_, i) => (['insert', 'save', 'hello'] as const)[(i + repetition) % 3]!);
        for (const kind of order) {
          const measured = await measures[kind]();
          results.set(`${kind} ${connections}`, [...(results.get(`${kind} ${connections}`) ?? []), measured]);
          await sleep(200);
        }
      }
      say(`${engine}: repetition ${repetition} of ${repetitions}`);
    }
  } finally {
    hello.kill();
    await bed.close();
  }
  return report(results, repetitions);
}

function report(results: ReadonlyMap<string, readonly Measure[]>, repetitions: number): SavesResult {
  const of = (kind: Kind, connections: number, what: keyof Measure): number => median(results.get(`${kind} ${connections}`)!.map((m) => m[what]));
  /** Median over the repetitions of the ratio inside one repetition, where both were measured seconds apart. */
  const ratio = (connections: number, what: keyof Measure, to: Kind): number => {
    const saves = results.get(`save ${connections}`)!;
    return median(results.get(`${to} ${connections}`)!.map((m, i) => saves[i]![what] / m[what]));
  };
  const rows = CONNECTIONS.flatMap((c) =>
    (['save', 'insert', 'hello'] as const).map((kind) => [`${c} × ${WORDS[kind]}`, round(of(kind, c, 'perSecond'), 0), round(of(kind, c, 'p50')), round(of(kind, c, 'p95')), round(of(kind, c, 'cpu'))]),
  );
  const ratios = CONNECTIONS.map((c) => [`${c}`, round(ratio(c, 'perSecond', 'insert')), round(ratio(c, 'p95', 'insert')), round(ratio(c, 'cpu', 'insert')), round(ratio(c, 'perSecond', 'hello'))]);
  return {
    text: [
      `Medians of ${repetitions} repetitions; processor time counts the program (or control) and its database, not the client.`,
      '',
      table(['connections × what', 'per second', 'p50, ms', 'p95, ms', 'processor, ms'], rows),
      '',
      table(['a save, as a multiple of a bare insert, at connections', 'rate', 'p95', 'processor', 'rate, of HTTP hello'], ratios),
    ].join('\n'),
    at16: { rate: ratio(16, 'perSecond', 'insert'), p95: ratio(16, 'p95', 'insert'), cpu: ratio(16, 'cpu', 'insert') },
  };
}

const databaseTime = (bed: Bed): number => (bed.databasePid === undefined ? 0 : processorTimeOfTree(bed.databasePid));

async function timed(bed: Bed, work: () => Promise<Load>): Promise<Measure> {
  const [server, database] = [processorTime(bed.serverPid), databaseTime(bed)];
  const measured = await work();
  return { ...measured, cpu: (processorTime(bed.serverPid) - server + databaseTime(bed) - database) / measured.count };
}

async function loadSaves(bed: Bed, connections: number, seconds: number): Promise<Load> {
  const client = httpClient(bed.url, connections);
  try {
    return await load(connections, seconds, async (worker, turn) => {
      const centre = bed.centres[worker]!;
      const key = KEYS[(worker + turn) % KEYS.length]!;
      const reply = await client.send('POST', '/api/saves', { Cookie: centre.cookie }, JSON.stringify({ saveId: newId(), responseId: centre.responseId, dataYear: DATA_YEAR, key, answer: answerFor(key, turn) }));
      if (reply.status !== 200) throw new Error(`a save was refused: ${reply.status} ${reply.body}`);
    });
  } finally {
    client.close();
  }
}

/** Another answer at each turn, so that each save changes something. */
export function answerFor(key: string, turn: number): unknown {
  const answer = sampleAnswers[key]!;
  if (answer.state !== 'value') return answer;
  return typeof answer.value === 'number' ? { ...answer, value: answer.value + (turn % 7) } : answer;
}

async function controlInsert(bed: Bed, connections: number, seconds: number): Promise<Measure> {
  const child = fork(path.join(import.meta.dirname, 'control-insert.ts'), [bed.target, String(connections), String(seconds)]);
  const message = (): Promise<unknown> => new Promise((resolve, reject) => void child.once('message', resolve).once('exit', () => reject(new Error('the control ended early'))));
  await message();
  const database = databaseTime(bed);
  const answered = message();
  child.send('go');
  const measured = (await answered) as Load & { cpu: number };
  const cpu = (measured.cpu + databaseTime(bed) - database) / measured.count;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.send('end');
  await gone;
  return { ...measured, cpu };
}

async function helloLoad(url: string, pid: number, connections: number, seconds: number): Promise<Measure> {
  const client = httpClient(url, connections);
  const before = processorTime(pid);
  const measured = await load(connections, seconds, async () => void (await client.send('POST', '/', {}, '{"hello":true}')));
  client.close();
  return { ...measured, cpu: (processorTime(pid) - before) / measured.count };
}

async function onPostgres(): Promise<Bed> {
  const server = await startPostgres();
  const database = openPostgres(server.url, 2);
  const centres = await prepareAnsweringWorld(database, 64);
  await database.close();
  const folder = temporaryFolder();
  const program = await startProgram(folder, [], { DATABASE_URL: server.url, SENACS_DATABASE_POOL: process.env['SENACS_DATABASE_POOL'] ?? '10' });
  return {
    url: program.url,
    serverPid: program.child.pid!,
    databasePid: Number(readFileSync(path.join(server.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]),
    target: server.url,
    centres,
    close: async () => {
      await program.stop();
      server.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function onPglite(): Promise<Bed> {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'database'));
  const database = await openPglite(path.join(folder, 'database'));
  const centres = await prepareAnsweringWorld(database, 64);
  await database.close();
  const program = await startProgram(folder);
  return {
    url: program.url,
    serverPid: program.child.pid!,
    databasePid: undefined,
    target: path.join(folder, 'control'),
    centres,
    close: async () => {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
