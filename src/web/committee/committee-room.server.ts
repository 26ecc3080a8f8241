/** The territory and the campaign of an address, for those who sit in its committee, with what each may see and do there. */
import type { RouterContextProvider } from 'react-router';
import { isDataSteward, mayReadAggregates, runsTheCampaign, sitsInCommittee, votesOnBrochure } from '../../domains/access/index.ts';
import { isOpenLevel } from '../../domains/disclosure/index.ts';
import { campaignOf } from '../../domains/campaign/index.server.ts';
import { territory } from '../../domains/registry/index.server.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { yearIn } from '../form-values.ts';
import { refusal, requireActor, services } from '../request-context.ts';

export async function committeeRoom(context: Readonly<RouterContextProvider>, request: Request, params: { territory: string; year: string }) {
  const { db, demonstration } = services(context);
  const actor = requireActor(context, request);
  const code = parseTerritoryCode(params.territory);
  const year = yearIn(params.year) ?? 0;
  const place = code && (await territory(db, code));
  const campaign = year > 0 ? await campaignOf(db, year) : undefined;
  if (!place || !campaign) throw refusal('Ce territoire ou cette campagne n’existe pas. Revenez à la liste de vos comités.', 404);
  const ancestors: readonly string[] = place.ancestors;
  if (!sitsInCommittee(actor, ancestors)) throw refusal('Vous ne siégez pas au comité de ce territoire.');
  if (!isOpenLevel(place.level)) throw refusal('Le comité travaille sur la nation, une région ou un département\u00a0: les chiffres d’un territoire plus petit, soustraits de ceux du département, isoleraient des structures. Ouvrez le comité du département.');
  return {
    db,
    demonstration,
    actor,
    year,
    place,
    campaign,
    wanted: { year, territory: place.code as string },
    rights: { aggregates: mayReadAggregates(actor, ancestors), votes: votesOnBrochure(actor, ancestors), steward: isDataSteward(actor, ancestors), releases: isDataSteward(actor, ancestors) || runsTheCampaign(actor) },
  };
}

/** Level of the page's accent; smaller territories wear that of the département. */
export const levelOf = (level: string): 'nation' | 'region' | 'department' => (level === 'nation' || level === 'region' ? level : 'department');

/** Today, at the rim: `YYYY-MM-DD`. */
export const today = (): string => new Date().toISOString().slice(0, 10);
