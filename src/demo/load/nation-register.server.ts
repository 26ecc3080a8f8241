/** The national register: drawn from the territories of the database, entered by the register import, département after département. */
import { applyRegisterImport, territoriesByLevel } from '../../domains/registry/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import type { RegisterFacts } from '../answers/profile.ts';
import { chance } from '../random.ts';
import { approvalFrom, nationalStructures } from '../nation/structures.ts';
import { approvalsBetween } from '../pas-de-calais/approvals-between.ts';
import { PAS_DE_CALAIS_SEED, referenceRegister } from '../pas-de-calais/responses.ts';
import { registerFile } from '../register-file.ts';
import { must } from './must.ts';
import { breathe } from '../../platform/breathe.server.ts';
import type { OnProgress } from './progress.ts';
import { readCentres } from './source.server.ts';
import { structureIds } from './structure-ids.server.ts';

const EFFECTIVE_ON = '2023-01-01';
/** Rows in one file: a small enough piece of work that requests are served in between. */
const ROWS = 500;

/** Every structure of the national campaigns: those of the reference, approved anew, and all the others. */
export async function nationalRegister(db: Db): Promise<RegisterFacts[]> {
  const [departments, communes, centres] = [await territoriesByLevel(db, 'department'), await territoriesByLevel(db, 'commune'), await readCentres()];
  const random = chance(`${PAS_DE_CALAIS_SEED}/renewal`);
  const renewed = referenceRegister(centres).map((register): RegisterFacts => {
    const period = approvalFrom(2023, random.integer(0, 1) === 1);
    return { ...register, approvals: register.approvals.map((a) => ({ ...a, ...period })) };
  });
  const others = nationalStructures(
    departments.map((d) => ({ code: d.code, name: d.name, population: d.population ?? 0 })).toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    communes
      .map((c) => ({ insee: c.code.slice(1), name: c.name, department: departmentOf(c.ancestors), population: c.population ?? 0, latitude: c.latitude, longitude: c.longitude }))
      .toSorted((a, b) => (a.insee < b.insee ? -1 : 1)),
    new Map([['62', { CS: renewed.length, EVS: 0 }]]),
  );
  // The département that people look at first comes first.
  return [...renewed, ...others.filter((s) => s.department === '62'), ...others.filter((s) => s.department !== '62')];
}

/** Ancestors run nation, région, département, EPCI, commune. */
const departmentOf = (ancestors: readonly string[]): string => ancestors.find((code) => /^(\d{2,3}|2[AB])$/.test(code)) ?? '';

/** Enters what is not in the register yet. */
export async function importNationalRegister(db: Db, structures: readonly RegisterFacts[], onProgress: OnProgress, signal?: AbortSignal): Promise<void> {
  const known = await structureIds(db);
  const last = structures.at(-1)!.identifier;
  if (known.has(last) && structures.every((s) => known.has(s.identifier))) return;
  await importApprovalsBetween(db, structures);
  for (let i = 0; i < structures.length; i += ROWS) {
    signal?.throwIfAborted();
    const slice = structures.slice(i, i + ROWS);
    if (i > 0 && slice.every((s) => known.has(s.identifier))) continue;
    // oxlint-disable-next-line no-await-in-loop -- in slices, so that requests are served in between
    must('national register', await applyRegisterImport(db, { fileName: `repertoire-national-${i / ROWS + 1}.csv`, bytes: registerFile(slice), effectiveOn: EFFECTIVE_ON }, { mode: 'whole', actorId: null }));
    onProgress({ step: 'Répertoire national', done: i + slice.length, of: structures.length });
    // oxlint-disable-next-line no-await-in-loop
    await breathe();
  }
}

/** The centres of the reference were approved all along from that campaign to the national ones: one file per approval in between. */
async function importApprovalsBetween(db: Db, structures: readonly RegisterFacts[]): Promise<void> {
  const now = new Map(structures.map((s) => [s.identifier, s]));
  const chains = referenceRegister(await readCentres()).flatMap((then) => {
    const renewed = now.get(then.identifier);
    return renewed ? [{ renewed, periods: approvalsBetween(then.approvals[0]!.end, renewed.approvals[0]!.start) }] : [];
  });
  for (let i = 0; i < Math.max(0, ...chains.map((c) => c.periods.length)); i++) {
    const rows = chains.flatMap(({ renewed, periods }) => (periods[i] ? [{ ...renewed, approvals: renewed.approvals.map((a) => ({ ...a, ...periods[i]! })) }] : []));
    // oxlint-disable-next-line no-await-in-loop -- two or three small files, in order
    must('approvals in between', await applyRegisterImport(db, { fileName: `agrements-anterieurs-${i + 1}.csv`, bytes: registerFile(rows), effectiveOn: EFFECTIVE_ON }, { mode: 'whole', actorId: null }));
  }
}
