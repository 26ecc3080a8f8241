/**
 * The folder of questionnaires: `<year>/version.json`, `<year>/questions/<rubric>.json`, `<year>/rules.json`. A version may be `basedOn`
 * another year: it then gives only what it adds (its own questions and rules), changes or removes. Read, a version is always complete.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { checkVersion, type Origin } from './check-version.ts';
import { canonical } from './fingerprint.ts';
import { inRubricOrder } from './rubric-order.ts';
import type { QuestionnaireVersion } from './model.ts';
import { isRaw, parseHead, parseQuestion, parseRule, type Changes, type Fault, type Raw, type VersionHead } from './parsing.ts';

interface Item {
  readonly raw: Raw;
  readonly rubric: string;
  readonly origin: Origin;
}
interface Layers {
  readonly head: VersionHead;
  readonly questions: readonly Item[];
  readonly rules: readonly Item[];
}

/** Reads and checks the version of a campaign's year. `folder` is the one that holds the years. */
export async function readVersionFolder(folder: string, year: number): Promise<Result<QuestionnaireVersion, readonly Fault[]>> {
  const faults: Fault[] = [];
  const layers = await readLayers(folder, year, faults, []);
  if (!layers) return refuse(faults);
  const { head } = layers;
  const questions = layers.questions.map(({ raw, rubric, origin }) => parseQuestion(raw, rubric, origin.file, origin.place, faults));
  const rules = layers.rules.map(({ raw, origin }) => parseRule(raw, origin.file, origin.place, faults));
  const content = {
    year: head.year,
    title: head.title,
    dataYears: head.dataYears,
    dimensions: head.dimensions ?? {},
    rubrics: head.rubrics ?? {},
    modules: head.modules ?? [],
    questions: inRubricOrder(questions, Object.keys(head.rubrics ?? {})),
    rules,
    ...(head.follows === undefined ? {} : { follows: head.follows }),
    ...(head.lineage === undefined ? {} : { lineage: head.lineage }),
    ...(head.becomes === undefined ? {} : { becomes: head.becomes }),
  };
  const version = sealed(content);
  if (faults.length === 0) {
    faults.push(
      ...checkVersion(version, {
        head: { file: path.join(String(year), 'version.json'), place: '$' },
        questions: new Map(questions.map((q, i) => [q.key, layers.questions[i]!.origin])),
        rules: new Map(rules.map((r, i) => [r.id, layers.rules[i]!.origin])),
      }),
    );
  }
  return faults.length > 0 ? refuse(faults) : ok(version);
}

/** Checks every year of a folder. */
export async function checkFolder(folder: string): Promise<{ readonly versions: readonly { readonly year: number; readonly questions: number; readonly rules: number }[]; readonly faults: readonly Fault[] }> {
  const years = await yearsOf(folder);
  const faults: Fault[] = years.length > 0 ? [] : [{ file: folder, place: '', message: 'aucun dossier d’année (2017, 2024…) ici.' }];
  const versions = [];
  for (const year of years) {
    const read = await readVersionFolder(folder, year);
    if (read.ok) versions.push({ year, questions: read.value.questions.length, rules: read.value.rules.length });
    else faults.push(...read.error);
  }
  return { versions, faults: faults.filter((f, i) => faults.findIndex((g) => g.file === f.file && g.place === f.place && g.message === f.message) === i) };
}

/** Years that have a folder, in order. */
export async function yearsOf(folder: string): Promise<readonly number[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((e) => (e.isDirectory() && /^\d{4}$/.test(e.name) ? [Number(e.name)] : [])).toSorted((a, b) => a - b);
}

/** SHA-256 of the canonical content: the same words give the same hash, whatever the layout of the files. */
export const hashOf = (content: Omit<QuestionnaireVersion, 'contentHash'>): string => createHash('sha256').update(canonical(content)).digest('hex');

/** The version with the hash of what it says. */
export function sealed(version: Omit<QuestionnaireVersion, 'contentHash'> & { readonly contentHash?: string }): QuestionnaireVersion {
  const { contentHash: _, ...content } = version;
  return { ...content, contentHash: hashOf(content) };
}

