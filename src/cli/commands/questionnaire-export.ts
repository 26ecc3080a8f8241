/** `senacs questionnaire export --year ANNÉE`: writes a version of the house into the folder of questionnaires; importing it gives the same content hash. */
import path from 'node:path';
import { openHouse } from '../../compose.server.ts';
import { contentFolder, storedContent, writeVersionFolder } from '../../domains/questionnaire/index.server.ts';
import { type Command, CommandRefused, yearOption } from '../command.ts';

export const questionnaireExport: Command = {
  name: 'questionnaire export',
  summary: 'Écrit un questionnaire de l’atelier dans le dossier des questionnaires.',
  words: [{ name: 'DOSSIER', help: 'Dossier des années (par défaut, celui du programme)', optional: true }],
  options: [{ name: 'year', value: 'ANNÉE', help: 'Année du questionnaire', required: true }],
  run: async (call) => {
    const year = yearOption(call, 'year');
    const folder = call.words[0] ? path.resolve(call.words[0]) : contentFolder();
    const house = await openHouse(call.configuration, false);
    try {
      const version = await storedContent(house.services.db, year);
      if (!version) throw new CommandRefused(`Aucun questionnaire ${year} dans cette installation.`);
      const files = await writeVersionFolder(folder, version);
      if (call.json) call.print(JSON.stringify({ year, contentHash: version.contentHash, files }));
      else {
        for (const file of files) call.print(file);
        call.print(`Questionnaire ${year} : ${version.questions.length} questions, ${version.rules.length} contrôles, empreinte ${version.contentHash.slice(0, 12)}.`);
      }
      return 0;
    } finally {
      await house.close();
    }
  },
};
