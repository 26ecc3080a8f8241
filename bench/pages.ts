/**
 * The heaviest page of each persona on the national demonstration data, and one brochure. The pages are found as a person finds them: by
 * following links from the first page. The statements behind a page are counted in the log of PostgreSQL, not by the program itself.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { hashToken } from '../src/domains/access/index.server.ts';
import { type Db, openPostgres } from '../src/platform/database.server.ts';
import { startPostgres } from '../scripts/postgres.ts';
import { senacs, startProgram, temporaryFolder } from '../tests/support/program.ts';
import { httpClient } from './http-client.ts';
import { median, round, table } from './measure.ts';

/** Pages looked at for one persona, breadth first. */
const MOST_PAGES = 40;

export interface PagesResult {
  readonly text: string;
  /** Seconds. */
  readonly brochure: number | undefined;
}

export async function measurePages(repetitions: number, what: { readonly pages: boolean; readonly brochure: boolean }, say: (line: string) => void): Promise<PagesResult> {
  const server = await startPostgres();
  const folder = temporaryFolder();
  const env = { DATABASE_URL: server.url, SENACS_DATA: folder };
  try {
    const begin = performance.now();
    const demo = await senacs(['demo'], env);
    if (demo.code !== 0) throw new Error(`senacs demo ended with ${demo.code}:\n${demo.err}`);
    const loading = (performance.now() - begin) / 1000;
    say(`national demonstration data loaded in ${round(loading, 0)} s`);
    const parts = [`The demonstration data of the nation and of Pas-de-Calais 2017 load in ${round(loading, 0)} s (\`senacs demo\`, its start included).`];
    if (what.pages) {
      const database = openPostgres(server.url, 2);
      parts.push(await pages(database.db, path.join(server.folder, 'log'), folder, server.url, repetitions, say));
      await database.close();
    }
    const brochure = what.brochure ? await brochureTime(env, folder, repetitions) : undefined;
    if (brochure) parts.push(brochure.text);
    return { text: parts.join('\n\n'), brochure: brochure?.seconds };
  } finally {
    server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Visited {
  readonly address: string;
  readonly milliseconds: number;
  readonly bytes: number;
}

async function pages(db: Db, log: string, folder: string, url: string, repetitions: number, say: (line: string) => void): Promise<string> {
  const program = await startProgram(folder, [], { DATABASE_URL: url, SENACS_LOG: 'error' });
  const client = httpClient(program.url, 1);
  const get = async (address: string, cookie: string): Promise<Visited & { readonly status: number; readonly body: string }> => {
    const begin = performance.now();
    const reply = await client.send('GET', address, cookie ? { Cookie: cookie } : {});
    return { address, milliseconds: performance.now() - begin, bytes: reply.body.length, ...reply };
  };
  const rows: string[][] = [];
  const { rows: personas } = await sql<{ id: string; persona: string; display_name: string }>`
    select id, persona, display_name from access.account where persona is not null and closed_at is null order by persona`.execute(db);
  const everyone = [{ id: undefined, persona: 'visitor' }, ...personas];
  for (const { id, persona } of everyone) {
    const cookie = id === undefined ? '' : `senacs_session=${await sessionOf(db, id)}`;
    const visited: Visited[] = [];
    const queue = id === undefined ? ['/'] : ['/', '/mon-espace', '/centre', '/suivi', '/comite', '/national/campagnes'];
    const seen = new Set(queue);
    while (queue.length > 0 && visited.length < MOST_PAGES) {
      const address = queue.shift()!;
      const page = await get(address, cookie);
      if (page.status !== 200 || !/^\s*<!doctype html/i.test(page.body)) continue;
      visited.push(page);
      for (const next of linksOf(page.body)) {
        if (seen.has(shape(next))) continue;
        seen.add(shape(next));
        queue.push(next);
      }
    }
    if (visited.length === 0) continue;
    // the first visit warms; the three slowest are then measured, and the slowest of them is the heaviest
    const candidates = visited.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, 5);
    const measured = [];
    for (const { address, bytes } of candidates) {
      const times: number[] = [];
      for (let i = 0; i < Math.max(5, repetitions); i++) times.push((await get(address, cookie)).milliseconds);
      measured.push({ address, bytes, milliseconds: median(times) });
    }
    const heaviest = measured.toSorted((a, b) => b.milliseconds - a.milliseconds)[0]!;
    const statements = await statementsOf(db, log, () => get(heaviest.address, cookie));
    rows.push([persona, `\`${anonymous(heaviest.address)}\``, round(heaviest.milliseconds, 0), `${statements}`, round(heaviest.bytes / 1024, 0), `${visited.length}`]);
    say(`${persona}: ${heaviest.address} ${round(heaviest.milliseconds, 0)} ms, ${statements} statements`);
  }
  const hello: number[] = [];
  for (let i = 0; i < 50; i++) hello.push((await get('/health', '')).milliseconds);
  client.close();
  await program.stop();
  return [table(['persona', 'heaviest page', 'ms', 'SQL statements', 'kB', 'pages seen'], rows), '', `Medians, one request at a time; control: \`/health\` (one statement) ${round(median(hello), 1)} ms.`].join('\n');
}

async function sessionOf(db: Db, accountId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await sql`insert into access.session (token_hash, account_id, expires_at) values (${hashToken(token)}, ${accountId}, now() + interval '1 day')`.execute(db);
  return token;
}

/** Addresses of this site that a page links to, files left aside. */
const linksOf = (html: string): readonly string[] =>
  [...html.matchAll(/<a\b[^>]*\bhref="(\/[^"#]*)"/g)].map((m) => m[1]!.replaceAll('&amp;', '&')).filter((a) => !/\.(pdf|csv|json|xlsx|ods)(\?|$)/.test(a) && !a.startsWith('//') && !a.startsWith('/deconnexion'));

/** Pages of one kind differ by an identifier or a number: one of each kind is enough. */
const shape = (address: string): string => address.split('?')[0]!.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replaceAll(/\/\d[\dAB]?\d?(?=\/|$)/g, '/:n').replaceAll(/\/[A-Z](?=\/|$)/g, '/:r');
const anonymous = (address: string): string => address.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');

/** Statements that PostgreSQL executes during `work`: the least of five visits, since the program's own clock also speaks to it. */
async function statementsOf(db: Db, log: string, work: () => Promise<unknown>): Promise<number> {
  await sql.raw(`alter system set log_statement = 'all'`).execute(db);
  await sql.raw('select pg_reload_conf()').execute(db);
  await sleep(300);
  const counts: number[] = [];
  for (let i = 0; i < 5; i++) {
    const from = existsSync(log) ? statSync(log).size : 0;
    await work();
    await sleep(100);
    counts.push(readFileSync(log).subarray(from).toString('utf8').split('\n').filter((line) => /LOG: {2}(execute|statement)/.test(line)).length);
  }
  await sql.raw(`alter system reset log_statement`).execute(db);
  await sql.raw('select pg_reload_conf()').execute(db);
  return Math.min(...counts);
}

async function brochureTime(env: { readonly [name: string]: string }, folder: string, repetitions: number): Promise<{ readonly text: string; readonly seconds: number }> {
  const file = path.join(folder, 'brochure.pdf');
  const whole: number[] = [];
  const bare: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const begin = performance.now();
    const made = await senacs(['brochure', '--territory', '62', '--campaign', '2017', '--out', file, '--draft'], env);
    whole.push((performance.now() - begin) / 1000);
    if (made.code !== 0) throw new Error(`senacs brochure ended with ${made.code}:\n${made.err}`);
    const control = performance.now();
    await senacs(['--help'], env);
    bare.push((performance.now() - control) / 1000);
  }
  const seconds = median(whole);
  return {
    seconds,
    text: `One brochure of Pas-de-Calais 2017 (\`senacs brochure --draft\`, ${round(statSync(file).size / 1024, 0)} kB), from the command to the file: ${round(seconds)} s; control, the same program printing its help: ${round(median(bare))} s.`,
  };
}
