import { describe, expect, it } from 'vitest';
import { contentFolder, readVersionFolder } from '../questionnaire/index.server.ts';
import { compileVersion } from '../questionnaire/index.ts';
import { figureFiles } from './content.server.ts';
import { lostFigures } from './lost-figures.ts';

const read = await readVersionFolder(contentFolder(), 2026);
if (!read.ok) throw new Error('unreadable');
const compiled = compileVersion(read.value);

describe('figures lost by a questionnaire', () => {
  it('are those that read a question no longer asked under that name', async () => {
    const files = await figureFiles();
    expect(lostFigures(files, compiled, compiled)).toEqual([]);
    // compiled anew without what reads it, as a draft would be
    const without = compileVersion({ ...read.value, rules: [], questions: read.value.questions.filter((q) => q.key !== 'trainings_in_plan') });
    const lost = lostFigures(files, compiled, without);
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.every((f) => f.label !== '')).toBe(true);
  });
});
