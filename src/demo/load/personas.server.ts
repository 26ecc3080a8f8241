/** The people whom a demonstration offers at sign-in, and the directors who answered for the centres of Pas-de-Calais. */
import type { Actor, Role } from '../../domains/access/index.ts';
import { stableId, upsertInstitution } from '../../domains/registry/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import { actorOf, type FictionalAccount, openAccounts } from './accounts.server.ts';
import { readPersonas } from './source.server.ts';
import { managingBodies, structureIds } from './structure-ids.server.ts';

/** Institutions of the reference data, and the local federation of the demonstration. */
const institutionId = (key: string): string => stableId(`institution:${key}`);

/** Numbers of the centres of the campaign of 2017; those of the nation end in N. */
const REFERENCE = /^DEMO-62-CS-\d+$/;

export interface Cast {
  readonly projectOffice: Actor;
  readonly caf: Actor;
  readonly federation: Actor;
  readonly technicalCommittee: Actor;
  readonly director: (identifier: string) => Actor;
}

const actorNamed = (accounts: readonly FictionalAccount[], key: string, side: 'caf' | 'federation' | null): Actor => actorOf(accounts.find((a) => a.key === key)!, side);

/** Opens every account of the demonstration's foreground; the reference structures must be in the register. Run again, it gives the mandates over structures that have come since. */
export async function loadPersonas(db: Db): Promise<Cast> {
  await upsertInstitution(db, {
    id: institutionId('federation-62'),
    kind: 'federation',
    side: 'federation',
    name: 'Fédération des centres sociaux du Pas-de-Calais (fictive)',
    legalForm: 'Association',
    territories: [{ code: '62', from: '2009-01-01' }],
  });
  const [personas, ids] = await Promise.all([readPersonas(), structureIds(db)]);
  const bodies = await managingBodies(db);
  const accounts: FictionalAccount[] = personas.map((p, i) => ({
    key: p.persona,
    displayName: p.name,
    persona: { rank: i + 1, line: p.line },
    mandates: p.mandates.filter((m) => (!m.structure || ids.has(m.structure)) && (!m.bodyOf || bodies.has(ids.get(m.bodyOf)!))).map((m) => ({
      role: m.role as Role,
      structureId: m.structure ? ids.get(m.structure) : null,
      territoryCode: m.territory ?? null,
      managingBodyId: m.bodyOf ? bodies.get(ids.get(m.bodyOf)!) : null,
      institutionId: m.institution ? institutionId(m.institution) : null,
    })),
  }));
  // Every other reference centre has its director, whom nobody can take.
  const led = new Set(personas.flatMap((p) => p.mandates.map((m) => m.structure)));
  const directors = [...ids].filter(([identifier]) => !led.has(identifier) && REFERENCE.test(identifier)).map(([identifier, structureId]): FictionalAccount => ({
    key: identifier,
    displayName: 'Direction du centre',
    mandates: [{ role: 'director', structureId }],
  }));
  await openAccounts(db, [...accounts, ...directors]);
  const direction = accounts.find((a) => a.key === 'direction')!;
  return {
    projectOffice: actorNamed(accounts, 'mission', 'caf'),
    caf: actorNamed(accounts, 'correspondant-caf', 'caf'),
    federation: actorNamed(accounts, 'correspondant-federation', 'federation'),
    technicalCommittee: actorNamed(accounts, 'comite-technique', null),
    director: (identifier) => actorOf(directors.find((d) => d.key === identifier) ?? direction),
  };
}
