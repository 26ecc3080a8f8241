/** `senacs release verify`: computes the hash of a release again from its frozen answers. */
import { openExistingHouse } from '../../compose.server.ts';
import { releases, verifyRelease } from '../../domains/statistics/index.server.ts';
import { type Command, CommandRefused, TERRITORY_CAMPAIGN_OPTIONS, territoryCampaign } from '../command.ts';

export const releaseVerify: Command = {
  name: 'release verify',
  summary: 'Recalcule l’empreinte de chaque publication d’un territoire depuis ses réponses figées, et la compare.',
  options: TERRITORY_CAMPAIGN_OPTIONS,
  run: async (call) => {
    const { campaignYear, territoryCode } = territoryCampaign(call);
    const house = await openExistingHouse(call.configuration);
    try {
      const { db } = house.services;
      const found = await releases(db, campaignYear, territoryCode);
      if (found.length === 0) throw new CommandRefused(`Aucune publication propre à ${territoryCode} pour la campagne ${campaignYear} : figez-la par « release create », ou vérifiez celle du territoire qui le contient.`);
      const verified = [];
      // oxlint-disable-next-line no-await-in-loop -- each release is read whole
      for (const release of found) verified.push({ number: release.number, contentHash: release.contentHash, same: await verifyRelease(db, release) });
      call.print(call.json ? JSON.stringify(verified) : verified.map((v) => `Publication n° ${v.number} : ${v.same ? 'empreinte retrouvée' : 'EMPREINTE DIFFÉRENTE, restaurez une sauvegarde'} (${v.contentHash}).`).join('\n'));
      return verified.every((v) => v.same) ? 0 : 1;
    } finally {
      await house.close();
    }
  },
};
