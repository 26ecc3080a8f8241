/** Signing out: the session ends in the database, then the cookie. */
import { redirect } from 'react-router';
import type { Route } from './+types/sign-out';
import { signOut } from '../../domains/access/index.server.ts';
import { services } from '../request-context.ts';
import { sessionCookie, sessionToken } from '../session-cookie.server.ts';

export const loader = () => redirect('/');

export async function action({ context, request }: Route.ActionArgs) {
  const { db, publicUrl } = services(context);
  const token = sessionToken(request.headers.get('cookie'));
  if (token) await signOut(db, token);
  return redirect('/', { headers: { 'Set-Cookie': sessionCookie('', publicUrl) } });
}
