import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FolderInUse, lockDataFolder } from './data-folder.server.ts';

const folder = (): string => path.join(mkdtempSync(path.join(os.tmpdir(), 'senacs-lock-')), 'data');

describe('the lock of the data folder', () => {
  it('refuses a second holder and opens again once given back', () => {
    const place = folder();
    const release = lockDataFolder(place);
    expect(() => lockDataFolder(place)).toThrow(FolderInUse);
    release();
    lockDataFolder(place)();
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
});
