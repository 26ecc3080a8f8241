/** The commit that a written result belongs to: one that anyone can check out and measure again. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const project = path.resolve(import.meta.dirname, '..');
/** Where results are written: the one before is no change of what is measured. */
const RESULTS = ['docs/proofs.md', 'docs/benchmarks.md'];

const git = (root: string, ...words: string[]): string | undefined => {
  const done = spawnSync('git', words, { cwd: root, encoding: 'utf8' });
  return done.status === 0 ? done.stdout.trimEnd() : undefined;
};

export interface MeasuredCommit {
  /** Short name, or « unknown » outside of git. */
  readonly name: string;
  /** Files that differ from it, results apart; what is measured is then no commit at all. */
  readonly changed: readonly string[];
}

export function measuredCommit(root = project): MeasuredCommit {
  const name = git(root, 'rev-parse', '--short', 'HEAD');
  const changed = git(root, 'status', '--porcelain', '--', '.', ...RESULTS.map((file) => `:!${file}`));
  return { name: name ?? 'unknown', changed: (changed ?? '').split('\n').filter(Boolean).map((line) => line.slice(3)) };
}

/** The name of a commit under which a result may be written; throws when the tree is not that of a commit. */
export function commitToWrite(root = project): string {
  const { name, changed } = measuredCommit(root);
  if (name === 'unknown') throw new Error('a result is written with its commit: this is no git repository');
  if (changed.length > 0) throw new Error(`a result is written with its commit: commit these first (or measure without writing): ${changed.slice(0, 5).join(', ')}${changed.length > 5 ? '…' : ''}`);
  return name;
}
