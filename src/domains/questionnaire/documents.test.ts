import { beforeAll, describe, expect, it } from 'vitest';
import { compileVersion, type CompiledVersion } from './compiled-version.ts';
import { sourceDocuments } from './documents.server.ts';
import { documentsToGather, parseDocuments } from './documents.ts';
import { contentFolder, readVersionFolder, yearsOf } from './index.server.ts';

let compiled: CompiledVersion;
beforeAll(async () => {
  const read = await readVersionFolder(contentFolder(), (await yearsOf(contentFolder())).at(-1)!);
  if (!read.ok) throw new Error(read.error[0]!.message);
  compiled = compileVersion(read.value);
});

describe('documents to gather', () => {
  it('name questions that the latest questionnaire asks, each question once at most', async () => {
    const keys = (await sourceDocuments()).flatMap((d) => d.keys);
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => !compiled.questions.has(key))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('serve every rubric but the closing one', async () => {
    const served = new Set(documentsToGather(await sourceDocuments(), compiled, { structureKind: 'CS', territory: '62' }).flatMap((d) => d.rubrics));
    expect([...served].toSorted().join('')).toBe('ABCDEFGH');
  });

  it('leave out what is not asked of the structure', () => {
    const documents = [{ label: 'Bilans', keys: ['laep_attendance'] }, { label: 'Salariés', note: 'Deux nombres.', keys: ['staff_fte', 'volunteers_total', 'opening_weeks'] }];
    expect(documentsToGather(documents, compiled, { structureKind: 'EVS', territory: '62' })).toEqual([{ label: 'Salariés', note: 'Deux nombres.', rubrics: ['C', 'E'] }]);
    expect(documentsToGather(documents, compiled, { structureKind: 'CS', territory: '62' })[0]).toEqual({ label: 'Bilans', note: null, rubrics: ['F'] });
  });

  it('are refused when the file is not what it should be', () => {
    expect(() => parseDocuments({})).toThrow('not a list');
    expect(() => parseDocuments({ documents: [{ label: 'Sans question', keys: [] }] })).toThrow('document 1');
  });
});
