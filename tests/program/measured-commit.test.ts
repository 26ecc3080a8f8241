import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commitToWrite, measuredCommit } from '../../scripts/measured-commit.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'senacs-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const git = (...words: string[]): string => {
  const done = spawnSync('git', ['-c', 'user.name=Essai', '-c', 'user.email=essai@exemple.fr', ...words], { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout.trim();
};

describe('the commit of a result', () => {
  it('is that of a clean tree, and a tree with changes writes none', () => {
    expect(() => commitToWrite(root)).toThrow('no git repository');
    git('init', '-q');
    mkdirSync(path.join(root, 'docs'));
    for (const file of ['checks.ts', 'rules.ts', 'docs/proofs.md']) writeFileSync(path.join(root, file), 'one');
    git('add', '-A');
    git('commit', '-qm', 'First');
    const head = git('rev-parse', '--short', 'HEAD');
    expect(commitToWrite(root)).toBe(head);

    writeFileSync(path.join(root, 'docs/proofs.md'), 'the result of another proof');
    expect(commitToWrite(root)).toBe(head);

    for (const file of ['checks.ts', 'rules.ts']) writeFileSync(path.join(root, file), 'two');
    expect(measuredCommit(root)).toEqual({ name: head, changed: ['checks.ts', 'rules.ts'] });
    expect(() => commitToWrite(root)).toThrow('rules.ts');

    git('commit', '-qam', 'Second');
    writeFileSync(path.join(root, 'new.ts'), 'not followed yet');
    expect(() => commitToWrite(root)).toThrow('new.ts');
  });
});
