/** `senacs questionnaire export --year ANNÉE`: writes a version of the house into the folder of questionnaires, as an XLSForm, or as a DDI codebook; importing one of the first two gives the same content hash. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openExistingHouse } from '../../compose.server.ts';
import { ddiCodebook } from '../../domains/questionnaire/index.ts';
import { contentFolder, formFile, storedContent, writeVersionFolder } from '../../domains/questionnaire/index.server.ts';
import { type Command, CommandRefused, yearOption } from '../command.ts';

export const questionnaireExport: Command = {
  name: 'questionnaire export',
  summary: 'Écrit un questionnaire de l’atelier dans le dossier des questionnaires.',
  words: [{ name: 'DOSSIER', help: 'Dossier des années (par défaut, celui du programme)', optional: true }],
  options: [
    { name: 'year', value: 'ANNÉE', help: 'Année du questionnaire', required: true },
    { name: 'format', value: 'FORMAT', help: 'Au lieu du dossier, xlsform (un classeur pour les outils de collecte) ou ddi (un dictionnaire DDI-Codebook 2.5)' },
    { name: 'out', value: 'FICHIER', help: 'Fichier à écrire, avec --format' },
  ],
  run: async (call) => {
    const year = yearOption(call, 'year');
    const format = call.options['format'];
    const out = call.options['out'];
    if (format !== undefined && format !== 'xlsform' && format !== 'ddi') throw new CommandRefused('--format attend xlsform ou ddi.', 2);
    if (format !== undefined && typeof out !== 'string') throw new CommandRefused('--out attend un nom de fichier, par exemple --out questionnaire.xlsx.', 2);
    const folder = call.words[0] ? path.resolve(call.words[0]) : contentFolder();
    const house = await openExistingHouse(call.configuration);
    try {
      const version = await storedContent(house.services.db, year);
      if (!version) throw new CommandRefused(`Aucun questionnaire ${year} dans cette installation.`);
      if (typeof out === 'string' && format === 'ddi') {
        await writeFile(out, ddiCodebook(version));
        call.print(call.json ? JSON.stringify({ year, contentHash: version.contentHash, file: out }) : `${out} : ${version.questions.length} questions, ${version.rules.length} contrôles.`);
        return 0;
      }
      if (typeof out === 'string' && format) {
        const { bytes, notCarried } = formFile(version);
        await writeFile(out, bytes);
        for (const { subject, reason } of notCarried) call.say(`${subject} : ${reason}`);
        call.print(call.json ? JSON.stringify({ year, contentHash: version.contentHash, file: out, notCarried }) : `${out} : ${version.questions.length} questions, empreinte ${version.contentHash.slice(0, 12)} ; ${notCarried.length} points non repris.`);
        return 0;
      }
      const files = await writeVersionFolder(folder, version);
      if (call.json) call.print(JSON.stringify({ year, contentHash: version.contentHash, files }));
      else {
        for (const file of files) call.print(file);
        call.print(`Questionnaire ${year} : ${version.questions.length} questions, ${version.rules.length} contrôles, empreinte ${version.contentHash.slice(0, 12)}.`);
      }
      return 0;
    } finally {
      await house.close();
    }
  },
};
