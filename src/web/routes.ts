/** The whole site on one page: each address and the room that answers it. One block per kind of person. */
import { index, layout, route, type RouteConfig, type RouteConfigEntry } from '@react-router/dev/routes';

/** Every address of the site. */
export const PAGES = [
  // account
  route('connexion', 'account/sign-in.tsx'),
  route('deconnexion', 'account/sign-out.tsx'),
  route('deconnexion/attente', 'account/sign-out-waiting.tsx'),
  route('charte/accepter', 'account/accept-charter.tsx'),
  route('charte', 'account/charter.tsx'),
  route('mon-espace', 'account/my-space.tsx'),
  route('messages', 'account/messages.tsx'),
  route('lien/:token', 'account/part-link.tsx'),
  route('invitation/:token', 'account/invitation.tsx'),

  // visitor
  index('visitor/home.tsx'),
  route('territoires', 'visitor/territories.tsx'),
  route('territoires/:code', 'visitor/territory.tsx'),
  route('territoires/:code/plaquette/:file', 'visitor/brochure-file.ts'),

  // centre
  route('centre', 'centre/home.tsx'),
  route('ma-part', 'centre/my-part.tsx'),
  route('hors-ligne', 'centre/offline.tsx'),
  route('centre/questionnaire/:year', 'centre/questionnaire-json.ts'),
  route('centre/structure/:structureId/:file', 'centre/all-answers-file.ts'),
  route('centre/:responseId', 'centre/overview.tsx'),
  route('centre/:responseId/reponses.pdf', 'centre/copy.ts'),
  route('centre/:responseId/tableur', 'centre/workbook.tsx'),
  route('centre/:responseId/tableur/:file', 'centre/workbook-file.ts'),
  route('centre/:responseId/transmettre', 'centre/submit.tsx'),
  route('centre/:responseId/corrections', 'centre/corrections.tsx'),
  route('centre/:responseId/questions', 'centre/questions.tsx'),
  route('centre/:responseId/acces', 'centre/accesses.tsx'),
  route('centre/:responseId/sessions', 'centre/sessions.tsx'),
  route('centre/:responseId/mains', 'centre/hands/hands.tsx'),
  route('questionnaire/:year/vierge.pdf', 'centre/blank-questionnaire.ts'),
  route('questionnaire/:year/dictionnaire.pdf', 'centre/codebook.ts'),
  route('centre/:responseId/copie.json', 'centre/copy-json.ts'),
  route('centre/:responseId/explication', 'centre/explanation.ts'),
  route('centre/:responseId/:dataYear/fichiers', 'centre/files/files.tsx'),
  route('centre/:responseId/classement', 'centre/files/keep-choices.ts'),
  route('centre/:responseId/:dataYear/historique/:key', 'centre/history.tsx'),
  route('centre/:responseId/:dataYear/:rubric', 'centre/rubric.tsx'),
  route('centre/:responseId/:dataYear/:rubric/pour-compte', 'centre/on-behalf/dense.tsx'),

  // managing body
  route('gestionnaire', 'managing-body/bodies.tsx'),
  route('gestionnaire/:bodyId', 'managing-body/facts.tsx'),

  // correspondent
  route('suivi', 'correspondent/territories.tsx'),
  route('suivi/:territory/:year', 'correspondent/territory.tsx'),
  route('suivi/:territory/:year/gel', 'correspondent/freeze.tsx'),
  route('suivi/:territory/:year/questions', 'correspondent/questions.tsx'),
  route('suivi/:territory/:year/sessions', 'correspondent/sessions.tsx'),
  route('suivi/:territory/:year/sessions/:sessionId', 'correspondent/session.tsx'),
  route('suivi/:territory/:year/:responseId', 'correspondent/response.tsx'),
  route('suivi/:territory/:year/:responseId/personnes', 'correspondent/people.tsx'),

  // committee
  route('comite', 'committee/committees.tsx'),
  route('comite/:territory/:year', 'committee/room.tsx'),
  route('comite/:territory/:year/plaquette', 'committee/brochure.tsx'),
  route('comite/:territory/:year/apercu.pdf', 'committee/preview.ts'),
  route('comite/:territory/:year/serie/:figure', 'committee/series.tsx'),
  route('comite/:territory/:year/tableaux', 'committee/tables.tsx'),
  route('comite/:territory/:year/tableaux.csv', 'committee/tables-file.ts'),

  // national
  route('national/repertoire', 'national/register-import.tsx'),
  route('national/repertoire/modele.csv', 'national/register-template.tsx'),
  route('repertoire/structure/:id', 'national/register-structure.tsx'),
  route('repertoire/:territory', 'national/register-territory.tsx'),
  route('national/campagnes', 'national/campaigns.tsx'),
  route('national/campagnes/:year', 'national/campaign.tsx'),

  // the studio of the questionnaire
  route('national/precisions', 'national/interpretations.tsx'),
  route('propositions', 'national/studio/proposals.tsx'),
  route('national/questionnaires', 'national/studio/versions.tsx'),
  route('national/questionnaires/historique/:key', 'national/studio/series.tsx'),
  route('national/questionnaires/:year', 'national/studio/version.tsx'),
  route('national/questionnaires/:year/nouvelle-question', 'national/studio/question.tsx', { id: 'new-question' }),
  route('national/questionnaires/:year/question/:key', 'national/studio/question.tsx'),
  route('national/questionnaires/:year/nouveau-controle', 'national/studio/rule.tsx', { id: 'new-rule' }),
  route('national/questionnaires/:year/controle/:id', 'national/studio/rule.tsx'),
  route('national/questionnaires/:year/modules', 'national/studio/modules.tsx'),
  route('national/questionnaires/:year/differences', 'national/studio/differences.tsx'),
  route('national/questionnaires/:year/apercu', 'national/studio/preview.tsx'),
  route('national/questionnaires/:year/apercu/cadre', 'national/studio/preview-frame.tsx'),
  route('national/questionnaires/:year/errata', 'national/studio/errata.tsx'),
  route('national/questionnaires/:year/journal', 'national/studio/change-log.tsx'),

  route('*', 'account/not-found.tsx'),
] satisfies RouteConfigEntry[];

export default [layout('frame.tsx', PAGES)] satisfies RouteConfig;
