/** `senacs registry area CODE --name NOM --communes 62510,62498`: an area that a committee draws over communes. */
import { openHouse } from '../../compose.server.ts';
import { defineArea } from '../../domains/registry/index.server.ts';
import { counted } from '../../kernel/french-words.ts';
import { communeCode } from '../../kernel/territory-code.ts';
import { type Command, CommandRefused } from '../command.ts';

export const registryArea: Command = {
  name: 'registry area',
  summary: 'Dessine un secteur d’étude (Z-…) sur des communes ; le redire remplace ses communes.',
  words: [{ name: 'CODE', help: 'Code du secteur, par exemple Z-62-LITTORAL' }],
  options: [
    { name: 'name', value: 'NOM', help: 'Nom du secteur', required: true },
    { name: 'communes', value: 'CODES', help: 'Codes Insee de ses communes, séparés par des virgules', required: true },
  ],
  run: async (call) => {
    const code = call.words[0]!.toUpperCase();
    const communes = String(call.options['communes']).split(',').map((c) => c.trim()).filter(Boolean).map((c) => communeCode(c.replace(/^C(?=\d)/i, '')));
    const house = await openHouse(call.configuration, false);
    try {
      const done = await defineArea(house.services.db, { code, name: String(call.options['name']), communes });
      if (!done.ok) throw new CommandRefused(done.error.message);
      call.print(call.json ? JSON.stringify({ code, communes }) : `Secteur ${code} : ${counted(communes.length, 'commune')}.`);
      return 0;
    } finally {
      await house.close();
    }
  },
};
