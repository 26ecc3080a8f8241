/**
 * Builds pages and program into `build/` when the sources changed since the last build (`--if-needed`: says nothing when they did not).
 * The stamp is a hash of names, sizes and times of the files that go into the bundle.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const stampFile = path.join(root, 'build', 'stamp');

function stampOfSources(): string {
  const files = ['src/**/*', 'public/**/*', 'vite.config.ts', 'react-router.config.ts', 'package-lock.json'].flatMap((pattern) => globSync(pattern, { cwd: root })).toSorted();
  const hash = createHash('sha256');
  for (const file of files) {
    const stat = statSync(path.join(root, file));
    if (stat.isFile() && !/\.test\.tsx?$/.test(file)) hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const before = stampOfSources();
let last = '';
try {
  last = readFileSync(stampFile, 'utf8');
} catch {
  // never built
}
if (last !== before) {
  console.error('Préparation du programme (une seule fois après chaque changement)…');
  const built = spawnSync(process.execPath, [path.join(root, 'node_modules/@react-router/dev/bin.cjs'), 'build', '--logLevel', 'warn'], { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } });
  if (built.status !== 0) {
    console.error(`${built.stdout}${built.stderr}\nLa préparation a échoué.`);
    process.exit(1);
  }
  writeFileSync(stampFile, before);
}
