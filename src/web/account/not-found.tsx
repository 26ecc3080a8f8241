/** Any other address, and the page of a request that was refused before it reached one. */
import type { Route } from './+types/not-found';
import { refusal, refusedContext } from '../request-context.ts';

export const loader = ({ context }: Route.LoaderArgs) => {
  const refused = context.get(refusedContext);
  throw refused?.message ? refusal(refused.message, refused.status) : new Response(null, { status: refused?.status ?? 404 });
};

export default function NotFound() {
  return null;
}
