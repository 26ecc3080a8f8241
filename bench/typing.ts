/**
 * Five hundred centres typing at once, one save each three seconds, on PostgreSQL with `fsync` on. Saves leave when their time comes, whether or not those
 * before are answered, and are timed from that moment: a server that falls behind cannot hide it (no coordinated omission).
 */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../src/kernel/identifier.ts';
import { openPostgres } from '../src/platform/database.server.ts';
import { startPostgres } from '../scripts/postgres.ts';
import { startProgram, temporaryFolder } from '../tests/support/program.ts';
import { type AnsweringCentre, DATA_YEAR, prepareAnsweringWorld } from './answering-world.ts';
import { httpClient } from './http-client.ts';
import { processorTime, processorTimeOfTree, quantile, round, table } from './measure.ts';
import { answerFor, KEYS } from './saves.ts';

const CENTRES = 500;
const EVERY = 3000;

export interface TypingResult {
  readonly text: string;
  /** Milliseconds. */
  readonly p95: number;
  readonly errors: number;
}

export async function measureTyping(seconds: number, say: (line: string) => void): Promise<TypingResult> {
  const server = await startPostgres();
  const folder = temporaryFolder();
  try {
    const database = openPostgres(server.url, 2);
    const centres = await prepareAnsweringWorld(database, CENTRES);
    await database.close();
    say(`${CENTRES} centres are ready to type for ${seconds} s`);
    const program = await startProgram(folder, [], { DATABASE_URL: server.url });
    const client = httpClient(program.url, CENTRES);
    // warm: each centre once
    for (const centre of centres) await save(client, centre, 0, 0);
    const databasePid = Number(readFileSync(path.join(server.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    const before = [processorTime(program.child.pid!), processorTimeOfTree(databasePid)];
    const times: number[] = [];
    let errors = 0;
    const begin = performance.now();
    await Promise.all(
      centres.map(async (centre, i) => {
        const turns: Promise<void>[] = [];
        for (let turn = 0; ; turn++) {
          const due = (i / CENTRES) * EVERY + turn * EVERY;
          if (due >= seconds * 1000) break;
          // oxlint-disable-next-line no-await-in-loop -- each at its time
          await sleep(Math.max(0, begin + due - performance.now()));
          turns.push(
            save(client, centre, i, turn + 1).then(
              (status) => {
                times.push(performance.now() - begin - due);
                if (status !== 200) errors++;
              },
              () => void errors++,
            ),
          );
        }
        await Promise.all(turns);
      }),
    );
    const busy = [processorTime(program.child.pid!) - before[0]!, processorTimeOfTree(databasePid) - before[1]!];
    client.close();
    await program.stop();
    const sorted = times.toSorted((a, b) => a - b);
    const p95 = quantile(sorted, 0.95);
    return {
      p95,
      errors,
      text: table(
        ['centres', 'saves', 'per second', 'p50, ms', 'p95, ms', 'p99, ms', 'slowest, ms', 'errors', 'processor of the program', 'of PostgreSQL'],
        [[CENTRES, times.length, round(times.length / seconds, 0), round(quantile(sorted, 0.5)), round(p95), round(quantile(sorted, 0.99)), round(sorted.at(-1)!), errors, ...busy.map((ms) => `${round((ms / seconds / 1000) * 100, 0)} % of one core`)]],
      ),
    };
  } finally {
    server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function save(client: ReturnType<typeof httpClient>, centre: AnsweringCentre, rank: number, turn: number): Promise<number> {
  const key = KEYS[(rank + turn) % KEYS.length]!;
  const body = JSON.stringify({ saveId: newId(), responseId: centre.responseId, dataYear: DATA_YEAR, key, answer: answerFor(key, turn) });
  return (await client.send('POST', '/api/saves', { Cookie: centre.cookie }, body)).status;
}
