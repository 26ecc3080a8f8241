/**
 * Long proofs: `npm run proof -- NAME [--sample] [--seed N] [--cases N]` · `--list` prints the names. Each is one file of scripts/proofs/ that exports `proof`.
 * Run in full, the figures are written in docs/proofs.md with the commit that they belong to, so the tree must be clean; a sample is for CI and writes
 * nothing. `--cases` bounds a proof that counts its cases on a slow machine: the number is among its figures. The seed is printed, so that a failure can
 * be replayed.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { commitToWrite } from './measured-commit.ts';
import { seededRandom } from './rules/seeded-random.ts';

export interface ProofRun {
  /** A short run for CI: one minute at most. */
  readonly sample: boolean;
  /** As many cases as asked for; absent: those of the proof. */
  readonly cases?: number;
  readonly seed: number;
  /** From 0 to 1, the same sequence for the same seed. */
  readonly random: () => number;
  readonly say: (line: string) => void;
}
export interface Proof {
  /** What it shows, in a sentence. */
  readonly shows: string;
  /** Figures by name; throws at the first thing that does not hold. */
  readonly run: (run: ProofRun) => Promise<{ readonly [name: string]: string | number }>;
}

const root = path.resolve(import.meta.dirname, '..');

export function machine(): string {
  const cpus = os.cpus();
  return `${cpus.length} × ${cpus[0]?.model.trim() || os.arch()}, ${Math.round(os.totalmem() / 2 ** 30)} Gio, ${os.type()} ${os.release()}, Node ${process.versions.node}`;
}

/** Replaces the section of one proof in docs/proofs.md. */
function writeResult(name: string, commit: string, shows: string, seed: number, seconds: number, figures: { readonly [name: string]: string | number }): void {
  const file = path.join(root, 'docs', 'proofs.md');
  const text = readFileSync(file, 'utf8');
  const section = [
    `## ${name}`, '', shows, '', '| | |', '|---|---|', `| commit | ${commit} |`, `| seed | ${seed} |`, `| machine | ${machine()} |`, `| date | ${new Date().toISOString().slice(0, 10)} |`, `| duration | ${seconds} s |`,
    ...Object.entries(figures).map(([label, value]) => `| ${label} | ${value} |`),
  ].join('\n');
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const before = text.indexOf(start);
  const next = before < 0 ? `${text.trimEnd()}\n\n${start}\n${section}\n${end}\n` : `${text.slice(0, before)}${start}\n${section}\n${text.slice(text.indexOf(end, before))}`;
  writeFileSync(file, next);
}

if (import.meta.main) {
  const names = globSync('*.ts', { cwd: path.join(root, 'scripts', 'proofs') }).map((file) => file.replace(/\.ts$/, '')).toSorted();
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { sample: { type: 'boolean', default: false }, seed: { type: 'string' }, cases: { type: 'string' }, list: { type: 'boolean', default: false } } });
  if (values.list) {
    console.log(names.join('\n'));
    process.exit(0);
  }
  const [name = ''] = positionals;
  if (!names.includes(name)) {
    console.error(`Usage: npm run proof -- NAME [--sample] [--seed N] [--cases N]\nProofs: ${names.join(', ')}`);
    process.exit(2);
  }
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const { proof } = (await import(path.join(root, 'scripts', 'proofs', `${name}.ts`))) as { proof: Proof };
  const cases = values.cases === undefined ? {} : { cases: Number(values.cases) };
  // Before the run: nobody waits an hour for a result that is not written.
  let commit: string | undefined;
  try {
    commit = values.sample ? undefined : commitToWrite();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
  const started = performance.now();
  console.log(`proof ${name}${values.sample ? ' (sample)' : ''}, seed ${seed}`);
  try {
    const figures = await proof.run({ sample: values.sample, ...cases, seed, random: seededRandom(seed), say: (line) => console.log(line) });
    const seconds = Math.round((performance.now() - started) / 1000);
    for (const [label, value] of Object.entries(figures)) console.log(`  ${label}: ${value}`);
    console.log(`holds, in ${seconds} s`);
    if (commit !== undefined) writeResult(name, commit, proof.shows, seed, seconds, figures);
    process.exit(0);
  } catch (error) {
    console.error(`DOES NOT HOLD (seed ${seed}):`, error);
    process.exit(1);
  }
}
