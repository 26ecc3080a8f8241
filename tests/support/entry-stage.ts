/** The entry in a browser whose network may go and come back: what journeys of the entry share. */
import { expect } from 'vitest';
import { type EntryHouse, entryHouse } from './entry-house.ts';
import { type Stage, setStage, type Visitor } from './journey.ts';
import { startProgram } from './program.ts';
import { sees as seesWords, wordsOf } from './story.ts';

export const DATA_YEAR = 2025;

export interface EntryStage {
  readonly house: EntryHouse;
  readonly stage: Stage;
  /** Address of a rubric of the response. */
  readonly at: (rubric: string) => string;
  /** The server dies: no network, as the browser and its service worker see it. */
  readonly cutNetwork: () => Promise<void>;
  /** It comes back at the same address. */
  readonly giveNetworkBack: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function entryStage(kind: 'EVS' | 'CS' = 'EVS'): Promise<EntryStage> {
  const house = await entryHouse(kind);
  const stage = await setStage([], {}, house.folder);
  let running: { stop: () => Promise<unknown> } | undefined = stage.started;
  const cutNetwork = async (): Promise<void> => {
    await running?.stop();
    running = undefined;
  };
  return {
    house, stage, cutNetwork,
    at: (rubric) => `/centre/${house.responseId}/${DATA_YEAR}/${rubric}`,
    giveNetworkBack: async () => {
      running ??= await startProgram(house.folder, [], { PORT: new URL(stage.url).port });
    },
    close: async () => {
      await stage.browser.close();
      await cutNetwork();
    },
  };
}

export const status = (who: Visitor) => who.page.locator('form [role=status]').last();
export const words = wordsOf;
export const sees = seesWords;
export const says = (who: Visitor, text: RegExp): Promise<void> => expect.poll(async () => (await status(who).textContent())?.replaceAll(/\s/g, ' '), { timeout: 30_000 }).toMatch(text) as unknown as Promise<void>;
export const input = (who: Visitor, key: string) => who.page.locator(`input[name="${key}"]`);

export async function types(who: Visitor, key: string, text: string): Promise<void> {
  await input(who, key).fill(text);
  await input(who, key).blur();
}

/** Ready to go on without the network: the copy is kept, the service worker has its files. */
export async function ready(who: Visitor): Promise<void> {
  await who.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await expect.poll(() => who.page.evaluate("caches.match('/hors-ligne').then((r) => r !== undefined)"), { timeout: 20_000 }).toBe(true);
  await says(who, /utilisable sans le réseau/);
}
