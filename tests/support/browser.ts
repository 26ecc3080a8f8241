/** One real browser for the journeys: the Chromium that a package brings, unpacked once, or the one named by SENACS_CHROMIUM. */
import { existsSync } from 'node:fs';
import { type Browser, chromium as playwright } from 'playwright-core';

export async function openBrowser(): Promise<Browser> {
  const named = process.env['SENACS_CHROMIUM'];
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = named ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : await packaged.executablePath());
  return playwright.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none'],
  });
}
