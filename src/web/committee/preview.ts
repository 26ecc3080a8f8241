/** `GET /comite/:territory/:year/apercu.pdf`: the brochure as it would be printed now. */
import type { Route } from './+types/preview';
import { brochureData } from '../../domains/publication/index.server.ts';
import { typesetBrochure } from '../../documents/brochure.server.ts';
import { refusal } from '../request-context.ts';
import { committeeRoom, today } from './committee-room.server.ts';

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, demonstration, wanted, rights } = await committeeRoom(context, request, params);
  if (!rights.aggregates) throw refusal('L’aperçu est réservé aux membres du comité : la plaquette publiée est ouverte à tous.');
  const data = await brochureData(db, { ...wanted, date: today(), demonstration });
  if (!data.ok) throw refusal(data.error.message, 409);
  const { pdf } = await typesetBrochure(data.value);
  return new Response(new Uint8Array(pdf), {
    headers: { 'Content-Type': 'application/pdf', 'Content-Disposition': `inline; filename="apercu-${wanted.territory}-${wanted.year}.pdf"`, 'Cache-Control': 'no-store' },
  });
}
