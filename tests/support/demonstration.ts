/** A demonstration house with Pas-de-Calais 2017 and a small nation, made once for a file of journeys; the program then opens it as it is. */
import { openHouse } from '../../src/compose.server.ts';
import { fillNation, loadDemonstration } from '../../src/demo/index.server.ts';
import { readConfiguration } from '../../src/platform/configuration.server.ts';
import { temporaryFolder } from './program.ts';

/** The folder of its data. `departments`: those of the small nation; none, Pas-de-Calais 2017 alone. */
export async function demonstrationFolder(departments: readonly string[] = []): Promise<string> {
  const folder = `${temporaryFolder()}/data`;
  const house = await openHouse(readConfiguration({ SENACS_DATA: folder }), true);
  try {
    await loadDemonstration(house.services.db);
    if (departments.length > 0) await fillNation(house.services.db, { departments });
  } finally {
    await house.close();
  }
  return folder;
}
