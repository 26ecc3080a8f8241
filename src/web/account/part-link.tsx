/** The door of a link: what it opens, a name the first time, and a button. Opening the address changes nothing, for mail programs open links too. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/part-link';
import { linkIsOver, LONGEST_NAME, SHORTEST_NAME } from '../../domains/access/index.ts';
import { findPart, openPart } from '../../domains/access/index.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { readForm } from '../form-values.ts';
import { currentActor, refusal, services } from '../request-context.ts';
import { sessionCookie } from '../session-cookie.server.ts';
import { Field, Notice, Page } from '../ui/page.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Votre part des réponses · SENACS' }, { name: 'robots', content: 'noindex' }];
export const headers: Route.HeadersFunction = () => ({ 'Cache-Control': 'no-store' });

export async function loader({ context, params }: Route.LoaderArgs) {
  const part = await findPart(services(context).db, params.token);
  if (!part) throw refusal(linkIsOver.message, 404);
  const { structureName, campaignYear, rubrics, lastDay, givenBy, name, accountId } = part;
  const actor = currentActor(context);
  return { structureName, campaignYear, rubrics, lastDay, givenBy, name, other: actor && actor.accountId !== accountId ? actor.displayName : null };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, publicUrl } = services(context);
  const opened = await openPart(db, params.token, String((await readForm(request)).get('nom') ?? ''));
  if (!opened.ok) return data({ error: opened.error.message }, { status: 422 });
  throw redirect('/ma-part', { headers: { 'Set-Cookie': sessionCookie(opened.value, publicUrl) } });
}

export default function PartLink({ loaderData: d, actionData }: Route.ComponentProps) {
  return (
    <Page narrow title="Votre part des réponses" lead={`${d.structureName}, campagne ${d.campaignYear}`}>
      {actionData?.error && (
        <Notice tone="bad" alert>
          <p>{actionData.error}</p>
        </Notice>
      )}
      <p>
        {d.givenBy} vous confie {d.rubrics.length > 1 ? `les rubriques ${d.rubrics.join(', ')}` : `la rubrique ${d.rubrics[0]}`} du questionnaire annuel de la structure, jusqu’au {formatDate(d.lastDay)}. Vous n’avez pas de compte à créer. Ce lien vaut pour vous : ne le transmettez pas.
      </p>
      {d.other && (
        <Notice tone="warn">
          <p>Ce navigateur est ouvert au nom de {d.other} : continuer ici ferme cette session.</p>
        </Notice>
      )}
      <form method="post" className="stack">
        {d.name === null ? (
          <Field id="nom" label="Votre prénom et votre nom" help="Chaque réponse que vous donnerez les portera : la direction et ses correspondants les verront.">
            {(aria) => <input {...aria} name="nom" autoComplete="name" minLength={SHORTEST_NAME} maxLength={LONGEST_NAME} required />}
          </Field>
        ) : (
          <p>
            Vous avez déjà ouvert ce lien : vous continuez sous le nom de <strong>{d.name}</strong>.
          </p>
        )}
        {d.name === null && (
          <p className="soft">
            En continuant, vous acceptez la <a href="/charte">charte d’utilisation des données</a> : vos réponses sont données de bonne foi, et ce que vous lisez ici reste entre vous et la structure.
          </p>
        )}
        <button className="button">{d.name === null ? 'Accepter la charte et continuer' : 'Continuer'}</button>
      </form>
    </Page>
  );
}
