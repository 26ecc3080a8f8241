/** Accounts of fictional people, without password: they can only be taken with one click, in a demonstration. Run again, it adds what is missing. */
import { sql } from 'kysely';
import { CHARTER_VERSION, type Actor, type Role, type Side } from '../../domains/access/index.ts';
import { stableId } from '../../domains/registry/index.server.ts';
import type { AccountId, InstitutionId, StructureId } from '../../kernel/identifier.ts';
import type { TerritoryCode } from '../../kernel/territory-code.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';

export interface FictionalAccount {
  /** Lasting name: `direction`, `DEMO-62-CS-012`. */
  readonly key: string;
  readonly displayName: string;
  /** Set for those offered at sign-in. */
  readonly persona?: { readonly rank: number; readonly line: string };
  readonly mandates: readonly FictionalMandate[];
}
export interface FictionalMandate {
  readonly role: Role;
  readonly structureId?: string | null;
  readonly territoryCode?: string | null;
  readonly managingBodyId?: string | null;
  readonly institutionId?: string | null;
}

/** Since the first fictional campaign. */
const SINCE = '2016-01-01';

export const accountId = (key: string): AccountId => stableId(`demonstration:account:${key}`) as AccountId;
const emailOf = (key: string): string => `${key.toLowerCase()}@demonstration.invalid`;

export async function openAccounts(db: Db, accounts: readonly FictionalAccount[]): Promise<void> {
  const people = accounts.map((a) => ({ id: accountId(a.key), email: emailOf(a.key), name: a.displayName, persona: a.persona ? a.key : null, rank: a.persona?.rank ?? null, line: a.persona?.line ?? null }));
  const mandates = accounts.flatMap((a) =>
    a.mandates.map((m) => ({ id: stableId(`demonstration:mandate:${a.key}:${m.role}:${m.structureId ?? m.territoryCode ?? m.managingBodyId}`), account: accountId(a.key), role: m.role, structure: m.structureId ?? null, territory: m.territoryCode ?? null, body: m.managingBodyId ?? null, institution: m.institutionId ?? null })),
  );
  await inTransaction(db, async (tx) => {
    await sql`insert into access.account (id, email, display_name, persona, persona_rank, persona_line)
      select id, email, name, persona, rank, line from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as p (id uuid, email text, name text, persona text, rank int, line text)
      on conflict do nothing`.execute(tx);
    await sql`insert into access.mandate (id, account_id, role, structure_id, territory_code, managing_body_id, institution_id, valid_from)
      select id, account, role, structure, territory, body, institution, ${SINCE}::date
      from jsonb_to_recordset(${JSON.stringify(mandates)}::jsonb) as m (id uuid, account uuid, role text, structure uuid, territory text, body uuid, institution uuid)
      on conflict do nothing`.execute(tx);
    await sql`insert into access.charter_acceptance (account_id, charter_version)
      select id, ${CHARTER_VERSION} from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as p (id uuid) on conflict do nothing`.execute(tx);
  });
}

/** The person as the commands of the domains want it. `side`: of the mandating institution. */
export function actorOf(account: FictionalAccount, side: Side | null = null): Actor {
  return {
    accountId: accountId(account.key),
    displayName: account.displayName,
    email: emailOf(account.key),
    persona: account.persona ? account.key : null,
    charterAccepted: true,
    mandates: account.mandates.map((m) => ({
      role: m.role,
      structureId: (m.structureId ?? null) as StructureId | null,
      territoryCode: (m.territoryCode ?? null) as TerritoryCode | null,
      managingBodyId: m.managingBodyId ?? null,
      institutionId: (m.institutionId ?? null) as InstitutionId | null,
      side,
    })),
  };
}
