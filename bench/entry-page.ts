/**
 * The entry page as an old laptop on a poor line gets it: time from the first byte of the page to its first question drawn, bytes by kind, the
 * cost of a save on the wire, and tasks that hold the main thread while one types. Chromium, its own throttling of line and processor.
 */
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { sql } from 'kysely';
import { openPostgres } from '../src/platform/database.server.ts';
import { startPostgres } from '../scripts/postgres.ts';
import { openBrowser } from '../tests/support/browser.ts';
import { startProgram, temporaryFolder } from '../tests/support/program.ts';
import { DATA_YEAR, prepareAnsweringWorld } from './answering-world.ts';
import { median, round, table } from './measure.ts';

/** 400 kbit/s each way, 400 ms there and back. */
const LINE = { offline: false, downloadThroughput: 50_000, uploadThroughput: 50_000, latency: 400 };
/** Times slower. */
const PROCESSOR = 4;
const RUBRICS = ['A', 'C', 'D', 'E'];

export interface EntryPageResult {
  readonly text: string;
  /** Seconds to the first question. */
  readonly first: number;
  /** kB of script, compressed as sent. */
  readonly script: number;
  /** kB of page and styles. */
  readonly rubric: number;
  /** Bytes of a save, the larger of its body and of its whole answer. */
  readonly save: number;
  /** Share of runs of typing and saving without a task over 50 ms. */
  readonly calm: number;
}

export async function measureEntryPage(repetitions: number, say: (line: string) => void): Promise<EntryPageResult> {
  const server = await startPostgres();
  const folder = temporaryFolder();
  const browser = await openBrowser();
  try {
    const database = openPostgres(server.url, 2);
    const centres = await prepareAnsweringWorld(database, repetitions + 1);
    await sql`update entry.response set notice_read_at = now() where campaign_year = 2026`.execute(database.db);
    await database.close();
    const program = await startProgram(folder, [], { DATABASE_URL: server.url });
    const opened: Opened[] = [];
    const typed: Typed[] = [];
    for (const [i, centre] of centres.entries()) {
      const cookie = centre.cookie.split('=')[1]!;
      for (const rubric of RUBRICS) {
        // the first centre warms the server, not the browser, whose cache is empty each time
        const one = await openRubric(browser, program.url, cookie, `/centre/${centre.responseId}/${DATA_YEAR}/${rubric}`);
        if (i > 0) opened.push({ ...one, rubric });
      }
      typed.push(await typeAndSave(browser, program.url, cookie, `/centre/${centre.responseId}/${DATA_YEAR}/C`));
      say(`entry page: centre ${i + 1} of ${centres.length}`);
    }
    await program.stop();
    return report(opened, typed.slice(1));
  } finally {
    await browser.close();
    server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Opened {
  readonly rubric: string;
  /** Milliseconds from the first byte. */
  readonly first: number;
  /** Until everything has come. */
  readonly settled: number;
  /** Bytes as sent: the page, styles, scripts, the rest (fonts, questionnaire). */
  readonly bytes: { readonly Document: number; readonly Stylesheet: number; readonly Script: number; readonly other: number };
}
interface Typed {
  readonly longest: number;
  /** Bytes of the largest save, of its request's headers, of its answer with headers. */
  readonly body: number;
  readonly headers: number;
  readonly down: number;
  readonly requests: number;
  readonly saves: number;
}

async function window(browser: Browser, base: string, cookie: string): Promise<{ readonly context: BrowserContext; readonly page: Page; readonly cdp: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'fr-FR', baseURL: base });
  await context.addCookies([{ name: 'senacs_session', value: cookie, url: base }]);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: PROCESSOR });
  return { context, page, cdp };
}

async function openRubric(browser: Browser, base: string, cookie: string, address: string): Promise<Omit<Opened, 'rubric'>> {
  const { context, page, cdp } = await window(browser, base, cookie);
  const kinds = new Map<string, string>();
  const bytes = { Document: 0, Stylesheet: 0, Script: 0, other: 0 };
  cdp.on('Network.responseReceived', (e) => void kinds.set(e.requestId, e.type));
  cdp.on('Network.loadingFinished', (e) => {
    const kind = kinds.get(e.requestId) ?? '';
    bytes[kind in bytes ? (kind as keyof typeof bytes) : 'other'] += e.encodedDataLength;
  });
  await cdp.send('Network.emulateNetworkConditions', LINE);
  // the first frame drawn after a field of the questionnaire is in the page and its styles are there
  await page.addInitScript(() => {
    const look = (): void => {
      if (document.querySelector('form fieldset input, form fieldset select, main form label input')) requestAnimationFrame(() => requestAnimationFrame(() => ((globalThis as { firstQuestion?: number }).firstQuestion ??= performance.now())));
      else setTimeout(look, 5);
    };
    look();
  });
  await page.goto(address, { waitUntil: 'networkidle', timeout: 120_000 });
  const [first, settled] = await page.evaluate(() => {
    const navigation = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming;
    const last = Math.max(...performance.getEntriesByType('resource').map((r) => (r as PerformanceResourceTiming).responseEnd));
    return [(globalThis as { firstQuestion?: number }).firstQuestion! - navigation.responseStart, last - navigation.responseStart] as const;
  });
  await context.close();
  return { first, settled, bytes };
}

