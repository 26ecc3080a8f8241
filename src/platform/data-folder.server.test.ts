import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FolderInUse, FolderUnusable, lockDataFolder, ownLock, seeLock, takeOver } from './data-folder.server.ts';

/** The claim on a lock of these words. */
const claimOn = (file: string, text: string): string => `${file}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
const folder = (): string => path.join(mkdtempSync(path.join(os.tmpdir(), 'senacs-lock-')), 'data');

describe('the lock of the data folder', () => {
  it('refuses a second holder and opens again once given back', () => {
    const place = folder();
    const release = lockDataFolder(place);
    expect(() => lockDataFolder(place)).toThrow(FolderInUse);
    release();
    lockDataFolder(place)();
  });

  it('says why it cannot be made, at once', () => {
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'senacs-')), 'un-fichier');
    writeFileSync(file, '');
    expect(() => lockDataFolder(file)).toThrow(FolderUnusable);
    expect(() => lockDataFolder(path.join(file, 'dessous'))).toThrow(FolderUnusable);
    expect(() => lockDataFolder('/proc/senacs/database')).toThrow(FolderUnusable);
  });

  it('is taken over when its holder is gone', () => {
    const place = folder();
    writeFileSync(`${place}.lock`, JSON.stringify({ pid: 2 ** 22 + 1, host: os.hostname(), started: null }));
    lockDataFolder(place)();
  });

  it('is taken over when the process number was given to another process', () => {
    const place = folder();
    writeFileSync(`${place}.lock`, JSON.stringify({ pid: process.pid, host: os.hostname(), started: '1' }));
    lockDataFolder(place)();
  });

  it('respects a lock written on another machine', () => {
    const place = folder();
    writeFileSync(`${place}.lock`, JSON.stringify({ pid: 1, host: 'elsewhere', started: null }));
    expect(() => lockDataFolder(place)).toThrow(/elsewhere/);
  });

  it('is taken over when its holder died before writing its name', () => {
    const place = folder();
    writeFileSync(`${place}.lock`, '');
    utimesSync(`${place}.lock`, new Date(0), new Date(0));
    lockDataFolder(place)();
  });

  describe('of a holder that is gone', () => {
    const gone = (word: string): string => JSON.stringify({ pid: 2 ** 22 + 1, host: os.hostname(), started: null, word });
    const stale = (): { place: string; file: string } => {
      const place = folder();
      writeFileSync(`${place}.lock`, gone('stale'));
      return { place, file: `${place}.lock` };
    };

    it('is not taken from the newcomer who renewed it meanwhile', () => {
      const { place, file } = stale();
      const seen = seeLock(file)!;
      const release = lockDataFolder(place);
      const renewed = readFileSync(file, 'utf8');
      expect(takeOver(file, seen, ownLock())).toBe(false);
      expect(readFileSync(file, 'utf8')).toBe(renewed);
      release();
      expect(takeOver(file, seen, ownLock())).toBe(false);
      expect(readdirSync(path.dirname(place))).toEqual(['data']);
    });

    it('is taken although another newcomer died while taking it', () => {
      const { place, file } = stale();
      const seen = seeLock(file)!;
      // Two in a row died between their claim and the renewal.
      for (const word of [seen.text, gone('first')]) writeFileSync(claimOn(file, word), gone(word === seen.text ? 'first' : 'second'));
      const release = lockDataFolder(place);
      expect(() => lockDataFolder(place)).toThrow(FolderInUse);
      release();
      expect(readdirSync(path.dirname(place))).toEqual(['data']);
    });

    it('is left to the one who is taking it', () => {
      const { file } = stale();
      const seen = seeLock(file)!;
      writeFileSync(claimOn(file, seen.text), ownLock());
      expect(takeOver(file, seen, ownLock())).toBe(false);
      expect(readFileSync(file, 'utf8')).toBe(seen.text);
    });

    it('goes to exactly one of several processes that start at once', async () => {
      const { place, file } = stale();
      const program = `import { lockDataFolder } from ${JSON.stringify(path.resolve(import.meta.dirname, 'data-folder.server.ts'))};
        process.stdin.once('data', () => { try { lockDataFolder(${JSON.stringify(place)}); console.log('held'); } catch { console.log('refused'); } });
        process.stdin.once('end', () => process.exit()); console.log('ready');`;
      const children = Array.from({ length: 6 }, () => spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] }));
      const said = children.map((child) => {
        let text = '';
        child.stdout.on('data', (part: Buffer) => void (text += part.toString()));
        return { has: (word: RegExp) => expect.poll(() => text, { timeout: 30_000 }).toMatch(word), text: () => text };
      });
      await Promise.all(said.map((one) => one.has(/ready/)));
      for (const child of children) child.stdin.write('go\n');
      await Promise.all(said.map((one) => one.has(/held|refused/)));
      expect(said.filter((one) => one.text().includes('held'))).toHaveLength(1);
      expect(seeLock(file)!.text).toContain(String(children[said.findIndex((one) => one.text().includes('held'))]!.pid));
      for (const child of children) child.stdin.end();
    });
  });
});
