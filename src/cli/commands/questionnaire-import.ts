/** `senacs questionnaire import --year ANNÉE`: reads a version of the folder, or an XLSForm, into the house, as a draft. Importing twice changes nothing. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openHouse } from '../../compose.server.ts';
import { contentFolder, formatFault, importVersion, keepVersion, readFormFile, readVintage } from '../../domains/questionnaire/index.server.ts';
import { decode } from '../../kernel/file-text.ts';
import { type Call, type Command, CommandRefused, type ExitCode, yearOption } from '../command.ts';
import { givenFile } from '../given-file.ts';

export const questionnaireImport: Command = {
  name: 'questionnaire import',
  summary: 'Charge un questionnaire du dossier dans l’atelier, en préparation.',
  words: [{ name: 'DOSSIER', help: 'Dossier des années (par défaut, celui du programme), classeur avec --format xlsform, correspondance avec --format vintage', optional: true }],
  options: [
    { name: 'year', value: 'ANNÉE', help: 'Année du questionnaire ; un XLSForm écrit par cette application dit la sienne' },
    { name: 'format', value: 'FORMAT', help: 'xlsform : un classeur ; vintage : la correspondance d’une enquête d’avant' },
    { name: 'replace', help: 'Remplace un questionnaire que l’atelier a changé depuis' },
  ],
  run: async (call) => {
    const format = call.options['format'];
    if (format === 'xlsform') return importForm(call);
    if (format === 'vintage') return importMapping(call);
    if (format !== undefined) throw new CommandRefused('--format attend xlsform ou vintage.', 2);
    if (call.options['year'] === undefined) throw new CommandRefused('Dites quel questionnaire charger : --year ANNÉE pour une année du dossier, ou --format xlsform FICHIER pour un classeur, ou --format vintage FICHIER pour la correspondance d’une enquête d’avant.', 2);
    const year = yearOption(call, 'year');
    const folder = call.words[0] ? path.resolve(call.words[0]) : contentFolder();
    const house = await openHouse(call.configuration, false);
    try {
      const done = await importVersion(house.services.db, folder, year, { replace: call.options['replace'] === true });
      if (!done.ok) throw new CommandRefused(done.error.message);
      call.print(call.json ? JSON.stringify(done.value) : `Questionnaire ${year} : ${done.value.changed ? 'chargé, en préparation' : 'déjà le même'}, empreinte ${done.value.contentHash.slice(0, 12)}.`);
      return 0;
    } finally {
      await house.close();
    }
  },
};

async function importForm(call: Call): Promise<ExitCode> {
  const file = call.words[0];
  if (!file) throw new CommandRefused('Donnez le classeur à lire, par exemple questionnaire.xlsx.', 2);
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) throw new CommandRefused(`${file} : ce fichier manque ou ne se lit pas.`);
  const read = readFormFile(bytes, { name: path.basename(file), ...(call.options['year'] === undefined ? {} : { year: yearOption(call, 'year') }) });
  if (!read.ok) throw new CommandRefused(read.error.map(formatFault).join('\n'));
  const { version, notCarried } = read.value;
  const house = await openHouse(call.configuration, false);
  try {
    const done = await keepVersion(house.services.db, version, { replace: call.options['replace'] === true });
    if (!done.ok) throw new CommandRefused(done.error.message);
    for (const { subject, reason } of notCarried) call.say(`${subject} : ${reason}`);
    call.print(call.json ? JSON.stringify({ ...done.value, notCarried }) : `Questionnaire ${version.year} : ${done.value.changed ? 'chargé, en préparation' : 'déjà le même'}, empreinte ${version.contentHash.slice(0, 12)} ; ${notCarried.length} points non repris.`);
    return 0;
  } finally {
    await house.close();
  }
}

/** The questionnaire of an earlier survey, from its mapping (docs/guides/vintages.md). */
async function importMapping(call: Call): Promise<ExitCode> {
  const file = call.words[0];
  if (!file) throw new CommandRefused('Donnez la correspondance à lire, par exemple 2011.json.', 2);
  const { fileName, bytes } = await givenFile(file);
  const house = await openHouse(call.configuration, false);
  try {
    const read = await readVintage(house.services.db, decode(bytes), fileName);
    if (!read.ok) throw new CommandRefused(read.error.map(formatFault).join('\n'));
    const { version } = read.value;
    const done = await keepVersion(house.services.db, version, { replace: call.options['replace'] === true });
    if (!done.ok) throw new CommandRefused(done.error.message);
    call.print(call.json ? JSON.stringify(done.value) : `Questionnaire ${version.year} : ${done.value.changed ? 'chargé, en préparation' : 'déjà le même'}, empreinte ${version.contentHash.slice(0, 12)} ; ${version.questions.length} questions.`);
    return 0;
  } finally {
    await house.close();
  }
}
