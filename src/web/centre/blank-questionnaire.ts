/** `GET /questionnaire/:year/vierge.pdf?type=CS&territoire=62`: the questionnaire to fill by hand. Versions in the making belong to the studio. */
import type { Route } from './+types/blank-questionnaire';
import { registerCodes, territory } from '../../domains/registry/index.server.ts';
import { typesetBlank } from '../../documents/blank-questionnaire.server.ts';
import { refusal, requireActor, services } from '../request-context.ts';
import { openQuestionnaire } from './open-questionnaire.server.ts';

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, demonstration } = services(context);
  const query = new URL(request.url).searchParams;
  const compiled = await openQuestionnaire(db, requireActor(context, request), params.year);
  const kind = (await registerCodes(db)).kinds.find((k) => k.code === query.get('type'));
  if (!compiled || !kind) throw refusal('Ce questionnaire n’existe pas, ou pas pour ce type de structure : ouvrez-le depuis vos réponses ou depuis l’aperçu de l’atelier.', 404);
  const code = query.get('territoire');
  const place = code ? await territory(db, code) : undefined;
  const pdf = await typesetBlank(compiled, { kind: { code: kind.code, label: kind.label }, territory: place?.code ?? '', territoryName: place?.name ?? '', demonstration });
  return new Response(pdf as Uint8Array<ArrayBuffer>, {
    headers: { 'Content-Type': 'application/pdf', 'Content-Disposition': `inline; filename="questionnaire-${compiled.year}-${kind.code}${place ? `-${place.code}` : ''}.pdf"`, 'Cache-Control': 'no-store' },
  });
}
