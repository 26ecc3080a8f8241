/** The rule engine gives the same result in a browser and in the server: random sheets judged by both, and random expressions, compared block by block. */
import path from 'node:path';
import { build } from 'vite';
import { contentFolder, readVersionFolder, yearsOf } from '../../src/domains/questionnaire/index.server.ts';
import type { QuestionnaireVersion } from '../../src/domains/questionnaire/index.ts';
import { openBrowser } from '../../tests/support/browser.ts';
import { judgeBlock } from '../rules/judge-cases.ts';
import type { Proof } from '../proof.ts';

const BLOCK = 500;

declare global {
  var Judge: { readonly judgeBlock: typeof judgeBlock };
  var versions: readonly QuestionnaireVersion[];
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false, logLevel: 'error',
    build: { write: false, lib: { entry: path.resolve(import.meta.dirname, '../rules/judge-cases.ts'), formats: ['iife'], name: 'Judge' } },
  });
  const output = (Array.isArray(built) ? built[0]! : built) as { readonly output: readonly { readonly code?: string }[] };
  return output.output[0]!.code!;
}

export const proof: Proof = {
  shows: 'Random sheets of every version, near one another and far, are judged by the rule engine in a browser and in the server, each with a random expression of the whole language: findings, fingerprints, questions shown, progress and values are the same.',
  run: async ({ sample, cases: asked, random, say }) => {
    const cases = asked ?? (sample ? 10_000 : 1_000_000);
    const versions: QuestionnaireVersion[] = [];
    for (const year of await yearsOf(contentFolder())) {
      const read = await readVersionFolder(contentFolder(), year);
      if (!read.ok) throw new Error(`the version of ${year} has faults`);
      versions.push(read.value);
    }
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: await bundle() });
      await page.evaluate((all) => void (globalThis.versions = all), versions);
      for (let done = 0; done < cases; done += BLOCK) {
        const at = (done / BLOCK) % versions.length;
        const seed = Math.floor(random() * 2 ** 31);
        const inBrowser = page.evaluate(([i, s, n]) => globalThis.Judge.judgeBlock(globalThis.versions[i]!, s, n), [at, seed, BLOCK] as const);
        // the browser is at work meanwhile
        const inServer = judgeBlock(versions[at]!, seed, BLOCK);
        if ((await inBrowser).join() !== inServer.join()) {
          const theirs = await page.evaluate(([i, s, n]) => globalThis.Judge.judgeBlock(globalThis.versions[i]!, s, n, true), [at, seed, BLOCK] as const);
          const ours = judgeBlock(versions[at]!, seed, BLOCK, true);
          const first = ours.findIndex((one, i) => one !== theirs[i]);
          throw new Error(`browser and server part at case ${first} of block ${seed}, version ${versions[at]!.year}:\n${theirs[first]}\n${ours[first]}`);
        }
        if (done > 0 && done % 50_000 === 0) say(`${done} cases`);
      }
      return { 'cases judged by both': cases, versions: versions.length, browser: `Chromium ${browser.version()}` };
    } finally {
      await browser.close();
    }
  },
};
