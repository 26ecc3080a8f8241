/** `senacs registry zones FICHIER --zoning QPV --year 2024 --source …`: the zones of a zoning in force from a year. */
import { openHouse } from '../../compose.server.ts';
import { faultSentence } from '../../domains/registry/index.ts';
import { importZoneFile } from '../../domains/registry/index.server.ts';
import { counted } from '../../kernel/french-words.ts';
import { type Command, yearOption } from '../command.ts';
import { givenFile } from '../given-file.ts';

export const registryZones: Command = {
  name: 'registry zones',
  summary: 'Importe les zones d’un zonage (QPV, FRR…) en vigueur à partir d’une année (CSV, XLSX, ODS).',
  words: [{ name: 'FICHIER', help: 'Une ligne par zone : code, nom, code Insee de la commune' }],
  options: [
    { name: 'zoning', value: 'CODE', help: 'Code du zonage, par exemple QPV', required: true },
    { name: 'year', value: 'ANNÉE', help: 'Année à partir de laquelle cette liste vaut', required: true },
    { name: 'label', value: 'NOM', help: 'Nom du zonage ; à défaut, son code' },
    { name: 'source', value: 'SOURCE', help: 'D’où vient la liste, en une phrase', required: true },
  ],
  run: async (call) => {
    const year = yearOption(call, 'year');
    const zoning = String(call.options['zoning']);
    const file = await givenFile(call.words[0]!);
    const house = await openHouse(call.configuration, false);
    try {
      const done = await importZoneFile(house.services.db, { code: zoning, year, label: String(call.options['label'] ?? zoning), source: String(call.options['source']) }, file);
      if (!done.ok) {
        call.print(call.json ? JSON.stringify({ error: { code: 1, message: done.error.message }, faults: done.error.faults }) : done.error.faults.map(faultSentence).join('\n'));
        call.say(done.error.message);
        return 1;
      }
      call.print(call.json ? JSON.stringify({ zoning, year, zones: done.value }) : `${zoning} ${year} : ${counted(done.value, 'zone enregistrée', 'zones enregistrées')}.`);
      return 0;
    } finally {
      await house.close();
    }
  },
};
