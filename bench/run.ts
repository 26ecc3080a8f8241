/**
 * `npm run bench [-- --only saves,typing,entry,start,pages,brochure] [--repetitions 5] [--seconds 3] [--write]`: measures and prints, each figure beside its control
 * of the same run. `--write` puts the whole in docs/benchmarks.md, from a clean tree only: a result belongs to a commit. Linux only (processor time and memory are read in /proc); PostgreSQL must be installed.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { commitToWrite, measuredCommit } from '../scripts/measured-commit.ts';
import { machine } from '../scripts/proof.ts';
import { postgresFolder } from '../scripts/postgres.ts';
import { round, table } from './measure.ts';

const { values } = parseArgs({
  options: { only: { type: 'string', default: 'saves,typing,entry,start,pages,brochure,files' }, repetitions: { type: 'string', default: '5' }, seconds: { type: 'string', default: '3' }, write: { type: 'boolean', default: false } },
});
const only = new Set(values.only.split(','));
const repetitions = Number(values.repetitions);
const seconds = Number(values.seconds);
const say = (line: string): void => console.error(line);
const folder = postgresFolder();
if (!folder) throw new Error('PostgreSQL is not installed here: the benchmark needs it');

const { name, changed } = values.write ? { name: commitToWrite(), changed: [] } : measuredCommit();
const commit = changed.length > 0 ? `${name} and changes that are not committed` : name;
const sections: string[] = [];
const targets: string[][] = [];
const target = (what: string, wanted: string, measured: string, met: boolean): void => void targets.push([what, wanted, measured, met ? 'met' : 'not met']);

if (only.has('saves')) {
  const { measureSaves } = await import('./saves.ts');
  const postgres = await measureSaves('postgres', repetitions, seconds, say);
  target('saves at 16 connections, of bare inserts', '≥ 0.25', round(postgres.at16.rate), postgres.at16.rate >= 0.25);
  target('their p95, of the inserts’', '≤ 4', round(postgres.at16.p95), postgres.at16.p95 <= 4);
  target('processor time of a save, of an insert’s', '≤ 2.5', round(postgres.at16.cpu), postgres.at16.cpu <= 2.5);
  const pglite = await measureSaves('pglite', repetitions, seconds, say);
  sections.push('## Saves, PostgreSQL with `fsync` on', postgres.text, '## Saves, embedded engine (it does not sync to disk)', pglite.text);
}
if (only.has('typing')) {
  const { measureTyping } = await import('./typing.ts');
  const typing = await measureTyping(60, say);
  target('500 centres typing, p95 of a save', '< 200 ms', `${round(typing.p95, 0)} ms`, typing.p95 < 200);
  target('500 centres typing, errors', '0', String(typing.errors), typing.errors === 0);
  sections.push('## Five hundred centres typing, PostgreSQL', typing.text);
}
if (only.has('entry')) {
  const { measureEntryPage } = await import('./entry-page.ts');
  const entry = await measureEntryPage(repetitions, say);
  target('entry page on a poor line, first question', '< 1.5 s', `${round(entry.first)} s`, entry.first < 1.5);
  target('entry page, page and styles', '≤ 60 kB', `${round(entry.rubric, 0)} kB`, entry.rubric <= 60);
  target('entry page, scripts', '≤ 120 kB', `${round(entry.script, 0)} kB`, entry.script <= 120);
  target('a save on the wire: its body, its whole answer', '< 600 bytes', `${round(entry.save, 0)}`, entry.save < 600);
  target('runs of typing without a task over 50 ms', '≥ 95 %', `${round(entry.calm * 100, 0)} %`, entry.calm >= 0.95);
  sections.push('## The entry page on an old laptop and a poor line', entry.text);
}
if (only.has('start')) {
  const { measureStart } = await import('./start.ts');
  const start = await measureStart(repetitions);
  target('ready on an existing database (PostgreSQL)', '≤ 0.5 s', `${round(start.ready)} s`, start.ready <= 0.5);
  target('memory at rest on PostgreSQL', '≤ 150 MB', `${round(start.atRest, 0)} MB`, start.atRest <= 150);
  sections.push('## Start and memory', start.text);
}
if (only.has('pages') || only.has('brochure')) {
  const { measurePages } = await import('./pages.ts');
  const pages = await measurePages(repetitions, { pages: only.has('pages'), brochure: only.has('brochure') }, say);
  if (pages.brochure !== undefined) target('one département brochure', '≤ 5 s', `${round(pages.brochure)} s`, pages.brochure <= 5);
  sections.push('## Pages and brochure, on the national demonstration data (PostgreSQL)', pages.text);
}
if (only.has('files')) {
  const { measureFiles } = await import('./files.ts');
  const files = await measureFiles(repetitions);
  target('values proposed from 50,000 accounting lines', '< 2 s', `${round(files.seconds)} s`, files.seconds < 2);
  sections.push('## Files read in the browser’s own code, here in one thread of Node', files.text);
}

const version = spawnSync(path.join(folder, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout.trim();
const text = [
  '# Benchmarks',
  '',
  'Printed by `npm run bench` and written here by `npm run bench -- --write`. Each figure stands beside a control measured in the same run; absolute figures belong to this machine and its load, ratios travel better.',
  '',
  `Commit ${commit}, ${new Date().toISOString().slice(0, 10)}, ${machine()}, ${version}. ${repetitions} repetitions of ${seconds} s.`,
  '',
  '## Targets',
  '',
  table(['what', 'target', 'measured', ''], targets),
  '',
  ...sections.flatMap((s) => [s, '']),
].join('\n');
console.log(text);
if (values.write) {
  const file = path.join(import.meta.dirname, '..', 'docs', 'benchmarks.md');
  writeFileSync(file, `${text.trimEnd()}\n${notes(file)}`);
}
process.exit(0);

/** What people wrote under `## Reading` stays. */
function notes(file: string): string {
  try {
    const at = readFileSync(file, 'utf8').indexOf('## Reading');
    return at < 0 ? '' : `\n${readFileSync(file, 'utf8').slice(at)}`;
  } catch {
    return '';
  }
}
