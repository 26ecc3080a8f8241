/** Article 1.1: nobody goes further without having accepted the charter in force. */
import { redirect } from 'react-router';
import type { Route } from './+types/accept-charter';
import { acceptCharter } from '../../domains/access/index.server.ts';
import { homeOf } from '../navigation.ts';
import { currentActor, services } from '../request-context.ts';
import { Page } from '../ui/page.tsx';
import { CharterArticles } from './charter.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Accepter la charte · SENACS' }];

const backOf = (request: Request): string | null => {
  const back = new URL(request.url).searchParams.get('retour');
  return back && /^\/(?![/\\])/.test(back) ? back : null;
};

export function loader({ context, request }: Route.LoaderArgs) {
  const actor = currentActor(context);
  if (!actor) throw redirect('/connexion');
  if (actor.charterAccepted) throw redirect(backOf(request) ?? homeOf(actor));
  return null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const actor = currentActor(context);
  if (!actor) throw redirect('/connexion');
  await acceptCharter(services(context).db, actor.accountId);
  throw redirect(backOf(request) ?? homeOf(actor));
}

export default function AcceptCharter() {
  return (
    <Page title="Avant de commencer : la charte" lead="Lisez ces neuf points ; votre accord est daté et conservé. Vous pourrez les relire à tout moment en bas de chaque page." narrow>
      <CharterArticles />
      <form method="post">
        <button className="button">J’accepte la charte</button>
      </form>
    </Page>
  );
}
