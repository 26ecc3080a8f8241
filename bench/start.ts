/** Time from the start of the program on an existing database to its first answer, and memory at rest and after work. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../scripts/postgres.ts';
import { newId } from '../src/kernel/identifier.ts';
import { openPglite, openPostgres } from '../src/platform/database.server.ts';
import { startProgram, temporaryFolder } from '../tests/support/program.ts';
import { DATA_YEAR, prepareAnsweringWorld } from './answering-world.ts';
import { httpClient } from './http-client.ts';
import { load, median, residentMemory, round, table } from './measure.ts';

export interface StartResult {
  readonly text: string;
  /** Seconds, PostgreSQL. */
  readonly ready: number;
  /** MB, PostgreSQL. */
  readonly atRest: number;
}

export async function measureStart(repetitions: number): Promise<StartResult> {
  const rows: string[][] = [];
  let result = { ready: Number.NaN, atRest: Number.NaN };
  for (const engine of ['postgres', 'pglite'] as const) {
    const folder = temporaryFolder();
    const server = engine === 'postgres' ? await startPostgres() : undefined;
    if (!server) mkdirSync(path.join(folder, 'database'));
    const database = server ? openPostgres(server.url, 2) : await openPglite(path.join(folder, 'database'));
    const centres = await prepareAnsweringWorld(database, 3);
    await database.close();
    const env: { readonly [name: string]: string } = server ? { DATABASE_URL: server.url } : {};
    const ready: number[] = [];
    const rest: number[] = [];
    const worked: number[] = [];
    // once unmeasured: the compile cache and the file cache of the machine are then warm, as at any start but the first
    for (let i = 0; i <= repetitions; i++) {
      const begin = performance.now();
      const program = await startProgram(folder, [], env);
      const client = httpClient(program.url, 4);
      await client.send('GET', '/health');
      const seconds = (performance.now() - begin) / 1000;
      await sleep(1500);
      const memory = residentMemory(program.child.pid!);
      await load(4, 1.5, async (w, turn) => {
        const centre = centres[w % centres.length]!;
        if (turn % 5 === 0) await client.send('GET', '/');
        else await client.send('POST', '/api/saves', { Cookie: centre.cookie }, JSON.stringify({ saveId: newId(), responseId: centre.responseId, dataYear: DATA_YEAR, key: 'interns', answer: { state: 'value', value: turn } }));
      });
      if (i > 0) {
        ready.push(seconds);
        rest.push(memory);
        worked.push(residentMemory(program.child.pid!));
      }
      client.close();
      await program.stop();
    }
    server?.remove();
    rmSync(folder, { recursive: true, force: true });
    rows.push([engine === 'postgres' ? 'PostgreSQL' : 'embedded engine', round(median(ready)), round(median(rest), 0), round(median(worked), 0)]);
    if (engine === 'postgres') result = { ready: median(ready), atRest: median(rest) };
  }
  const bare = await bareNode(repetitions);
  return {
    ...result,
    text: [table(['existing database', 'ready, s', 'memory at rest, MB', 'memory after 1.5 s of work, MB'], rows), '', `Control: a Node process that does nothing ends in ${round(bare)} s.`].join('\n'),
  };
}

async function bareNode(repetitions: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const begin = performance.now();
    await new Promise((resolve) => spawn(process.execPath, ['-e', '0']).once('exit', resolve));
    times.push((performance.now() - begin) / 1000);
  }
  return median(times);
}
