/** The managing bodies for which one gives facts; a person who has one is led there. */
import { redirect } from 'react-router';
import type { Route } from './+types/bodies';
import { bodiesOf } from '../../domains/access/index.ts';
import { managingBodyName } from '../../domains/entry/index.server.ts';
import { refusal, requireActor, services } from '../request-context.ts';
import { Page } from '../ui/page.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Gestionnaire · SENACS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const bodies = bodiesOf(requireActor(context, request));
  if (bodies.length === 0) throw refusal('Vous ne représentez aucun gestionnaire : un correspondant de l’une de ses structures peut vous nommer.', 403);
  if (bodies.length === 1) throw redirect(`/gestionnaire/${bodies[0]}`);
  const { db } = services(context);
  return { bodies: await Promise.all(bodies.map(async (id) => ({ id, name: (await managingBodyName(db, id)) ?? '' }))) };
}

export default function Bodies({ loaderData: d }: Route.ComponentProps) {
  return (
    <Page title="Gestionnaires" lead="Pour chacun, vous donnez une fois ce qui vaut pour toutes ses structures.">
      <ul>
        {d.bodies.map((b) => (
          <li key={b.id}>
            <a href={`/gestionnaire/${b.id}`}>{b.name}</a>
          </li>
        ))}
      </ul>
    </Page>
  );
}
