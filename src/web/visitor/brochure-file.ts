/** `GET /territoires/:code/plaquette/2017.pdf`: the published brochure, unchanging for its hash. */
import type { Route } from './+types/brochure-file';
import { publishedPdf } from '../../domains/publication/index.server.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { refusal, services } from '../request-context.ts';

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const territory = parseTerritoryCode(params.code);
  const year = /^(\d{4})\.pdf$/.exec(params.file)?.[1];
  const found = territory && year ? await publishedPdf(services(context).db, { territory, year: Number(year) }) : undefined;
  if (!found) throw refusal('Cette plaquette n’existe pas ou n’est pas encore publiée.', 404);
  const tag = `"${found.hash}"`;
  const headers = { ETag: tag, 'Cache-Control': 'public, max-age=300' };
  if (request.headers.get('if-none-match') === tag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(found.pdf), {
    headers: { ...headers, 'Content-Type': 'application/pdf', 'Content-Disposition': `inline; filename="plaquette-${territory}-${year}.pdf"` },
  });
}
