import { openHouse } from '../../compose.server.ts';
import type { Command } from '../command.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Met la base à jour ; peut être relancée sans risque.',
  run: async (call) => {
    const house = await openHouse(call.configuration, false);
    const engine = house.services.engine;
    call.say(`La base est à jour (${engine === 'pglite' ? 'base embarquée' : 'serveur PostgreSQL'}).`);
    if (call.json) call.print(JSON.stringify({ engine, upToDate: true }));
    await house.close();
    return 0;
  },
};
