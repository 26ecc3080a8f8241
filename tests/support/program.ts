/** The program as people start it: `bin/senacs.js` in a process of its own, on a folder of its own or on TEST_DATABASE_URL's server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

export const temporaryFolder = (): string => mkdtempSync(path.join(os.tmpdir(), 'senacs-'));

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one command to its end. */
export function senacs(words: readonly string[], env: { readonly [name: string]: string } = {}): Promise<Finished> {
  const child = spawn(process.execPath, [path.join(ROOT, 'bin/senacs.js'), ...words], { env: { ...process.env, DATABASE_URL: '', ...env }, cwd: ROOT });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

export interface Started {
  readonly url: string;
  readonly child: ChildProcess;
  readonly log: () => string;
  /** SIGTERM, then the exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Starts `serve` on a free port and waits for its address. */
export async function startProgram(folder: string, options: readonly string[] = [], env: { readonly [name: string]: string } = {}): Promise<Started> {
  const child = spawn(process.execPath, [path.join(ROOT, 'bin/senacs.js'), 'serve', ...options], { env: { ...process.env, DATABASE_URL: '', SENACS_DATA: folder, PORT: '0', ...env }, cwd: ROOT });
  let log = '';
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (data: Buffer): void => {
      log += data.toString();
      const found = /http:\/\/localhost:\d+/.exec(log);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', (code) => reject(new Error(`the program ended (${code}) before listening:\n${log}`)));
  });
  return {
    url,
    child,
    log: () => log,
    stop: () =>
      new Promise((resolve) => {
        child.on('exit', (code) => resolve(code));
        child.kill('SIGTERM');
      }),
  };
}
