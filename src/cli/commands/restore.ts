import path from 'node:path';
import { openHouse } from '../../compose.server.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { BackupRefused, checkBackup, readBackup } from '../../platform/backup.server.ts';
import { installationMark, isEmptyInstallation } from '../../platform/installation.server.ts';
import { type Command, CommandRefused } from '../command.ts';

function refused(error: unknown): never {
  throw error instanceof BackupRefused ? new CommandRefused(error.message) : error;
}

export const restore: Command = {
  name: 'restore',
  summary: 'Rend une sauvegarde à une base neuve ; refuse une base qui contient déjà quelque chose.',
  words: [{ name: 'FICHIER', help: 'Fichier écrit par « backup »' }],
  run: async (call) => {
    const file = path.resolve(call.words[0]!);
    // the file's own fault first, read to its end: no database is opened nor made for a damaged one
    await checkBackup(file).catch(refused);
    const house = await openHouse(call.configuration, null);
    try {
      const { db } = house.services;
      if ((await installationMark(db)) !== undefined || !(await isEmptyInstallation(db))) {
        throw new CommandRefused('Cette base contient déjà des données : rien n’a été restauré. Choisissez un dossier neuf (SENACS_DATA) ou une base PostgreSQL vide (DATABASE_URL).');
      }
      const summary = await readBackup(db, file);
      call.say(`Sauvegarde restaurée et vérifiée : ${formatNumber(summary.tables)} tables, ${formatNumber(summary.rows)} lignes.`);
      if (call.json) call.print(JSON.stringify(summary));
      return 0;
    } catch (error) {
      return refused(error);
    } finally {
      await house.close();
    }
  },
};
