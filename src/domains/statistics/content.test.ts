import { describe, expect, it } from 'vitest';
import { compileVersion, type CompiledVersion } from '../questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../questionnaire/index.server.ts';
import { catalogueFor, type Condition, type FigureDefinition, parseFigureFile, type ValueRef } from './index.ts';
import { figureFiles } from './index.server.ts';

async function compiled(year: number): Promise<CompiledVersion> {
  const read = await readVersionFolder(contentFolder(), year);
  if (!read.ok) throw new Error(`questionnaire ${year} cannot be read`);
  return compileVersion(read.value);
}

/** References of a definition that lead nowhere in a questionnaire: row, column, option. */
function deadReferences({ id, measure }: FigureDefinition, version: CompiledVersion): string[] {
  const cell = (ref: string): string[] => {
    const [key = '', row, col] = ref.split('.');
    const table = version.questions.get(key)?.table;
    const fine = row === undefined || (table?.rows.some((r) => r.code === row) && (col === undefined || table.columns.some((c) => c.code === col)));
    return fine ? [] : [`${id}: ${ref}`];
  };
  const values = (ref: ValueRef): string[] => (typeof ref === 'string' ? [ref] : ref).flatMap(cell);
  const option = (key: string, code: string): string[] => (version.questions.get(key)?.options?.some((o) => o.code === code) ? [] : [`${id}: ${key} = ${code}`]);
  const condition = (c: Condition): string[] => {
    if ('not' in c) return condition(c.not);
    if ('all' in c || 'any' in c) return ('all' in c ? c.all : c.any).flatMap(condition);
    if ('is' in c) return option(c.q, c.is);
    if ('has' in c) return option(c.q, c.has);
    if ('in' in c) return c.in.flatMap((code) => option(c.q, code));
    return 'positive' in c ? values(c.q) : cell(c.q);
  };
  if ('where' in measure) return condition(measure.where);
  if (measure.kind === 'ratio') return [...values(measure.of), ...values(measure.to)];
  return 'of' in measure && measure.kind !== 'population' && measure.kind !== 'population_share' && measure.kind !== 'calendar' ? values(measure.of) : [];
}

describe('content/figures', () => {
  it.each([2017, 2024, 2025, 2026])('names only questions, rows, columns and options that exist in %s', async (year) => {
    const version = await compiled(year);
    const { figures, lists } = catalogueFor(await figureFiles(), version, year, '62');
    expect(figures.length).toBeGreaterThan(200);
    expect(figures.flatMap((figure) => deadReferences(figure, version))).toEqual([]);
    const ids = new Set(figures.map((figure) => figure.id));
    expect(lists.flatMap((list) => list.figures.filter((id) => !ids.has(id)))).toEqual([]);
    expect(ids.size).toBe(figures.length);
  });
  it('gives its particulars to one campaign and territory only', async () => {
    const version = await compiled(2017);
    const files = await figureFiles();
    const ids = (territory: string) => catalogueFor(files, version, 2017, territory).figures.map((f) => `${f.id} ${f.year ?? 'main'}`);
    expect(ids('62')).toContain('funders.caf previous');
    expect(ids('59')).toContain('funders.caf main');
    expect(ids('59').some((id) => id.startsWith('editorial'))).toBe(false);
  });
  it('is refused with the place and the reason when it is wrong', () => {
    const faults = (json: unknown): string[] => parseFigureFile(json).faults.map((fault) => `${fault.place}: ${fault.message}`);
    expect(faults([])).toEqual(['$: le fichier est un objet']);
    expect(faults({ section: 's', figures: [{ id: 'a', label: 'A', unit: 'persons', measure: { kind: 'summ' } }] })).toEqual(['a.measure: mesure inconnue\u00a0: summ']);
    expect(faults({ section: 's', figures: [{ id: 'a', label: 'A', unit: 'u', measure: { kind: 'count', where: { q: 'x', is: 'y', has: 'z' } } }] })[0]).toContain('un seul de is, in, has');
    expect(faults({ section: 's', figures: [{ id: 'a', label: 'A', unit: 'u', measure: { kind: 'sum', of: 'x' }, sensitivity: { level: 'public' } }] })[0]).toContain('raison');
    expect(faults({ section: 's', lists: [{ id: 'l', title: 'L', kind: 'ranked', optionsOf: 'q', rowsOf: 't.c', figureId: '{code}' }] })[0]).toContain('un seul de figures');
    expect(faults({ campaignYear: 2017, figures: [] })[0]).toContain('vont ensemble');
  });
});
