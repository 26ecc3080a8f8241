/** Correspondents of every département, and those in whose name the loading signs and validates. */
import type { Actor } from '../../domains/access/index.ts';
import { territoriesByLevel } from '../../domains/registry/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import { actorOf, type FictionalAccount, openAccounts } from './accounts.server.ts';

export interface Loaders {
  readonly caf: Actor;
  readonly federation: Actor;
  /** Someone who answers for one structure. */
  readonly director: (structureId: string) => Actor;
}

const CAF = 'chargement-caf';
const FEDERATION = 'chargement-federation';
const DIRECTOR = 'chargement-direction';

/** Opens the accounts. The loaders have no lasting mandate: they act for the nation while the demonstration is being filled, and nobody can take them. */
export async function openNationalPeople(db: Db): Promise<Loaders> {
  const departments = (await territoriesByLevel(db, 'department')).filter((d) => d.code !== '62');
  const correspondents = departments.flatMap((d): FictionalAccount[] => [
    { key: `caf-${d.code}`, displayName: `Correspondance Caf, ${d.name}`, mandates: [{ role: 'caf_correspondent', territoryCode: d.code }] },
    { key: `federation-${d.code}`, displayName: `Correspondance fédérale, ${d.name}`, mandates: [{ role: 'federation_correspondent', territoryCode: d.code }] },
  ]);
  const loaders: FictionalAccount[] = [
    { key: CAF, displayName: 'Correspondance Caf', mandates: [] },
    { key: FEDERATION, displayName: 'Correspondance fédérale', mandates: [] },
    { key: DIRECTOR, displayName: 'Direction de la structure', mandates: [] },
  ];
  await openAccounts(db, [...correspondents, ...loaders]);
  const over = (key: string, role: 'caf_correspondent' | 'federation_correspondent', side: 'caf' | 'federation'): Actor =>
    actorOf({ ...loaders.find((l) => l.key === key)!, mandates: [{ role, territoryCode: 'FR' }] }, side);
  return {
    caf: over(CAF, 'caf_correspondent', 'caf'),
    federation: over(FEDERATION, 'federation_correspondent', 'federation'),
    director: (structureId) => actorOf({ ...loaders[2]!, mandates: [{ role: 'director', structureId }] }),
  };
}
