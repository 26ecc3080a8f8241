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
  route('messages', 'account/messages.tsx'),

  // visitor

  // centre

  // correspondent
  route('suivi', 'correspondent/territories.tsx'),
  route('suivi/:territory/:year', 'correspondent/territory.tsx'),
  route('suivi/:territory/:year/gel', 'correspondent/freeze.tsx'),
  route('suivi/:territory/:year/:responseId', 'correspondent/response.tsx'),

  // committee

  // national
  route('national/campagnes', 'national/campaigns.tsx'),
  route('national/campagnes/:year', 'national/campaign.tsx'),

  route('*', 'account/not-found.tsx'),
] satisfies RouteConfig;
