/** `senacs control run`: the batch of rules over a campaign, or over one territory of it. */
import { openExistingHouse } from '../../compose.server.ts';
import { campaignOf } from '../../domains/campaign/index.server.ts';
import { runControl } from '../../domains/control/index.server.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { counted } from '../../kernel/french-words.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { type Command, CommandRefused, yearOption } from '../command.ts';

export const controlRun: Command = {
  name: 'control run',
  summary: 'Passe tous les contrôles sur les réponses transmises, valeurs atypiques comprises ; peut être relancée sans risque.',
  options: [
    { name: 'campaign', value: 'ANNÉE', help: 'Année de la campagne', required: true },
    { name: 'territory', value: 'CODE', help: 'Un territoire seulement, par exemple 62 ou R32' },
  ],
  run: async (call) => {
    const year = yearOption(call, 'campaign');
    const asked = call.options['territory'];
    const territory = typeof asked === 'string' ? parseTerritoryCode(asked) : undefined;
    if (asked !== undefined && !territory) throw new CommandRefused('--territory attend un code de territoire, par exemple --territory 62.', 2);
    const house = await openExistingHouse(call.configuration);
    try {
      if (!(await campaignOf(house.services.db, year))) throw new CommandRefused(`Aucune campagne ${year} dans cette base.`);
      const run = await runControl(house.services.db, year, territory, (done, total) => call.say(`${formatNumber(done)} / ${formatNumber(total)} réponses`));
      call.print(call.json ? JSON.stringify(run) : `${counted(run.responses, 'réponse relue', 'réponses relues')}, ${counted(run.raised, 'signalement nouveau', 'signalements nouveaux')}, ${counted(run.closed, 'levé')}.`);
      return 0;
    } finally {
      await house.close();
    }
  },
};
