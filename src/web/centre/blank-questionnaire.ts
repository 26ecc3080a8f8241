/** `GET /questionnaire/:year/vierge.pdf?type=CS&territoire=62`: the questionnaire to fill by hand. Versions in the making belong to the studio. */
import type { Route } from './+types/blank-questionnaire';
import { readsStudio } from '../../domains/access/index.ts';
import { findVersion, listVersions } from '../../domains/questionnaire/index.server.ts';
import { registerCodes, territory } from '../../domains/registry/index.server.ts';
import { typesetBlank } from '../../documents/blank-questionnaire.server.ts';
import { yearIn } from '../form-values.ts';
import { refusal, requireActor, services } from '../request-context.ts';

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const actor = requireActor(context, request);
  const { db, demonstration } = services(context);
  const year = yearIn(params.year);
  const query = new URL(request.url).searchParams;
  const state = year === undefined ? undefined : (await listVersions(db)).find((v) => v.year === year)?.state;
  const open = state === 'in_use' || state === 'closed' || (state !== undefined && readsStudio(actor));
  const compiled = open ? await findVersion(db, year!) : undefined;
  const kind = (await registerCodes(db)).kinds.find((k) => k.code === query.get('type'));
  if (!compiled || !kind) throw refusal('Ce questionnaire n’existe pas, ou pas pour ce type de structure : ouvrez-le depuis vos réponses ou depuis l’aperçu de l’atelier.', 404);
  const code = query.get('territoire');
  const place = code ? await territory(db, code) : undefined;
  const pdf = await typesetBlank(compiled, { kind: { code: kind.code, label: kind.label }, territory: place?.code ?? '', territoryName: place?.name ?? '', demonstration });
  return new Response(pdf as Uint8Array<ArrayBuffer>, {
    headers: { 'Content-Type': 'application/pdf', 'Content-Disposition': `inline; filename="questionnaire-${year}-${kind.code}${place ? `-${place.code}` : ''}.pdf"`, 'Cache-Control': 'no-store' },
  });
}
