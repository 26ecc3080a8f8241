/** A journey told in scenes, each going on from the one before: one house that was empty, its accounts, and the windows that people keep open. */
import { afterEach, beforeEach, expect } from 'vitest';
import { type Stage, setStage, type Visitor } from './journey.ts';
import { senacs } from './program.ts';

export class Story {
  readonly folder: string;
  readonly #passwords = new Map<string, string>();
  readonly #windows = new Map<string, Visitor>();
  #stage: Stage | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  get stage(): Stage {
    if (!this.#stage) throw new Error('the program is not started');
    return this.#stage;
  }
  async open(): Promise<void> {
    this.#stage = await setStage([], {}, this.folder);
  }
  /** Stops the program: the command line may work on its folder. Windows are gone. */
  async close(): Promise<void> {
    this.#windows.clear();
    await this.#stage?.close();
    this.#stage = undefined;
  }

  /** Makes an account, with the program stopped. */
  async account(email: string, ...words: readonly string[]): Promise<void> {
    const made = await senacs(['account', 'create', '--email', email, '--name', email.split('@')[0]!, ...words, '--json'], { SENACS_DATA: this.folder });
    expect(made.code, made.err).toBe(0);
    this.#passwords.set(email, (JSON.parse(made.out) as { password: string }).password);
  }

  /** The window that a person keeps open from one scene to the next, with script or without. */
  async person(email: string, script = true): Promise<Visitor> {
    const name = `${email} ${script}`;
    const opened = this.#windows.get(name) ?? (await this.stage.signedIn({ email, password: this.#passwords.get(email)! }, { script }));
    this.#windows.set(name, opened);
    return opened;
  }
}

/** A scene cannot be played when the one before was not: called once in a file, it skips what follows a failure. */
export function inScenes(): void {
  let stopped = false;
  beforeEach((scene) => {
    if (stopped) scene.skip();
  });
  afterEach((scene) => {
    stopped ||= scene.task.result?.state === 'fail';
  });
}

/** Clicks what leads to another page, or to the same one anew, and waits for it. */
export async function press(who: Visitor, name: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
  const control = who.page.getByRole(role, { name }).first();
  await expect.poll(() => control.isEnabled(), { message: `${String(name)} on ${who.page.url()}`, timeout: 20_000 }).toBe(true);
  const loaded = who.page.waitForEvent('load');
  await control.click();
  await loaded;
}

/** What the page says, with plain spaces. */
export const wordsOf = async (who: Visitor): Promise<string> => ((await who.page.locator('main').textContent()) ?? '').replaceAll(/[\s\u00a0\u202f]+/g, ' ');

export async function sees(who: Visitor, words: string | RegExp): Promise<void> {
  await expect.poll(() => wordsOf(who), { timeout: 20_000 }).toMatch(typeof words === 'string' ? new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)) : words);
}
