/** What the documents promise of the tree: every path they name exists; the lock names no address; settings are all documented. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/platform/configuration.server.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const documents = ['*.md', 'docs/**/*.md', 'src/**/*.md', 'database/**/*.md', 'content/**/*.md', 'bench/**/*.md'].flatMap((pattern) => globSync(pattern, { cwd: root }));

/** `docs/settings.md`, `src/kernel/`, `[text](../x.md)`: anything in code quotes or a link that looks like a path of the project. */
export function pathsNamed(file: string, text: string): string[] {
  const withoutBlocks = text.replace(/```[\s\S]*?```/g, '');
  const quoted = [...withoutBlocks.matchAll(/`((?:\.ci|src|docs|content|database|tests|bench|scripts|bin|public)\/[^`\s*<>{}…$]*)`/g)].map((m) => m[1]!);
  const linked = [...withoutBlocks.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map((m) => path.posix.join(path.posix.dirname(file.replaceAll('\\', '/')), m[1]!));
  return [...quoted, ...linked];
}

describe('documents', () => {
  it('name only paths that exist', () => {
    expect(documents.length).toBeGreaterThan(5);
    const missing = documents.flatMap((file) => pathsNamed(file, read(file)).filter((named) => !existsSync(path.join(root, named))).map((named) => `${file}: ${named}`));
    expect(missing).toEqual([]);
  });

  it('are seen to lie when they do', () => {
    expect(pathsNamed('docs/x.md', 'see `src/none.ts` and [y](../README.md)')).toEqual(['src/none.ts', 'README.md']);
  });

  it('hold each setting, with its default and meaning', () => {
    const page = read('docs/settings.md');
    for (const setting of SETTINGS) expect(page).toContain(`| \`${setting.name}\` | ${setting.fallback} | ${setting.meaning} |`);
  });
});

describe('the lock file', () => {
  it('names no address', () => {
    const lock = read('package-lock.json');
    expect(lock.includes('"resolved"')).toBe(false);
    expect(/https?:\/\/[^"]*\.tgz/.test(lock)).toBe(false);
  });
});

/** Commits that a page of results names: `| commit | a5b51c2 |`, « Commit a5b51c2, », « on 21a953c ». */
export const commitsNamed = (text: string): string[] => [...text.matchAll(/(?:\| commit \| |\bCommit |\bon )([0-9a-f]{7,40})\b/g)].map((m) => m[1]!);

describe('results', () => {
  const git = (...words: string[]): ReturnType<typeof spawnSync> => spawnSync('git', words, { cwd: root, encoding: 'utf8' });
  // An archive or a shallow clone has no history to ask.
  const history = String(git('rev-parse', '--is-shallow-repository').stdout ?? '').trim() === 'false';
  it.runIf(history)('belong to commits that the history of this one holds', () => {
    const named = ['docs/proofs.md', 'docs/benchmarks.md'].flatMap((file) => commitsNamed(read(file)));
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((commit) => git('merge-base', '--is-ancestor', commit, 'HEAD').status !== 0)).toEqual([]);
  });

  it('are there for every long proof', () => {
    const page = read('docs/proofs.md');
    const proofs = globSync('scripts/proofs/*.ts', { cwd: root }).map((file) => path.basename(file, '.ts'));
    expect(proofs.length).toBeGreaterThan(3);
    expect(proofs.filter((name) => !page.includes(`<!-- ${name} -->\n## ${name}\n`))).toEqual([]);
  });
});
