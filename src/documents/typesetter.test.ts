/** What people write, set by the real typesetter: no sign stops a document, and a fault quotes no one. */
import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewOf } from '../domains/entry/workbook/fixtures/filling.ts';
import { compileVersion } from '../domains/questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../domains/questionnaire/index.server.ts';
import { unprintableIn } from '../kernel/printable-text.ts';
import { describeFailure } from '../platform/log.server.ts';
import { pdfText } from '../../tests/support/pdf-text.ts';
import { typesetAnswers } from './answers-copy.server.ts';
import { typesetBlank } from './blank-questionnaire.server.ts';
import { typeset } from './typesetter.server.ts';

const read = await readVersionFolder(contentFolder(), 2026);
if (!read.ok) throw new Error(read.error[0]!.message);
const compiled = compileVersion(read.value);
const year = compiled.mainDataYear;
const words = compiled.version.questions.find((q) => q.kind === 'text' && !q.relevance && q.appliesTo.includes('CS') && q.module === undefined && !q.pattern)!;
const counters = { required: 1, answered: 1, openHard: 0, openSoft: 0, openInfo: 0 };
const SIGNS = ['😀', '☎', '★', '①', '中', '𝐁', 'مرحبا', '\ufeff', '👨‍👩‍👧', '🇫🇷', 'e\u0301', '\ufffd', '\ud83d'];

/** A copy of answers where `said` stands in a name, an answer and an explanation. */
const copy = (said: string): Promise<Uint8Array> => {
  const answers = { [words.key]: { state: 'value', value: said } as const };
  const view = viewOf(compiled, { [year]: answers }, {
    structureName: said, state: 'in_progress', counters, submittedAt: null, previous: { [year]: answers },
    findings: [{ dataYear: year, ruleId: compiled.rules[0]!.rule.id, subject: words.key, severity: 'soft', state: 'justified', fingerprint: 'f', justification: said }],
  });
  return typesetAnswers(view, compiled, { today: '2026-05-04', demonstration: false });
};

describe('a copy of one’s answers', () => {
  it.each(SIGNS)('is set with %j in it', async (sign) => {
    const text = pdfText(await copy(`Voici ${sign} fin`)).join(' ');
    expect(text.split('fin').length).toBeGreaterThan(4);
  });
  it('shows a square for a sign that no face holds, and the letters of one that is a letter', async () => {
    expect(pdfText(await copy('Merci 😀 à 中 et 𝐁éa')).join(' ')).toContain('Merci □ à □ et Béa');
  });
});

it('sets a blank questionnaire for a territory of any name', async () => {
  const set = await typesetBlank(compiled, { kind: { code: 'CS', label: `Centre ${SIGNS.join(' ')}` }, territory: '62', territoryName: SIGNS.join(' '), demonstration: false });
  expect(pdfText(set).length).toBeGreaterThan(2);
});

it('sets any text whatsoever, in a title, a cell and a paragraph', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 30 })), { minLength: 1, maxLength: 40 }), async (texts) => {
      const questions = texts.map((said) => ({ code: 'A01', label: said, answer: said, table: { columns: [said], rows: [[said, said]], total: [said, said] }, previous: said, source: said, explanations: [said] }));
      const set = await typeset({
        template: 'answers-copy.typ', files: new Map(),
        data: { title: `T${texts[0]}`, structureName: `N${texts[0]}`, subtitle: texts[0], state: texts[0], date: [2026, 5, 4], printed: texts[0], demonstration: false, notes: texts, years: [{ rubrics: [{ label: `A. ${texts[0]}`, questions }] }] },
      });
      expect(set.pages).toBeGreaterThan(0);
    }),
    { numRuns: 40 },
  );
});

it('says of a fault which document and what kind, never which words', async () => {
  const failed = typeset({ template: 'answers-copy.typ', data: { title: 'Secret 😀 bien gardé', structureName: 7 }, files: new Map() });
  const error = await failed.then(() => undefined, (caught: unknown) => caught);
  expect(describeFailure(error)).toMatchObject({ failure: 'TypesettingError', code: 'template_failed', message: 'typesetting of answers-copy.typ: template_failed' });
  expect(JSON.stringify(describeFailure(error))).not.toContain('Secret');
});

it('prints every sign of what the observatory itself writes', () => {
  const files = globSync('content/**/*.{json,md}');
  expect(files.length).toBeGreaterThan(5);
  expect(files.map((file) => [file, ...unprintableIn(readFileSync(file, 'utf8'))]).filter((line) => line.length > 1)).toEqual([]);
});
