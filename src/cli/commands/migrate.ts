import { openHouse } from '../../compose.server.ts';
import { readMigrations } from '../../platform/migrate.server.ts';
import { projectPath } from '../../platform/project-root.server.ts';
import type { Command } from '../command.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Met la base à jour ; peut être relancée sans risque.',
  run: async (call) => {
    const house = await openHouse(call.configuration, false);
    const engine = house.services.engine;
    const last = (await readMigrations(projectPath('database', 'migrations'))).at(-1)?.name ?? null;
    call.say(`La base est à jour (${engine === 'pglite' ? 'base embarquée' : 'serveur PostgreSQL'}).`);
    if (call.json) call.print(JSON.stringify({ engine, upToDate: true, applied: house.migrated, last }));
    await house.close();
    return 0;
  },
};
