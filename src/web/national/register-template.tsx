/** An empty register file with every column that is read: CSV in the French convention, with the mark by which spreadsheets know UTF-8. */
import type { Route } from './+types/register-template';
import { runsTheCampaign } from '../../domains/access/index.ts';
import { COLUMNS } from '../../domains/registry/index.ts';
import { refusal, requireActor } from '../request-context.ts';

export function loader({ context, request }: Route.LoaderArgs) {
  if (!runsTheCampaign(requireActor(context, request))) throw refusal('Ce modèle est réservé à l’équipe nationale.');
  return new Response(`\ufeff${COLUMNS.map((c) => c.title).join(';')}\r\n`, {
    headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': 'attachment; filename="modele-repertoire.csv"' },
  });
}
