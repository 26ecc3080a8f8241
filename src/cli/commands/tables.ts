/** `senacs tables`: the data steward's working table, every figure with its base, year, status and reason. Unrounded values: not for publication. */
import { openExistingHouse } from '../../compose.server.ts';
import { writeJournal } from '../../domains/access/index.server.ts';
import { computeTables, latestRelease, releaseLacks } from '../../domains/statistics/index.server.ts';
import { type Command, CommandRefused, TERRITORY_CAMPAIGN_OPTIONS, territoryCampaign } from '../command.ts';

export const tables: Command = {
  name: 'tables',
  summary: 'Donne tous les chiffres d’un territoire, diffusables ou retenus et pourquoi : le document de travail de la personne en charge des données.',
  options: TERRITORY_CAMPAIGN_OPTIONS,
  run: async (call) => {
    const { campaignYear, territoryCode } = territoryCampaign(call);
    const house = await openExistingHouse(call.configuration);
    try {
      const { db } = house.services;
      const release = await latestRelease(db, { campaignYear, territoryCode });
      if (!release) {
        // What lacks before a release can be made comes first: campaign, territory, signatures.
        const lacking = await releaseLacks(db, { campaignYear, territoryCode });
        throw new CommandRefused(lacking?.message ?? `Le gel de ${territoryCode} en ${campaignYear} est signé, ses réponses ne sont pas encore numérotées : faites d’abord « senacs release create --campaign ${campaignYear} --territory ${territoryCode} ».`);
      }
      const rows = await computeTables(db, { campaignYear, territoryCode });
      await writeJournal(db, { accountId: null, action: 'tables.export', purpose: 'ligne de commande', territoryCode, campaignYear, detail: { release: release.number } });
      if (release.manifest.demonstration) call.say('Données fictives.');
      if (call.json) call.print(`[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`);
      else for (const row of rows) call.print([row.id, row.text, row.base === null ? '' : `base ${row.base}`, String(row.year), row.status === 'publishable' ? 'diffusable' : `retenu : ${row.reason}`, row.label].join('\t'));
      return 0;
    } finally {
      await house.close();
    }
  },
};
