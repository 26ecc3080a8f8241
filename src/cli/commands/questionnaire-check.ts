/** `senacs questionnaire check [DOSSIER]`: reads every version of a folder and names each fault by file, place and character. */
import path from 'node:path';
import { checkFolder, contentFolder, formatFault } from '../../domains/questionnaire/index.server.ts';
import type { Command } from '../command.ts';

export const questionnaireCheck: Command = {
  name: 'questionnaire check',
  summary: 'Vérifie les questionnaires d’un dossier : questions, contrôles, expressions.',
  words: [{ name: 'DOSSIER', help: 'Dossier des années (par défaut, celui du programme)', optional: true }],
  run: async (call) => {
    const folder = call.words[0] ? path.resolve(call.words[0]) : contentFolder();
    const { versions, faults } = await checkFolder(folder);
    if (call.json) call.print(JSON.stringify({ folder, versions, faults }));
    else {
      for (const v of versions) call.print(`${v.year} : ${v.questions} questions, ${v.rules} contrôles, aucune faute.`);
      for (const fault of faults) call.print(formatFault(fault));
      if (faults.length > 0) call.print(`${faults.length} faute${faults.length > 1 ? 's' : ''}.`);
    }
    return faults.length > 0 ? 1 : 0;
  },
};
