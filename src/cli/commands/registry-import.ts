/** `senacs registry import FICHIER --on DATE`: shows what a register file changes, and writes it whole, or by its valid rows when told so. */
import { openExistingHouse, openHouse } from '../../compose.server.ts';
import { importOutcomeText, importPreviewText } from '../../domains/registry/index.ts';
import { applyRegisterImport, previewRegisterImport } from '../../domains/registry/index.server.ts';
import { parseFrenchDate } from '../../kernel/french-date.ts';
import { type Command, CommandRefused } from '../command.ts';
import { givenFile } from '../given-file.ts';

export const registryImport: Command = {
  name: 'registry import',
  summary: 'Importe un fichier du répertoire (CSV, XLSX, ODS) ; importer deux fois ne change rien.',
  words: [{ name: 'FICHIER', help: 'Le fichier ; ses colonnes sont décrites dans docs/guides/register.md' }],
  options: [
    { name: 'on', value: 'DATE', help: 'Jour à partir duquel le contenu est vrai, jj/mm/aaaa ou aaaa-mm-jj', required: true },
    { name: 'preview', help: 'Montre ce qui changerait, sans rien écrire' },
    { name: 'valid-rows', help: 'Enregistre les lignes valides, laisse les autres de côté' },
  ],
  run: async (call) => {
    const effectiveOn = parseFrenchDate(String(call.options['on']));
    if (!effectiveOn) throw new CommandRefused('--on attend une date, par exemple --on 01/01/2017.', 2);
    const file = await givenFile(call.words[0]!);
    const house = await (call.options['preview'] ? openExistingHouse(call.configuration) : openHouse(call.configuration, false));
    try {
      const { db } = house.services;
      const register = { ...file, effectiveOn };
      const preview = await previewRegisterImport(db, register);
      if (!preview.ok) throw new CommandRefused(preview.error.message);
      const faulty = preview.value.faults.length > 0;
      if (call.options['preview']) {
        call.print(call.json ? JSON.stringify(preview.value) : importPreviewText(preview.value));
        return faulty ? 1 : 0;
      }
      const validRows = call.options['valid-rows'] === true;
      const done = await applyRegisterImport(db, register, { mode: validRows ? 'valid_rows' : 'whole', actorId: null });
      if (!done.ok) {
        call.print(call.json ? JSON.stringify({ error: done.error, ...preview.value }) : importPreviewText(preview.value));
        call.say(done.error.message);
        return 1;
      }
      call.print(call.json ? JSON.stringify(done.value) : importOutcomeText(done.value));
      return faulty ? 1 : 0;
    } finally {
      await house.close();
    }
  },
};