/** Types in a dozen fields at a person's pace and lets each answer leave. */
async function typeAndSave(browser: Browser, base: string, cookie: string, address: string): Promise<Typed> {
  const { context, page, cdp } = await window(browser, base, cookie);
  await page.goto(address, { waitUntil: 'networkidle' });
  const bodies = new Map<string, number>();
  const headers = new Map<string, number>();
  const answers = new Map<string, number>();
  let requests = 0;
  cdp.on('Network.requestWillBeSent', (e) => {
    requests++;
    if (e.request.url.endsWith('/api/saves')) bodies.set(e.requestId, e.request.postData?.length ?? 0);
  });
  // comes before or after the one above
  cdp.on('Network.requestWillBeSentExtraInfo', (e) => void headers.set(e.requestId, Object.entries(e.headers).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 30)));
  cdp.on('Network.loadingFinished', (e) => void answers.set(e.requestId, e.encodedDataLength));
  await page.evaluate(() => {
    const tasks: number[] = [];
    (globalThis as { tasks?: number[] }).tasks = tasks;
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((e) => e.duration))).observe({ type: 'longtask' });
  });
  const fields = page.locator('form input[type=text]:visible');
  const count = Math.min(12, await fields.count());
  for (let i = 0; i < count; i++) {
    await fields.nth(i).click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(String(10 + i), { delay: 80 });
    await page.keyboard.press('Tab');
    await sleep(250);
  }
  await sleep(1500);
  const tasks = await page.evaluate(() => (globalThis as { tasks?: number[] }).tasks!);
  await context.close();
  const most = (of: ReadonlyMap<string, number>): number => Math.max(0, ...[...bodies.keys()].map((id) => of.get(id) ?? 0));
  return { longest: Math.max(0, ...tasks), body: most(bodies), headers: most(headers), down: most(answers), requests, saves: bodies.size };
}

function report(opened: readonly Opened[], typed: readonly Typed[]): EntryPageResult {
  const kB = (bytes: number): number => bytes / 1000;
  const of = (rubric: string, value: (one: Opened) => number): number => median(opened.filter((o) => o.rubric === rubric).map(value));
  const rows = RUBRICS.map((r) => [
    r, round(of(r, (o) => o.first) / 1000), round(of(r, (o) => o.settled) / 1000), ...(['Document', 'Stylesheet', 'Script', 'other'] as const).map((kind) => round(of(r, (o) => kB(o.bytes[kind])), 1)),
  ]);
  const calm = typed.filter((t) => t.longest <= 50).length / typed.length;
  return {
    first: Math.max(...RUBRICS.map((r) => of(r, (o) => o.first))) / 1000,
    script: Math.max(...RUBRICS.map((r) => of(r, (o) => kB(o.bytes.Script)))),
    rubric: Math.max(...RUBRICS.map((r) => of(r, (o) => kB(o.bytes.Document + o.bytes.Stylesheet)))),
    save: Math.max(...typed.flatMap((t) => [t.body, t.down])),
    calm,
    text: [
      `Cache empty, 400 kbit/s each way, 400 ms there and back, processor slowed ${PROCESSOR} times. Times from the first byte of the page.`,
      '',
      table(['rubric', 'first question, s', 'all has come, s', 'page, kB', 'styles, kB', 'scripts, kB', 'the rest, kB'], rows),
      '',
      table(
        ['typing in twelve fields', 'median'],
        [
          ['saves sent', median(typed.map((t) => t.saves))], ['requests in all', median(typed.map((t) => t.requests))], ['largest save, bytes of its body', round(median(typed.map((t) => t.body)), 0)],
          ['headers that the browser adds (HTTP/1.1; HTTP/2 compresses them)', round(median(typed.map((t) => t.headers)), 0)], ['largest answer, bytes, headers included', round(median(typed.map((t) => t.down)), 0)], ['longest task, ms (0: none over 50)', round(median(typed.map((t) => t.longest)), 0)], ['runs without a task over 50 ms', `${round(calm * 100, 0)} %`],
        ],
      ),
    ].join('\n'),
  };
}
