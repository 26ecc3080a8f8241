/** The whole site on one page: each address and the room that answers it. One block per kind of person. */
import { index, layout, prefix, route, type RouteConfig } from '@react-router/dev/routes';

void index;
void prefix;
void layout;

export default [
  // account
  route('connexion', 'account/sign-in.tsx'),
  route('deconnexion', 'account/sign-out.tsx'),
  route('charte/accepter', 'account/accept-charter.tsx'),
  route('charte', 'account/charter.tsx'),
  route('mon-espace', 'account/my-space.tsx'),

  // visitor

  // centre

  // correspondent

  // committee

  // national

  route('*', 'account/not-found.tsx'),
] satisfies RouteConfig;
