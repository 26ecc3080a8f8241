/** Reading of the files that a centre has, from bytes to proposed values: accounting export of 50,000 lines, twelve payroll declarations, a list of members. */
import { centreFiles } from '../src/demo/files/centre-files.ts';
import { contentFolder, readVersionFolder } from '../src/domains/questionnaire/index.server.ts';
import { askedKeys, compileVersion } from '../src/domains/questionnaire/index.ts';
import { type FileKind, readFiles } from '../src/domains/proposal/index.ts';
import { readFileGuides } from '../src/domains/proposal/index.server.ts';
import { median, round, table } from './measure.ts';

const LINES = 50_000;
const YEAR = 2025;

export async function measureFiles(repetitions: number): Promise<{ readonly text: string; readonly seconds: number }> {
  const read = await readVersionFolder(contentFolder(), YEAR + 1);
  if (!read.ok) throw new Error(read.error[0]!.message);
  const compiled = compileVersion(read.value);
  const asked = new Set(askedKeys(compiled, { structureKind: 'CS', territory: '62', dataYear: YEAR }));
  const scope = { dataYear: YEAR, questions: compiled.version.questions.filter((q) => asked.has(q.key)) };
  const guides = await readFileGuides();
  // Asked a little more, so that at least 50,000 lines are written whatever the draw.
  const { files } = centreFiles('bench', { year: YEAR, lines: LINES * 1.2, employees: 60, people: 3000 });
  const rows: string[][] = [];
  let seconds = Number.NaN;
  for (const [kind, label] of [['accounts', 'accounting export'], ['payroll', 'payroll declarations'], ['members', 'list of members (XLSX)']] as const satisfies readonly (readonly [FileKind, string])[]) {
    const own = files.filter((f) => f.kind === kind);
    const times: number[] = [];
    let values = 0;
    let summary = '';
    for (let i = 0; i < repetitions; i++) {
      const begin = performance.now();
      // oxlint-disable-next-line no-await-in-loop -- one after the other, to be timed
      const derivation = await readFiles(kind, own, guides, scope);
      if (!derivation.ok) throw new Error(derivation.error.message);
      const derived = derivation.value({});
      times.push((performance.now() - begin) / 1000);
      values = derived.proposals.length;
      summary = derived.summary[0]!;
    }
    const lines = kind === 'accounts' ? Number(/^[\d\u202f]+/.exec(summary)![0].replaceAll('\u202f', '')) : 0;
    if (kind === 'accounts' && lines < LINES) throw new Error(`only ${lines} lines were generated`);
    if (kind === 'accounts') seconds = Math.max(...times);
    rows.push([label, summary.replaceAll(/[\u202f\u00a0]/g, ' '), round(own.reduce((a, f) => a + f.bytes.length, 0) / 1e6, 1), round(median(times), 3), round(Math.max(...times), 3), String(values)]);
  }
  return { seconds, text: table(['file', 'what it holds', 'MB', 'median, s', 'longest, s', 'values proposed'], rows) };
}
