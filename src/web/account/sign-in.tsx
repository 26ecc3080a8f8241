/** Signing in: by address and password; in demonstration, one click takes a persona. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/sign-in';
import { findActor, listPersonas, signIn, signInAsPersona } from '../../domains/access/index.server.ts';
import { readForm } from '../form-values.ts';
import { homeOf } from '../navigation.ts';
import { services } from '../request-context.ts';
import { sessionCookie } from '../session-cookie.server.ts';
import { Field, Notice, Page } from '../ui/page.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Se connecter · SENACS' }];

/** Only an address of this site, so that a link cannot lead elsewhere after signing in. */
const safeReturn = (value: string | null): string | null => (value && /^\/(?![/\\])/.test(value) ? value : null);

export async function loader({ context, request }: Route.LoaderArgs) {
  const { db, demonstration } = services(context);
  return { personas: demonstration ? await listPersonas(db) : [], back: safeReturn(new URL(request.url).searchParams.get('retour')) };
}

/** How a program is told to come back later (RFC 6585, section 4; RFC 9110, 10.2.3), in seconds; any other refusal is of what was typed. */
const REFUSED: { readonly [code: string]: { readonly status: number; readonly retryAfter: number } } = { too_many_attempts: { status: 429, retryAfter: 900 }, door_is_busy: { status: 503, retryAfter: 60 } };

export async function action({ context, request }: Route.ActionArgs) {
  const { db, publicUrl } = services(context);
  const form = await readForm(request);
  const persona = form.get('persona');
  const email = String(form.get('email') ?? '');
  const result = typeof persona === 'string' ? await signInAsPersona(db, persona) : await signIn(db, email, String(form.get('password') ?? ''));
  if (!result.ok) {
    const { status, retryAfter } = REFUSED[result.error.code] ?? { status: 422, retryAfter: undefined };
    return data({ error: result.error.message, email }, { status, ...(retryAfter === undefined ? {} : { headers: { 'Retry-After': String(retryAfter) } }) });
  }
  const actor = await findActor(db, result.value);
  const to = safeReturn(String(form.get('back') ?? '')) ?? (actor ? homeOf(actor) : '/mon-espace');
  throw redirect(to, { headers: { 'Set-Cookie': sessionCookie(result.value, publicUrl) } });
}

export default function SignIn({ loaderData, actionData }: Route.ComponentProps) {
  const { personas, back } = loaderData;
  return (
    <Page title="Se connecter" narrow={personas.length === 0}>
      {back && !actionData?.error && (
        <Notice status>
          <p>La page que vous demandez est réservée aux personnes connectées, ou votre session a pris fin. Connectez-vous&nbsp;: elle s’ouvrira ensuite.</p>
        </Notice>
      )}
      {actionData?.error && (
        <Notice tone="bad" alert>
          <p>{actionData.error}</p>
        </Notice>
      )}
      {personas.length > 0 && (
        <section className="section" aria-labelledby="personnes">
          <h2 id="personnes">Entrer comme…</h2>
          <p className="soft">Base de démonstration : choisissez une personne, un clic suffit.</p>
          <form method="post">
            <input type="hidden" name="back" value={back ?? ''} />
            <ul className="cards">
              {personas.map((p) => (
                <li key={p.persona}>
                  <button className="card-link" name="persona" value={p.persona}>
                    <strong>{p.displayName}</strong>
                    {p.line}
                  </button>
                </li>
              ))}
            </ul>
          </form>
        </section>
      )}
      <section className="section" aria-labelledby="compte">
        <h2 id="compte">Avec votre compte</h2>
        <form method="post" className="stack">
          <input type="hidden" name="back" value={back ?? ''} />
          <Field id="email" label="Adresse électronique">
            {(aria) => <input {...aria} name="email" type="email" autoComplete="username" required defaultValue={actionData?.email ?? ''} />}
          </Field>
          <Field id="password" label="Mot de passe">
            {(aria) => <input {...aria} name="password" type="password" autoComplete="current-password" required />}
          </Field>
          <button className="button">Se connecter</button>
        </form>
      </section>
    </Page>
  );
}
