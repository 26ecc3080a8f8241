import { openHouse } from '../../compose.server.ts';
import { campaigns } from '../../domains/campaign/index.server.ts';
import { fillNation, loadDemonstration } from '../../demo/index.server.ts';
import type { Command } from '../command.ts';
import { progressLine } from '../progress-line.ts';

export const demo: Command = {
  name: 'demo',
  summary: 'Charge toute la démonstration (données fictives) dans une base neuve ou de démonstration, puis s’arrête.',
  run: async (call) => {
    const house = await openHouse(call.configuration, true);
    const line = progressLine();
    try {
      await loadDemonstration(house.services.db, { onProgress: line.show });
      await fillNation(house.services.db, { onProgress: line.show });
      line.end();
      call.say('La démonstration est complète : Pas-de-Calais 2017, France 2024, 2025 et 2026. Ouvrez-la avec « npx senacs serve ».');
      if (call.json) call.print(JSON.stringify({ complete: true, campaigns: (await campaigns(house.services.db)).map((c) => c.year) }));
      return 0;
    } finally {
      line.end();
      await house.close();
    }
  },
};
