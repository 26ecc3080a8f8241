/** `GET /centre/structure/:structureId/reponses.xlsx` or `.csv`: every answer of a structure, of all years, for its own people, at any time. */
import type { Route } from './+types/all-answers-file';
import { mayEnter } from '../../domains/access/index.ts';
import { allAnswersFile, namesOfStructures, SPREADSHEET_TYPES } from '../../domains/entry/index.server.ts';
import type { StructureId } from '../../kernel/identifier.ts';
import { requireUuid } from '../form-values.ts';
import { refusal, requireActor, services } from '../request-context.ts';

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const actor = requireActor(context, request);
  const id = requireUuid(params.structureId) as StructureId;
  const format = /^reponses\.(xlsx|csv)$/.exec(params.file)?.[1] as 'xlsx' | 'csv' | undefined;
  if (!format) throw refusal('Ce fichier n’existe pas\u00a0: téléchargez vos réponses en XLSX ou en CSV depuis la page de vos réponses.', 404);
  if (!mayEnter(actor, id)) throw refusal('Seules les personnes mandatées par cette structure téléchargent toutes ses réponses.', 403);
  const { db } = services(context);
  const [structure] = await namesOfStructures(db, [id]);
  const file = await allAnswersFile(db, { id, name: structure?.name ?? '' }, format, new Date().toISOString());
  return new Response(file as Uint8Array<ArrayBuffer>, {
    headers: { 'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : SPREADSHEET_TYPES.xlsx, 'Content-Disposition': `attachment; filename="reponses-toutes-annees.${format}"`, 'Cache-Control': 'no-store' },
  });
}
