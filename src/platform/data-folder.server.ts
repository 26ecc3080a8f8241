/**
 * The embedded database has no lock of its own: two processes on one folder would lose data without a word. This lock stands beside
 * the folder, is taken by an exclusive creation, names the process that holds it, and is taken over when that process is gone.
 */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export class FolderInUse extends Error {}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Start time of the process where the system tells it, so that a recycled number is not taken for the holder. */
  readonly started: string | null;
}

/** Takes the lock of `folder` (created if missing) and returns the function that gives it back. Throws FolderInUse. */
export function lockDataFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(path.dirname(folder), `${path.basename(folder)}.lock`);
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, JSON.stringify({ pid: process.pid, host: os.hostname(), started: startOf(process.pid) } satisfies Holder));
      closeSync(handle);
      return () => {
        // Only one's own lock is given back: the folder may have been removed and made anew by another meanwhile.
        const holder = readHolder(file);
        if (holder !== undefined && holder !== 'unreadable' && holder.pid === process.pid && holder.host === os.hostname()) rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(file);
    // An empty or half-written file younger than two seconds is being written by its owner.
    if (holder === 'unreadable' && Date.now() - statSync(file).mtimeMs < 2000) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      continue;
    }
    if (holder !== undefined && holder !== 'unreadable' && isAlive(holder)) {
      throw new FolderInUse(
        `Le dossier de données « ${folder} » est déjà ouvert par un autre SENACS (processus ${holder.pid}${holder.host === os.hostname() ? '' : ` sur ${holder.host}`}). Arrêtez-le d’abord, ou choisissez un autre dossier avec SENACS_DATA.`,
      );
    }
    takeOver(file);
  }
  throw new FolderInUse(`Le verrou « ${file} » n’a pas pu être pris : vérifiez qu’aucun autre SENACS ne démarre, puis réessayez.`);
}

/** Only one of several newcomers wins the renaming of a stale lock; the others try the creation again. */
function takeOver(file: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function readHolder(file: string): Holder | 'unreadable' | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'unreadable';
  }
}

function isAlive(holder: Holder): boolean {
  // A lock written on another machine (shared folder, container) cannot be checked: it is respected.
  if (holder.host !== os.hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.started === null || startOf(holder.pid) === holder.started;
}

/** Field 22 of /proc/PID/stat: start time in clock ticks; null where the system has no such file. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
