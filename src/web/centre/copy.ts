/** `GET /centre/:responseId/reponses.pdf`: a copy of one's answers, at any time. */
import type { Route } from './+types/copy';
import { typesetAnswers } from '../../documents/answers-copy.server.ts';
import { services } from '../request-context.ts';
import { openCentrePage } from './centre-page.server.ts';

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { view, compiled } = await openCentrePage(context, request, params);
  const pdf = await typesetAnswers(view, compiled, { today: new Date().toISOString(), demonstration: services(context).demonstration });
  return new Response(pdf as Uint8Array<ArrayBuffer>, {
    headers: { 'Content-Type': 'application/pdf', 'Content-Disposition': `inline; filename="reponses-${view.campaignYear}.pdf"`, 'Cache-Control': 'no-store' },
  });
}
