/**
 * Builds pages and program into `build/` when the sources changed since the last build. The stamp is a hash of names, sizes and times
 * of the files that go into the bundle: looking costs a few milliseconds, building a few seconds.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compressFolder } from './compress.ts';

const root = path.resolve(import.meta.dirname, '..');
const stampFile = path.join(root, 'build', 'stamp');

function stampOfSources(): string {
  const hash = createHash('sha256');
  const add = (file: string): void => {
    const stat = statSync(path.join(root, file));
    hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
  };
  for (const folder of ['src', 'public']) {
    for (const entry of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }).toSorted((a, b) => `${a.parentPath}/${a.name}`.localeCompare(`${b.parentPath}/${b.name}`))) {
      if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) add(path.relative(root, path.join(entry.parentPath, entry.name)));
    }
  }
  for (const file of ['scripts/compress.ts', 'vite.config.ts', 'react-router.config.ts', 'package-lock.json']) add(file);
  return hash.digest('hex');
}

function lastStamp(): string {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return '';
  }
}

/** Builds when needed. Returns false, having printed why, when the build failed. */
export function buildIfNeeded(): boolean {
  const stamp = stampOfSources();
  if (lastStamp() === stamp) return true;
  console.error('Préparation du programme (une seule fois après chaque changement)…');
  const built = spawnSync(process.execPath, [path.join(root, 'node_modules/@react-router/dev/bin.cjs'), 'build', '--logLevel', 'warn'], { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } });
  if (built.status !== 0) {
    console.error(`${built.stdout}${built.stderr}\nLa préparation a échoué.`);
    return false;
  }
  compressFolder(path.join(root, 'build', 'client'));
  writeFileSync(stampFile, stamp);
  return true;
}

if (import.meta.main && !buildIfNeeded()) process.exit(1);
