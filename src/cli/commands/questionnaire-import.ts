/** `senacs questionnaire import --year ANNÉE`: reads a version of the folder into the house, as a draft. Importing twice changes nothing. */
import path from 'node:path';
import { openHouse } from '../../compose.server.ts';
import { contentFolder, importVersion } from '../../domains/questionnaire/index.server.ts';
import { type Command, CommandRefused, yearOption } from '../command.ts';

export const questionnaireImport: Command = {
  name: 'questionnaire import',
  summary: 'Charge un questionnaire du dossier dans l’atelier, en préparation.',
  words: [{ name: 'DOSSIER', help: 'Dossier des années (par défaut, celui du programme)', optional: true }],
  options: [
    { name: 'year', value: 'ANNÉE', help: 'Année du questionnaire', required: true },
    { name: 'replace', help: 'Remplace un questionnaire que l’atelier a changé depuis' },
  ],
  run: async (call) => {
    const year = yearOption(call, 'year');
    const folder = call.words[0] ? path.resolve(call.words[0]) : contentFolder();
    const house = await openHouse(call.configuration, false);
    try {
      const done = await importVersion(house.services.db, folder, year, { replace: call.options['replace'] === true });
      if (!done.ok) throw new CommandRefused(done.error.message);
      call.print(call.json ? JSON.stringify(done.value) : `Questionnaire ${year} : ${done.value.changed ? 'chargé, en préparation' : 'déjà le même'}, empreinte ${done.value.contentHash.slice(0, 12)}.`);
      return 0;
    } finally {
      await house.close();
    }
  },
};
