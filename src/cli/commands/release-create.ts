/** `senacs release create`: freezes the validated answers of a territory into a numbered, hashed release. */
import { openExistingHouse } from '../../compose.server.ts';
import { createRelease } from '../../domains/statistics/index.server.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { type Command, CommandRefused, yearOption } from '../command.ts';

export const releaseCreate: Command = {
  name: 'release create',
  summary: 'Fige les réponses validées d’un territoire gelé : numérotées, avec leur empreinte. Sans changement, rend la publication en cours.',
  options: [
    { name: 'campaign', value: 'ANNÉE', help: 'Année de la campagne', required: true },
    { name: 'territory', value: 'CODE', help: 'Code du territoire, par exemple 62, R32 ou FR', required: true },
  ],
  run: async (call) => {
    const campaignYear = yearOption(call, 'campaign');
    const territoryCode = parseTerritoryCode(call.options['territory']);
    if (!territoryCode) throw new CommandRefused('--territory attend un code de territoire, par exemple --territory 62.', 2);
    const house = await openExistingHouse(call.configuration);
    try {
      const made = await createRelease(house.services.db, { campaignYear, territoryCode });
      if (!made.ok) throw new CommandRefused(made.error.message);
      const { number, responseCount, contentHash } = made.value;
      call.print(call.json ? JSON.stringify(made.value) : `Publication n° ${number} : ${formatNumber(responseCount)} réponses, empreinte ${contentHash}.`);
      return 0;
    } finally {
      await house.close();
    }
  },
};
