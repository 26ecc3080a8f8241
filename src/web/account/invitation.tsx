/** A letter's door: its reader chooses a password, once. Opening the address changes nothing. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/invitation';
import { invitationIsOver, SHORTEST_PASSWORD } from '../../domains/access/index.ts';
import { acceptInvitation, findActor, findInvitation } from '../../domains/access/index.server.ts';
import { readForm } from '../form-values.ts';
import { homeOf } from '../navigation.ts';
import { refusal, services } from '../request-context.ts';
import { sessionCookie } from '../session-cookie.server.ts';
import { Field, Page } from '../ui/page.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Choisir un mot de passe · SENACS' }, { name: 'robots', content: 'noindex' }];
export const headers: Route.HeadersFunction = () => ({ 'Cache-Control': 'no-store' });

export async function loader({ context, params }: Route.LoaderArgs) {
  const found = await findInvitation(services(context).db, params.token);
  if (!found) throw refusal(invitationIsOver.message, 404);
  return { name: found.name, email: found.email };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, publicUrl } = services(context);
  const opened = await acceptInvitation(db, params.token, String((await readForm(request)).get('password') ?? ''));
  if (!opened.ok) return data({ error: opened.error.message }, { status: 422 });
  const actor = await findActor(db, opened.value);
  throw redirect(actor ? homeOf(actor) : '/mon-espace', { headers: { 'Set-Cookie': sessionCookie(opened.value, publicUrl) } });
}

export default function Invitation({ loaderData: d, actionData }: Route.ComponentProps) {
  return (
    <Page narrow title="Choisir un mot de passe" lead={`Bienvenue ${d.name}.`}>
      <p>
        Vous entrerez ensuite avec votre adresse, <strong>{d.email}</strong>, et ce mot de passe.
      </p>
      <form method="post" className="stack">
        <input type="hidden" name="username" autoComplete="username" value={d.email} />
        <Field id="password" label="Mot de passe" help="Douze signes au moins : une courte phrase convient." error={actionData?.error}>
          {(aria) => <input {...aria} name="password" type="password" autoComplete="new-password" minLength={SHORTEST_PASSWORD} required />}
        </Field>
        <button className="button">Enregistrer et entrer</button>
      </form>
    </Page>
  );
}
