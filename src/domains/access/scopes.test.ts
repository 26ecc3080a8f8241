import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountId, newId } from '../../kernel/identifier.ts';
import { type Database, refusedBy } from '../../platform/database.server.ts';
import { smallWorld, type SmallWorld } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { managingBody } from '../registry/index.server.ts';
import { ROLE_LABELS } from './labels.ts';
import type { Role } from './model.ts';
import { ROLE_SCOPES, scopeFault } from './scopes.ts';

const ROLES = Object.keys(ROLE_LABELS) as Role[];

describe('a role is held over its own scope', () => {
  it('a national role over the nation only, a correspondent never over it', () => {
    expect(ROLES.filter((role) => !scopeFault(role, { territoryCode: 'FR' })).toSorted()).toEqual(['committee_member', 'data_steward', 'guest', 'project_office', 'statistician', 'technical_committee']);
    expect(scopeFault('project_office', { territoryCode: '62' })?.message).toContain('FR');
    expect(scopeFault('director', { territoryCode: '62' })?.message).toContain('structure');
    expect(scopeFault('director', { structureId: 's', territoryCode: '62' })).toBeDefined();
    expect(ROLES.filter((role) => !scopeFault(role, {}))).toEqual([]);
  });

  describe('in the database too', () => {
    let database: Database;
    let world: SmallWorld;
    beforeAll(async () => {
      database = await testDatabase();
      world = await smallWorld(database.db, { year: 2026 });
    });
    afterAll(() => database.close());

    it('which says exactly what the rule says, of every role and scope', async () => {
      const accountId = newId<AccountId>();
      await sql`insert into access.account (id, email, display_name) values (${accountId}, 'x@exemple.fr', 'X')`.execute(database.db);
      const body = await managingBody(database.db, { name: 'Ville', siren: null, communeCode: null });
      const scopes = [{ structureId: world.centres[0]! }, { territoryCode: 'FR' }, { territoryCode: 'R32' }, { territoryCode: '62' }, { managingBodyId: body }] as { structureId?: string; territoryCode?: string; managingBodyId?: string }[];
      for (const role of ROLES)
        for (const scope of scopes) {
          const written = await sql`insert into access.mandate (id, account_id, role, structure_id, territory_code, managing_body_id, valid_from, state)
            values (${newId()}, ${accountId}, ${role}, ${scope.structureId ?? null}, ${scope.territoryCode ?? null}, ${scope.managingBodyId ?? null}, current_date, 'proposed')`.execute(database.db).then(() => undefined, (error: unknown) => refusedBy(error));
          expect([role, scope, written]).toEqual([role, scope, scopeFault(role, scope) ? 'role_has_its_scope' : undefined]);
        }
      expect(Object.keys(ROLE_SCOPES)).toEqual(ROLES);
    });
  });
});
