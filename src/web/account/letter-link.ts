/** Where a letter leads: the page on which one does what it asks. Pure. */
import type { ReceivedMessage } from '../../domains/notification/index.ts';

export interface Places {
  /** Responses of the person's own structures. */
  readonly responses: readonly { readonly structureId: string; readonly campaignYear: number; readonly responseId: string }[];
  /** Territories that the person follows as a correspondent. */
  readonly followed: readonly string[];
}

export interface LetterLink {
  readonly to: string;
  readonly label: string;
}

const QUESTION_TOPICS: readonly string[] = ['question', 'question_answer'];

/** Undefined for a letter that speaks of no campaign, or of a place that the person has left. */
export function letterLink(m: Pick<ReceivedMessage, 'topic' | 'structureId' | 'campaignYear'>, places: Places): LetterLink | undefined {
  if (m.campaignYear === null) return undefined;
  if (m.topic === 'question_relayed') return { to: '/national/precisions', label: 'Répondre à la question' };
  const own = places.responses.find((r) => r.structureId === m.structureId && r.campaignYear === m.campaignYear);
  if (own) {
    const asked = m.topic === 'correction_request' || m.topic === 'correction_reply';
    if (m.topic === 'question_answer') return { to: `/centre/${own.responseId}/questions`, label: 'Voir l’échange' };
    if (m.topic === 'session' || m.topic === 'session_answer') return { to: `/centre/${own.responseId}/sessions`, label: 'Voir la session' };
    if (m.topic === 'on_behalf_entered') return { to: `/centre/${own.responseId}/transmettre#relire`, label: 'Relire ces valeurs' };
    if (m.topic === 'shared_facts') return { to: `/centre/${own.responseId}/transmettre#undecided`, label: 'Relire ces valeurs' };
    return asked ? { to: `/centre/${own.responseId}/corrections`, label: 'Voir les demandes' } : { to: `/centre/${own.responseId}`, label: 'Ouvrir mes réponses' };
  }
  const [territory, another] = places.followed;
  if (territory === undefined) return undefined;
  if (another !== undefined) return { to: `/suivi?annee=${m.campaignYear}`, label: 'Ouvrir le suivi' };
  const follow = `/suivi/${territory}/${m.campaignYear}`;
  if (QUESTION_TOPICS.includes(m.topic)) return { to: `${follow}/questions`, label: 'Voir les questions' };
  if (m.structureId) return { to: `${follow}?voir=${m.structureId}#apercu`, label: 'Voir la structure' };
  return m.topic === 'freeze_signature' || m.topic === 'freeze' || m.topic === 'reopening' ? { to: `${follow}/gel`, label: 'Gel et signatures' } : { to: follow, label: 'Ouvrir le suivi' };
}
