/** `GET /questionnaire/:year/dictionnaire.pdf`: the codebook of a version, with what was said of it since. Versions in the making belong to the studio. */
import type { Route } from './+types/codebook';
import { findVersion, interpretationsBeside, listVersions } from '../../domains/questionnaire/index.server.ts';
import { typesetCodebook } from '../../documents/codebook.server.ts';
import { refusal, requireActor, services } from '../request-context.ts';
import { openQuestionnaire } from './open-questionnaire.server.ts';

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, demonstration } = services(context);
  const compiled = await openQuestionnaire(db, requireActor(context, request), params.year);
  if (!compiled) throw refusal('Ce questionnaire n’existe pas, ou n’est pas encore ouvert : ouvrez-le depuis vos réponses ou depuis l’aperçu de l’atelier.', 404);
  const { version } = compiled;
  const earlier = (await listVersions(db)).filter((v) => v.year < version.year);
  const versions = (await Promise.all(earlier.map((v) => findVersion(db, v.year)))).map((c) => c!.version);
  const pdf = await typesetCodebook({ compiled, versions, interpretations: await interpretationsBeside(db, version), demonstration });
  return new Response(pdf as Uint8Array<ArrayBuffer>, {
    headers: { 'Content-Type': 'application/pdf', 'Content-Disposition': `inline; filename="dictionnaire-${version.year}.pdf"`, 'Cache-Control': 'no-store' },
  });
}
