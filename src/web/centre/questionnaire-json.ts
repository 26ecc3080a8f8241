/** `GET /centre/questionnaire/:year`: the version's content, for the checks in the browser. Its hash is in the address, so it may be kept. */
import type { Route } from './+types/questionnaire-json';
import { findVersion } from '../../domains/questionnaire/index.server.ts';
import { yearIn } from '../form-values.ts';
import { refusal, requireActor, services } from '../request-context.ts';

export async function loader({ context, request, params }: Route.LoaderArgs) {
  requireActor(context, request);
  const compiled = await findVersion(services(context).db, yearIn(params.year) ?? 0);
  if (!compiled) throw refusal('Ce questionnaire n’existe pas.', 404);
  const known = new URL(request.url).searchParams.get('v') === compiled.version.contentHash.slice(0, 12);
  return Response.json(compiled.version, { headers: { 'Cache-Control': known ? 'private, max-age=3600' : 'no-cache' } });
}