async function readLayers(folder: string, year: number, faults: Fault[], above: readonly number[]): Promise<Layers | undefined> {
  const headFile = path.join(String(year), 'version.json');
  const rawHead = await readJson(folder, headFile, faults);
  if (rawHead === undefined) return undefined;
  const head = parseHead(rawHead, headFile, faults);
  if (head.year !== year) faults.push({ file: headFile, place: '$.year', message: `${head.year} au lieu de ${year}, le nom du dossier.` });
  const own = { questions: await readQuestions(folder, year, faults), rules: await readRules(folder, year, faults) };
  if (head.basedOn === undefined) return { head, ...own };
  if ([...above, year].includes(head.basedOn)) {
    faults.push({ file: headFile, place: '$.basedOn', message: `la version ${head.basedOn} repose déjà sur celle-ci.` });
    return undefined;
  }
  const base = await readLayers(folder, head.basedOn, faults, [...above, year]);
  if (!base) {
    faults.push({ file: headFile, place: '$.basedOn', message: `la version ${head.basedOn}, sur laquelle celle-ci repose, ne se lit pas.` });
    return undefined;
  }
  return {
    head: { ...head, dimensions: head.dimensions ?? base.head.dimensions, rubrics: head.rubrics ?? base.head.rubrics, modules: head.modules ?? base.head.modules },
    questions: [...altered(base.questions, head.changes.questions, 'key', headFile, 'questions', faults), ...own.questions],
    rules: [...altered(base.rules, head.changes.rules, 'id', headFile, 'rules', faults), ...own.rules],
  };
}

function altered(items: readonly Item[], { change, remove }: Changes, identifier: string, file: string, list: string, faults: Fault[]): readonly Item[] {
  const known = new Set(items.map((i) => i.raw[identifier]));
  const unknown = (place: string, name: unknown): void => {
    if (!known.has(name)) faults.push({ file, place, message: `« ${String(name)} » n’existe pas dans la version de base.` });
  };
  remove.forEach((name, i) => unknown(`$.${list}.remove[${i}]`, name));
  const changes = new Map(change.map((raw, i) => [raw[identifier], { raw, origin: { file, place: `$.${list}.change[${i}]` } }]));
  for (const [name, { origin }] of changes) unknown(origin.place, name);
  return items
    .filter((item) => !remove.includes(item.raw[identifier] as string))
    .map((item) => {
      const changed = changes.get(item.raw[identifier]);
      return changed ? { ...item, raw: { ...item.raw, ...changed.raw }, origin: changed.origin } : item;
    });
}

async function readQuestions(folder: string, year: number, faults: Fault[]): Promise<readonly Item[]> {
  const files = (await readdir(path.join(folder, String(year), 'questions')).catch(() => [])).filter((f) => f.endsWith('.json')).toSorted();
  const items = await Promise.all(files.map((file) => readItems(folder, path.join(String(year), 'questions', file), path.basename(file, '.json'), faults)));
  return items.flat();
}

async function readRules(folder: string, year: number, faults: Fault[]): Promise<readonly Item[]> {
  const names: readonly string[] = await readdir(path.join(folder, String(year))).catch(() => []);
  return names.includes('rules.json') ? readItems(folder, path.join(String(year), 'rules.json'), '', faults) : [];
}

async function readItems(folder: string, file: string, rubric: string, faults: Fault[]): Promise<readonly Item[]> {
  const raw = await readJson(folder, file, faults);
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) {
    faults.push({ file, place: '$', message: 'une liste [ … ] est attendue.' });
    return [];
  }
  return raw.flatMap((item: unknown, i) => {
    const origin = { file, place: `[${i}]` };
    if (isRaw(item)) return [{ raw: item, rubric, origin }];
    faults.push({ ...origin, message: 'un objet { … } est attendu.' });
    return [];
  });
}

async function readJson(folder: string, file: string, faults: Fault[]): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path.join(folder, file), 'utf8');
  } catch {
    faults.push({ file, place: '', message: 'ce fichier manque ou ne se lit pas.' });
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const found = /position (\d+)/.exec((error as Error).message);
    const offset = found ? Number(found[1]) : text.length;
    const before = text.slice(0, offset).split('\n');
    faults.push({ file, place: '', line: before.length, column: before.at(-1)!.length + 1, message: 'ce fichier n’est pas du JSON à cet endroit (virgule, guillemet ou accolade).' });
    return undefined;
  }
}
