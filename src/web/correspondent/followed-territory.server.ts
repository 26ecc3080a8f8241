/** The territory and the year of an address, for the correspondents of that territory only. */
import type { RouterContextProvider } from 'react-router';
import { territorySide } from '../../domains/access/index.ts';
import { ancestorsOf, campaignOf, phaseOf } from '../../domains/campaign/index.server.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { yearIn } from '../form-values.ts';
import { refusal, requireActor, services } from '../request-context.ts';

export async function followedTerritory(context: Readonly<RouterContextProvider>, request: Request, params: { territory: string; year: string }) {
  const { db } = services(context);
  const actor = requireActor(context, request);
  const year = yearIn(params.year) ?? 0;
  const phase = year > 0 && parseTerritoryCode(params.territory) ? await phaseOf(db, year, params.territory) : undefined;
  const campaign = phase && (await campaignOf(db, year));
  if (!phase || !campaign) throw refusal('Ce territoire ne fait pas partie de cette campagne.', 404);
  const side = territorySide(actor, (await ancestorsOf(db, params.territory)) ?? []);
  if (!side) throw refusal('Vous n’êtes pas correspondant de ce territoire.');
  return { db, actor, year, phase, campaign, side };
}
