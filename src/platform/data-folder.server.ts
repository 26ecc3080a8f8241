/**
 * The embedded database has no lock of its own: two processes on one folder would lose data without a word. This lock stands beside
 * the folder, is taken by an exclusive creation, names the process that holds it, and is taken over when that process is gone.
 *
 * Taking over must not take a lock that another newcomer has just renewed. So each lock is unlike any other (a random word in it), only the process
 * that has created the *claim* on that very lock may put its own in its place, and it looks again before doing so.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export class FolderInUse extends Error {}
/** The setting names a place where no folder can be. */
export class FolderUnusable extends Error {}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Start time of the process where the system tells it, so that a recycled number is not taken for the holder. */
  readonly started: string | null;
}
/** A lock file as it was seen at one moment. */
export interface SeenLock {
  readonly text: string;
  /** Milliseconds since it was written. */
  readonly age: number;
  /** Undefined when it is empty, half written or damaged. */
  readonly holder: Holder | undefined;
}

/** Longest time between the creation of a lock and its writing, in milliseconds: an empty file younger than that is being written by its owner. */
const BEING_WRITTEN = 2000;

/** Takes the lock of `folder` (created if missing) and returns the function that gives it back. Throws FolderInUse, FolderUnusable. */
export function lockDataFolder(folder: string): () => void {
  makeFolder(folder);
  const file = path.join(path.dirname(folder), `${path.basename(folder)}.lock`);
  const own = ownLock();
  // Only one's own lock is given back: the folder may have been removed and made anew by another meanwhile.
  const release = (): void => void (seeLock(file)?.text === own && rmSync(file, { force: true }));
  for (let attempt = 0; attempt < 50; attempt++) {
    if (create(file, own) && seeLock(file)?.text === own) return release;
    const seen = seeLock(file);
    if (seen === undefined) continue;
    if (seen.holder && isAlive(seen.holder)) {
      throw new FolderInUse(
        `Le dossier de données « ${folder} » est déjà ouvert par un autre SENACS (processus ${seen.holder.pid}${seen.holder.host === os.hostname() ? '' : ` sur ${seen.holder.host}`}). Arrêtez-le d’abord, ou choisissez un autre dossier avec SENACS_DATA. Son verrou est « ${file} ».`,
      );
    }
    if ((seen.holder || seen.age > BEING_WRITTEN) && takeOver(file, seen, own)) return release;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  throw new FolderInUse(`Le verrou « ${file} » n’a pas pu être pris : vérifiez qu’aucun autre SENACS ne démarre, puis réessayez.`);
}

function makeFolder(folder: string): void {
  try {
    // One by one: the recursive call of Node goes round for ever where the system itself refuses (/proc).
    const missing: string[] = [];
    for (let at = folder; !existsSync(at); at = path.dirname(at)) missing.unshift(at);
    for (const at of missing) {
      try {
        mkdirSync(at);
      } catch (error) {
        if (!existsSync(at)) throw error;
      }
    }
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const why = code === 'EEXIST' || code === 'ENOTDIR' ? 'un fichier est à cette place' : code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'il n’est pas permis d’y écrire' : code === 'ENOENT' ? 'ce chemin n’existe pas' : undefined;
    if (why === undefined) throw error;
    throw new FolderUnusable(`Le dossier de données « ${folder} » ne peut pas être créé : ${why}. Choisissez un autre dossier avec SENACS_DATA.`);
  }
}

/**
 * Puts `own` in the place of the lock `seen`, whose holder is gone. False when it is no longer there, or when another newcomer is doing the same.
 * A claim whose author died on the way is claimed in its turn.
 */
export function takeOver(file: string, seen: SeenLock, own: string): boolean {
  const claims: string[] = [];
  for (let word = seen.text; ; ) {
    const claim = `${file}.${createHash('sha256').update(word).digest('hex').slice(0, 16)}`;
    claims.push(claim);
    if (create(claim, own)) break;
    const other = seeLock(claim);
    if (!other || (other.holder ? isAlive(other.holder) : other.age < BEING_WRITTEN)) return false;
    word = other.text === '' ? `${word} ` : other.text;
  }
  // From here on nobody else may replace `seen`.
  const now = seeLock(file);
  const still = now?.text === seen.text && (now.holder !== undefined || now.age > BEING_WRITTEN);
  if (still) {
    const draft = `${file}.${randomUUID()}`;
    writeFileSync(draft, own);
    renameSync(draft, file);
  }
  for (const claim of claims) rmSync(claim, { force: true });
  return still;
}

/** The words of this process's lock, unlike any other. */
export const ownLock = (): string => JSON.stringify({ pid: process.pid, host: os.hostname(), started: startOf(process.pid), word: randomUUID() } satisfies Holder & { word: string });

/** False when the file is there already. */
function create(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when there is none. */
export function seeLock(file: string): SeenLock | undefined {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    const text = readFileSync(file, 'utf8');
    return { text, age, holder: holderIn(text) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function holderIn(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
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
