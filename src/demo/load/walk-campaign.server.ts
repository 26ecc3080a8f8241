/** Moves a national campaign through states that it has not reached yet. */
import { campaignOf, moveCampaign } from '../../domains/campaign/index.server.ts';
import type { Actor } from '../../domains/access/index.ts';
import type { Db } from '../../platform/database.server.ts';
import { must } from './must.ts';

type State = Parameters<typeof moveCampaign>[2]['to'];
const ORDER: readonly State[] = ['draft', 'preparation', 'questionnaire_validated', 'open', 'closing', 'control', 'frozen', 'analysis', 'publication', 'archived'];

export async function walkCampaign(db: Db, office: Actor, year: number, states: readonly State[], today: string): Promise<void> {
  for (const to of states) {
    // oxlint-disable-next-line no-await-in-loop -- one state after the other
    const campaign = (await campaignOf(db, year))!;
    // oxlint-disable-next-line no-await-in-loop
    if (ORDER.indexOf(campaign.state) < ORDER.indexOf(to)) must(`campaign ${year} to ${to}`, await moveCampaign(db, office, { year, to, today }));
  }
}

/** True when the campaign is in that state or past it. */
export async function hasReached(db: Db, year: number, state: State): Promise<boolean> {
  const campaign = await campaignOf(db, year);
  return campaign !== undefined && ORDER.indexOf(campaign.state) >= ORDER.indexOf(state);
}
