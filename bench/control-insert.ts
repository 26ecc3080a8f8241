/**
 * Control of the saves, in a process of its own: a bare insertion of 4 kB, each committed by itself, as fast as `workers` can.
 * Started by saves.ts: says `warm`, measures when told to, sends its figures, ends when told to.
 */
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { load } from './measure.ts';

const [target = '', workers = '1', seconds = '1'] = process.argv.slice(2);
const payload = 'x'.repeat(4096);
const CREATE = 'create table if not exists bare_control (id bigint generated always as identity primary key, content text not null)';
const INSERT = 'insert into bare_control (content) values ($1)';
const count = Number(workers);
const told = (): Promise<unknown> => new Promise((resolve) => process.once('message', resolve));

interface Engine {
  readonly insert: (worker: number) => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

async function onServer(): Promise<Engine> {
  const clients = Array.from({ length: count }, () => new pg.Client({ connectionString: target }));
  await Promise.all(clients.map((c) => c.connect()));
  await clients[0]!.query(CREATE);
  return { insert: (i) => clients[i]!.query({ name: 'insert', text: INSERT, values: [payload] }), close: () => Promise.all(clients.map((c) => c.end())) };
}

async function embedded(): Promise<Engine> {
  const database = await PGlite.create({ dataDir: target });
  await database.exec(CREATE);
  return { insert: () => database.query(INSERT, [payload]), close: () => database.close() };
}

const engine = target.startsWith('postgres') ? await onServer() : await embedded();
const once = async (worker: number): Promise<void> => void (await engine.insert(worker));
await load(count, 0.5, once);
process.send!('warm');
await told();
const before = process.cpuUsage();
const measured = await load(count, Number(seconds), once);
const used = process.cpuUsage(before);
process.send!({ ...measured, cpu: (used.user + used.system) / 1000 });
await told();
await engine.close();
process.disconnect();
