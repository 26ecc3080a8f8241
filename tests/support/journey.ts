/** What journeys share: a started program, a browser, people who sign in, and an accessibility check on each page they open. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openBrowser } from './browser.ts';
import { type Started, startProgram, temporaryFolder } from './program.ts';

export interface Stage {
  readonly url: string;
  readonly started: Started;
  readonly browser: Browser;
  /** A window of one person, signed in with one click and the charter accepted. `script: false` switches JavaScript off. */
  readonly as: (persona: string, options?: { script?: boolean; width?: number }) => Promise<Visitor>;
  /** A window of one account, signed in by address and password, the charter accepted. */
  readonly signedIn: (account: { readonly email: string; readonly password: string }, options?: { script?: boolean; width?: number }) => Promise<Visitor>;
  /** A window of somebody who is not signed in. */
  readonly visitor: (options?: { script?: boolean; width?: number }) => Promise<Visitor>;
  readonly close: () => Promise<void>;
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens an address of the site, checks that it answers, fits the screen, and that axe finds nothing. */
  readonly open: (address: string) => Promise<Page>;
  /** The same checks on the page as it stands. */
  readonly inspect: () => Promise<void>;
}

/** `folder`: a house that exists already, to go on in it; a new one when absent. */
export async function setStage(options: readonly string[] = ['--demo'], env: { readonly [name: string]: string } = {}, folder = `${temporaryFolder()}/data`): Promise<Stage> {
  const started = await startProgram(folder, options, env);
  const browser = await openBrowser();
  const visitor = async (o: { script?: boolean; width?: number } = {}): Promise<Visitor> => {
    const context = await browser.newContext({ viewport: { width: o.width ?? 1280, height: 900 }, locale: 'fr-FR', javaScriptEnabled: o.script ?? true, baseURL: started.url });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const inspect = async (): Promise<void> => {
      // axe needs script in the page; without it the same page is inspected by the journeys that have it.
      if (o.script === false) return;
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((v) => `${page.url()} ${v.id}: ${v.help} — ${v.nodes.slice(0, 3).map((n) => n.html).join(' | ')}`)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${page.url()} is wider than the screen`).toBe(true);
    };
    return {
      page,
      context,
      inspect,
      open: async (address) => {
        const response = await page.goto(address);
        expect(response?.status(), address).toBeLessThan(400);
        await inspect();
        return page;
      },
    };
  };
  const acceptCharter = async (person: Visitor): Promise<Visitor> => {
    const accept = person.page.getByRole('button', { name: 'J’accepte la charte' });
    if (await accept.isVisible()) await accept.click();
    return person;
  };
  return {
    url: started.url,
    started,
    browser,
    visitor,
    as: async (persona, o) => {
      const person = await visitor(o);
      await person.page.goto('/connexion');
      await person.page.locator(`button[name=persona][value="${persona}"]`).click();
      return acceptCharter(person);
    },
    signedIn: async (account, o) => {
      const person = await visitor(o);
      await person.page.goto('/connexion');
      await person.page.getByLabel('Adresse électronique').fill(account.email);
      await person.page.getByLabel('Mot de passe').fill(account.password);
      await person.page.getByRole('button', { name: 'Se connecter' }).last().click();
      await person.page.waitForURL((url) => url.pathname !== '/connexion');
      return acceptCharter(person);
    },
    close: async () => {
      await browser.close();
      await started.stop();
    },
  };
}
