/** Zones of a zoning in force from a year, from a file. */
import { sql } from 'kysely';
import { counted } from '../../../kernel/french-words.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { type Db, inTransaction } from '../../../platform/database.server.ts';
import { writeZones } from '../reference.server.ts';
import { loadGazetteer } from './gazetteer.server.ts';
import type { FaultyFile } from './preview.ts';
import { readTable } from './table-reading.server.ts';
import { readZones } from './zone-file.ts';

export interface Zoning {
  /** `QPV`, `FRR`… */
  readonly code: string;
  /** From which the list is in force, until the year of the next list. */
  readonly year: number;
  readonly label: string;
  readonly source: string;
}

/** Replaces the zones of a zoning by those of a file (CSV, XLSX or ODS), all or none; returns how many they are. Importing twice changes nothing. */
export async function importZoneFile(db: Db, zoning: Zoning, file: { readonly fileName: string; readonly bytes: Uint8Array }): Promise<Result<number, FaultyFile>> {
  const none = (code: string, message: string): Result<never, FaultyFile> => refuse({ code, message, faults: [] });
  // The geographic code brings these two itself: former communes are found by them.
  if (!/^[A-Z][A-Z0-9-]{1,19}$/.test(zoning.code) || ['COG', 'COM'].includes(zoning.code)) return none('zoning_code_invalid', 'Le code d’un zonage s’écrit en majuscules, par exemple QPV ou FRR ; COG et COM viennent avec le code géographique.');
  const table = readTable(file.fileName, file.bytes);
  if (!table.ok) return none(table.error.code, table.error.message);
  const { gazetteer } = await loadGazetteer(db);
  const { zones, faults } = readZones(table.value.rows, (insee) => gazetteer.commune(insee)?.code);
  if (faults.length > 0) return refuse({ code: 'faulty_file', message: `Rien n’est écrit : ${counted(faults.length, 'ligne est à corriger', 'lignes sont à corriger')} dans « ${file.fileName} ».`, faults });
  if (zones.length === 0) return none('no_zone', `« ${file.fileName} » ne contient aucune zone : une ligne par zone, avec son code, son nom et le code Insee de sa commune.`);
  await inTransaction(db, async (tx) => {
    await sql`insert into registry.zoning (code, year, label, source) values (${zoning.code}, ${zoning.year}, ${zoning.label}, ${zoning.source})
      on conflict (code, year) do update set label = excluded.label, source = excluded.source`.execute(tx);
    await writeZones(tx, zoning.code, zoning.year, zones);
  });
  return ok(zones.length);
}
