/** `senacs release create`: freezes the validated answers of a territory into a numbered, hashed release. */
import { openExistingHouse } from '../../compose.server.ts';
import { createRelease } from '../../domains/statistics/index.server.ts';
import { counted } from '../../kernel/french-words.ts';
import { type Command, CommandRefused, TERRITORY_CAMPAIGN_OPTIONS, territoryCampaign } from '../command.ts';

export const releaseCreate: Command = {
  name: 'release create',
  summary: 'Fige les réponses validées d’un territoire gelé : numérotées, avec leur empreinte. Sans changement, rend la publication en cours.',
  options: TERRITORY_CAMPAIGN_OPTIONS,
  run: async (call) => {
    const { campaignYear, territoryCode } = territoryCampaign(call);
    const house = await openExistingHouse(call.configuration);
    try {
      const made = await createRelease(house.services.db, { campaignYear, territoryCode });
      if (!made.ok) throw new CommandRefused(made.error.message);
      const { number, responseCount, contentHash } = made.value;
      call.print(call.json ? JSON.stringify(made.value) : `Publication n° ${number} : ${counted(responseCount, 'réponse')}, empreinte ${contentHash}.`);
      return 0;
    } finally {
      await house.close();
    }
  },
};
