import path from 'node:path';
import { openExistingHouse } from '../../compose.server.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { writeBackup } from '../../platform/backup.server.ts';
import type { Command } from '../command.ts';
import { writing } from '../output-file.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'Écrit toute la base dans un fichier, d’un seul instant ; le site peut rester ouvert sur un serveur PostgreSQL.',
  options: [{ name: 'out', value: 'FICHIER', help: 'Fichier à écrire, par exemple senacs-2026-11-22.gz', required: true }],
  run: async (call) => {
    const file = path.resolve(String(call.options['out']));
    const house = await openExistingHouse(call.configuration);
    try {
      const summary = await writing(file, () => writeBackup(house.services.db, file));
      call.say(`Sauvegarde écrite : ${file} (${formatNumber(summary.tables)} tables, ${formatNumber(summary.rows)} lignes).`);
      if (call.json) call.print(JSON.stringify({ file, ...summary }));
      return 0;
    } finally {
      await house.close();
    }
  },
};
