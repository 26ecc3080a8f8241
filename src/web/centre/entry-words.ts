/** What a page says of the time left, of what was just sent and of what can no longer change: pure. */
import { acceptsEntry, type PhaseState } from '../../domains/campaign/index.ts';
import type { ResponseState } from '../../domains/entry/index.ts';
import { formatDate } from '../../kernel/french-date.ts';

interface Moment {
  readonly phase: PhaseState;
  /** Last day of entry (ISO), extension included. */
  readonly closesOn: string | null;
  /** Day in Paris (ISO). */
  readonly today: string;
}

const over = (m: Moment): boolean => m.closesOn !== null && m.today > m.closesOn;

/** How long a response may still be entered; asked only of one that may. */
export function timeLeft(m: Moment): string {
  if (!acceptsEntry(m.phase)) return 'Saisie tardive, convenue avec vos correspondants : transmettez dès que vous avez fini.';
  if (m.closesOn === null) return 'La saisie est ouverte.';
  return over(m)
    ? `La date de fin de saisie, le ${formatDate(m.closesOn)}, est passée : transmettez au plus vite, avant que vos correspondants ne commencent le contrôle.`
    : `La saisie est ouverte jusqu’au ${formatDate(m.closesOn)}.`;
}

/** What was just sent, and what comes next; undefined for an act or a state that announces nothing. */
export function sentWords(act: string | null, r: Moment & { readonly state: ResponseState }): { readonly title: string; readonly next: string } | undefined {
  if (act === 'transmises' && r.state === 'submitted')
    return {
      title: 'Vos réponses sont transmises',
      next: `Vos deux correspondants les liront pendant le contrôle. S’ils ont une question, vous la recevrez dans vos messages.${acceptsEntry(r.phase) ? ' Tant que la saisie est ouverte, vous pouvez encore reprendre vos réponses.' : ''}`,
    };
  if (act === 'renvoyees' && r.state === 'resubmitted')
    return { title: 'Vos réponses sont renvoyées', next: 'Vos correspondants lisent ce que vous avez corrigé, confirmé ou contesté. Ils valident, ou vous écrivent de nouveau : vous le saurez dans vos messages.' };
  if (act === 'transmises-pour' && r.state === 'submitted_by_third_party')
    return { title: 'Les réponses sont transmises pour la structure', next: 'La structure en est prévenue : elle relit chaque valeur saisie pour elle, puis confirme. Son silence ne vaut pas accord.' };
  if (act === 'declinees' && r.state === 'declined')
    return { title: 'Votre choix est noté', next: 'Vous ne recevrez plus de rappel pour cette campagne. Vous pouvez changer d’avis tant que la saisie est ouverte.' };
  return undefined;
}

/** Why a response can only be read. */
export function readOnlyWords(state: ResponseState): string {
  switch (state) {
    case 'frozen':
      return 'Ces réponses sont définitives : leur territoire est gelé pour cette campagne. Vous pouvez les lire.';
    case 'validated':
      return 'Ces réponses sont validées. Pour y revenir, écrivez à vos correspondants.';
    case 'excluded':
      return 'Ces réponses sont écartées de la campagne : vous pouvez les lire.';
    case 'declined':
      return 'La structure a choisi de ne pas répondre à cette campagne : ce qui était saisi reste à lire.';
    case 'non_respondent':
      return 'La saisie est close. Une saisie tardive se demande à vos correspondants.';
    case 'not_started':
      return 'La saisie n’est pas ouverte : vous pouvez lire les questions.';
    default:
      return 'Ces réponses sont transmises : vos correspondants les lisent, vous pouvez les relire.';
  }
}
