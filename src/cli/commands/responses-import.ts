/** `senacs responses import FICHIER --campaign ANNÉE`: answers by structure, question code and data year, through the same reading as the form. */
import { openExistingHouse } from '../../compose.server.ts';
import { type ImportResult, importResponses, readTableFile } from '../../domains/entry/index.server.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { type Command, CommandRefused, yearOption } from '../command.ts';
import { givenFile } from '../given-file.ts';

export const responsesImport: Command = {
  name: 'responses import',
  summary: 'Importe un tableau de réponses (CSV, XLSX, ODS) ; importer deux fois ne change rien.',
  words: [{ name: 'FICHIER', help: 'Le fichier ; ses colonnes sont décrites dans docs/guides/entry.md' }],
  options: [
    { name: 'campaign', value: 'ANNÉE', help: 'Année de la campagne', required: true },
    { name: 'preview', help: 'Montre ce qui changerait, sans rien écrire' },
    { name: 'valid-rows', help: 'Enregistre les lignes valides, laisse les autres de côté' },
  ],
  run: async (call) => {
    const campaignYear = yearOption(call, 'campaign');
    const { bytes } = await givenFile(call.words[0]!);
    const table = readTableFile(bytes);
    if (!table.ok) throw new CommandRefused(table.error.message);
    const house = await openExistingHouse(call.configuration);
    try {
      const mode = call.options['preview'] ? 'preview' : call.options['valid-rows'] ? 'valid_rows' : 'whole';
      const done = await importResponses(house.services.db, { campaignYear, table: table.value, accountId: null, mode });
      call.print(call.json ? JSON.stringify(done) : tell(done));
      return done.faults.length > 0 ? 1 : 0;
    } finally {
      await house.close();
    }
  },
};

function tell(done: ImportResult): string {
  const faults = done.faults.map((f) => `  ligne ${f.row}, colonne « ${f.column} », valeur « ${f.value} » : ${f.remedy}`);
  return [
    `${formatNumber(done.lines)} lignes lues, ${formatNumber(done.structures)} structures, ${formatNumber(done.changed)} réponses nouvelles ou changées, ${formatNumber(done.unchanged)} identiques.`,
    ...(faults.length > 0 ? [`${formatNumber(faults.length)} fautes :`, ...faults] : []),
    done.written ? 'Les réponses sont enregistrées.' : 'Rien n’a été écrit.',
  ].join('\n');
}
