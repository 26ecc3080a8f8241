import { openHouse } from '../../compose.server.ts';
import type { Command } from '../command.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Met la base à jour ; peut être relancée sans risque.',
  run: async (call) => {
    const house = await openHouse(call.configuration, false);
    call.say(`La base est à jour (${house.services.engine === 'pglite' ? 'base embarquée' : 'serveur PostgreSQL'}).`);
    await house.close();
    return 0;
  },
};
