/**
 * Signing out: the session ends in the database, then the cookie, then all that the browser keeps of the account. With answers still waiting in
 * the browser, they are sent first.
 */
import { redirect } from 'react-router';
import type { Route } from './+types/sign-out';
import { signOut } from '../../domains/access/index.server.ts';
import { readForm } from '../form-values.ts';
import { services } from '../request-context.ts';
import { answersWaiting, sessionCookie, sessionToken } from '../session-cookie.server.ts';

export const loader = () => redirect('/');

export async function action({ context, request }: Route.ActionArgs) {
  const { db, publicUrl } = services(context);
  const cookie = request.headers.get('cookie');
  const anyway = (await readForm(request)).get('attente') === 'laisser';
  if (answersWaiting(cookie) && !anyway) return redirect('/deconnexion/attente');
  const token = sessionToken(cookie);
  if (token) await signOut(db, token);
  // "storage": the encrypted copy, its key, the answers on their way, the service worker.
  const headers = new Headers({ 'Clear-Site-Data': '"storage"' });
  headers.append('Set-Cookie', sessionCookie('', publicUrl));
  headers.append('Set-Cookie', 'senacs_attente=; Path=/; Max-Age=0');
  return redirect('/', { headers });
}
