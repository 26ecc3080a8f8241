/**
 * Long proofs: `npm run proof -- NAME [--sample] [--seed N]` · `--list` prints the names. Each is one file of scripts/proofs/ that exports `proof`.
 * Run in full, the figures are written in docs/proofs.md; a sample is for CI and writes nothing. The seed is printed, so that a failure can be replayed.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from './rules/seeded-random.ts';

export interface ProofRun {
  /** A short run for CI: one minute at most. */
  readonly sample: boolean;
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
export const commit = (): string => spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout.trim() || 'unknown';

/** Replaces the section of one proof in docs/proofs.md. */
function writeResult(name: string, shows: string, seed: number, seconds: number, figures: { readonly [name: string]: string | number }): void {
  const file = path.join(root, 'docs', 'proofs.md');
  const text = readFileSync(file, 'utf8');
  const section = [
    `## ${name}`, '', shows, '', '| | |', '|---|---|', `| commit | ${commit()} |`, `| seed | ${seed} |`, `| machine | ${machine()} |`, `| date | ${new Date().toISOString().slice(0, 10)} |`, `| duration | ${seconds} s |`,
    ...Object.entries(figures).map(([label, value]) => `| ${label} | ${value} |`),
  ].join('\n');
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const before = text.indexOf(start);
  const next = before < 0 ? `${text.trimEnd()}\n\n${start}\n${section}\n${end}\n` : `${text.slice(0, before)}${start}\n${section}\n${text.slice(text.indexOf(end, before))}`;
  writeFileSync(file, next);
}

if (import.meta.main) {
  const names = globSync('*.ts', { cwd: path.join(root, 'scripts', 'proofs') }).map((file) => file.replace(/\.ts$/, '')).toSorted();
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { sample: { type: 'boolean', default: false }, seed: { type: 'string' }, list: { type: 'boolean', default: false } } });
  if (values.list) {
    console.log(names.join('\n'));
    process.exit(0);
  }
  const [name = ''] = positionals;
  if (!names.includes(name)) {
    console.error(`Usage: npm run proof -- NAME [--sample] [--seed N]\nProofs: ${names.join(', ')}`);
    process.exit(2);
  }
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const { proof } = (await import(path.join(root, 'scripts', 'proofs', `${name}.ts`))) as { proof: Proof };
  const started = performance.now();
  console.log(`proof ${name}${values.sample ? ' (sample)' : ''}, seed ${seed}`);
  try {
    const figures = await proof.run({ sample: values.sample, seed, random: seededRandom(seed), say: (line) => console.log(line) });
    const seconds = Math.round((performance.now() - started) / 1000);
    for (const [label, value] of Object.entries(figures)) console.log(`  ${label}: ${value}`);
    console.log(`holds, in ${seconds} s`);
    if (!values.sample) writeResult(name, proof.shows, seed, seconds, figures);
    process.exit(0);
  } catch (error) {
    console.error(`DOES NOT HOLD (seed ${seed}):`, error);
    process.exit(1);
  }
}
