import { describe, expect, it } from 'vitest';
import { compileVersion, type Question } from '../domains/questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../domains/questionnaire/index.server.ts';
import { pdfText } from '../../tests/support/pdf-text.ts';
import { typesetBlank } from './blank-questionnaire.server.ts';

const read = await readVersionFolder(contentFolder(), 2026);
if (!read.ok) throw new Error(read.error[0]!.message);
const compiled = compileVersion(read.value);
const LABELS: { readonly [kind: string]: string } = { CS: 'Centre social', EVS: 'Espace de vie sociale' };
const set = (kind: string, territory: string): Promise<Uint8Array> => typesetBlank(compiled, { kind: { code: kind, label: LABELS[kind]! }, territory, territoryName: '', demonstration: false });
/** Letters and digits alone: lines break and hyphenate as they must. */
const plain = (text: string): string => text.normalize('NFKD').replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
const wordsOf = (pdf: Uint8Array): string => plain(pdfText(pdf).join(' '));

describe.each(['CS', 'EVS'])('the questionnaire to fill by hand, %s', (kind) => {
  it('holds every question asked of it, with its choices and rows, and none of the others', async () => {
    const words = wordsOf(await set(kind, '62'));
    const asked = (q: Question): boolean => q.appliesTo.includes(kind) && (q.module === undefined || [undefined, '62'].includes(compiled.localTerritory.get(q.module)));
    const missing = compiled.version.questions.filter(asked).flatMap((q) => [q.label, ...(q.options?.map((o) => o.label) ?? []), ...(q.table?.rows.map((r) => r.label) ?? [])].filter((part) => !words.includes(plain(part))));
    expect(missing).toEqual([]);
    const others = compiled.version.questions.filter((q) => !asked(q)).map((q) => `${q.code} ${q.label}`);
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter((name) => words.includes(plain(name)))).toEqual([]);
    expect(words).toContain(plain('Vous pouvez ne pas répondre'));
  });
  it('leaves the local questions of a territory to it', async () => {
    const local = compiled.version.questions.filter((q) => q.module !== undefined && compiled.localTerritory.get(q.module) === '62' && q.appliesTo.includes(kind));
    const words = wordsOf(await set(kind, ''));
    expect(local.filter((q) => words.includes(plain(`${q.code} ${q.label}`))).map((q) => q.code)).toEqual([]);
  });
});

it('is the same, byte for byte, each time', async () => {
  expect(Buffer.from(await set('EVS', '')).equals(Buffer.from(await set('EVS', '')))).toBe(true);
});
