/** Collective sessions (R50): what may be opened, who may do what in one, when it is over. Pure. */
import { acceptsEntry, type PhaseState } from '../../campaign/index.ts';
import { isIsoDate } from '../../../kernel/french-date.ts';
import { ok, refuse, type Refusal, type Result } from '../../../kernel/result.ts';
import type { ResponseState } from '../model.ts';

/** In characters, as in the database. */
export const LONGEST_TITLE = 120;

const no = (code: string, message: string): Refusal => ({ code, message });
export const sessionOver = no('session_over', 'Cette session est close : posez votre question depuis le formulaire, elle ira à vos correspondants.');
export const onlyOpener = no('only_opener', 'Seule la personne qui a ouvert la session la clôt. Sans cela, elle se clôt à la fin de la saisie.');

/** A session is open until its opener closes it, or until entry ends in its territory. */
export const sessionOpen = (session: { readonly closedAt: string | null }, phase: PhaseState): boolean => session.closedAt === null && acceptsEntry(phase);

/** A centre may be invited while it is entering, or may begin. */
export const mayBeInvited = (state: ResponseState): boolean => state === 'not_started' || state === 'in_progress';

export interface SessionRequest {
  readonly title: string;
  /** ISO day. */
  readonly heldOn: string;
}

/** What a form says of a session, or what is wrong. `today`: ISO day in Paris. */
export function readSession(given: SessionRequest, phase: PhaseState, today: string): Result<SessionRequest> {
  if (!acceptsEntry(phase)) return refuse(no('session_not_now', 'La saisie n’est pas ouverte dans ce territoire : une session collective s’ouvre pendant la saisie.'));
  const title = given.title.trim();
  if (title.length < 3) return refuse(no('session_title', 'Donnez un titre à la session : « Session d’Arras », « Nouveaux directeurs ».'));
  if (title.length > LONGEST_TITLE) return refuse(no('session_title', `${title.length} caractères : ${LONGEST_TITLE} au plus pour le titre.`));
  if (!isIsoDate(given.heldOn)) return refuse(no('session_day', 'Donnez le jour de la session.'));
  if (given.heldOn < today) return refuse(no('session_day', 'Ce jour est passé : choisissez aujourd’hui ou un jour à venir.'));
  return ok({ title, heldOn: given.heldOn });
}

/** Nothing, or why these centres cannot be invited. `candidates`: responses that may be, of the session's territory. */
export function whyNotInvite(chosen: readonly string[], candidates: ReadonlySet<string>): Refusal | undefined {
  if (chosen.length === 0) return no('session_without_centre', 'Choisissez au moins une structure à inviter.');
  return chosen.every((id) => candidates.has(id)) ? undefined : no('session_other_centre', 'Une de ces structures n’est plus en saisie dans ce territoire, ou est déjà invitée : rechargez la page et choisissez à nouveau.');
}
