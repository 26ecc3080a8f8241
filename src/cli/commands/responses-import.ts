/** `senacs responses import FICHIER --campaign ANNÉE`: answers by structure, question code and data year, through the same reading as the form. */
import { openExistingHouse } from '../../compose.server.ts';
import { type ImportResult, importResponses, importVintage, readTableFile, type VintageResult } from '../../domains/entry/index.server.ts';
import { formatFault, readVintage, type Vintage } from '../../domains/questionnaire/index.server.ts';
import { decode } from '../../kernel/file-text.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import type { Db } from '../../platform/database.server.ts';
import { type Command, CommandRefused, yearOption } from '../command.ts';
import { givenFile } from '../given-file.ts';

export const responsesImport: Command = {
  name: 'responses import',
  summary: 'Importe un tableau de réponses (CSV, XLSX, ODS) ; importer deux fois ne change rien.',
  words: [{ name: 'FICHIER', help: 'Le fichier ; ses colonnes sont décrites dans docs/guides/entry.md' }],
  options: [
    { name: 'campaign', value: 'ANNÉE', help: 'Année de la campagne', required: true },
    { name: 'mapping', value: 'FICHIER', help: 'Correspondance d’une enquête d’avant ; décrite dans docs/guides/vintages.md' },
    { name: 'sent', help: 'Avec --mapping : envoie aussi ces réponses, comme elles l’ont été en leur temps' },
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
      const { db } = house.services;
      const mapping = call.options['mapping'];
      const request = { campaignYear, table: table.value, accountId: null, mode } as const;
      const done = typeof mapping === 'string' ? await importVintage(db, { ...request, vintage: await vintageOf(db, mapping), send: call.options['sent'] === true }) : await importResponses(db, request);
      call.print(call.json ? JSON.stringify(done) : tell(done));
      return done.faults.length > 0 ? 1 : 0;
    } finally {
      await house.close();
    }
  },
};

async function vintageOf(db: Db, file: string): Promise<Vintage> {
  const { fileName, bytes } = await givenFile(file);
  const read = await readVintage(db, decode(bytes), fileName);
  if (!read.ok) throw new CommandRefused(read.error.map(formatFault).join('\n'));
  return read.value;
}

function tell(done: ImportResult | VintageResult): string {
  const faults = done.faults.map((f) => `  ligne ${f.row}, colonne « ${f.column} », valeur « ${f.value} » : ${f.remedy}`);
  return [
    `${formatNumber(done.lines)} lignes lues, ${formatNumber(done.structures)} structures, ${formatNumber(done.changed)} réponses nouvelles ou changées, ${formatNumber(done.unchanged)} identiques.`,
    ...(faults.length > 0 ? [`${formatNumber(faults.length)} fautes :`, ...faults] : []),
    done.written ? 'Les réponses sont enregistrées.' : 'Rien n’a été écrit.',
    ...('sent' in done && done.sent > 0 ? [`${formatNumber(done.sent)} réponses envoyées.`] : []),
  ].join('\n');
}
