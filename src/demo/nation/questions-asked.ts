/** What a correspondent asks of a response that holds a mistake: only of the values where the mistake can be seen. Pure. */
import { type Answer, type Answers, numberOf } from '../../domains/questionnaire/index.ts';
import type { Mistake } from './mistakes.ts';

export interface Asked {
  readonly keys: readonly string[];
  readonly message: string;
}

interface Hint {
  readonly among: readonly string[];
  readonly shows: (now: Answer, before: Answer | undefined, ratio: number | undefined) => boolean;
  readonly message: string;
}

const value = (answer: Answer | undefined): string | undefined => (answer?.state === 'value' ? JSON.stringify(answer.value) : undefined);
const nothing = (answer: Answer): boolean => answer.state === 'value' && !/[1-9]/.test(JSON.stringify(answer.value));

const HINTS: { readonly [mistake in Mistake]?: Hint } = {
  thousand_euros: {
    among: ['expenses_total', 'income_total'], shows: (_, __, ratio) => ratio !== undefined && ratio < 0.02,
    message: 'Les montants semblent saisis en milliers d’euros : pouvez-vous les reprendre en euros ?',
  },
  factor_ten: {
    among: ['reception_visits', 'volunteer_hours_activities', 'partners_count'], shows: (_, __, ratio) => ratio !== undefined && ratio > 7,
    message: 'Ce nombre est environ dix fois celui de l’an passé. Est-ce un zéro de trop, ou l’activité a-t-elle changé ?',
  },
  same_as_previous: {
    among: ['unique_users', 'expenses_total'], shows: (now, before) => value(now) !== undefined && value(now) === value(before),
    message: 'Beaucoup de réponses sont celles de l’an passé. Pouvez-vous confirmer celles de cette année ?',
  },
  empty_participation: {
    among: ['participation_bodies', 'coconstructed_projects'], shows: (now, before) => nothing(now) && before?.state === 'value' && !nothing(before),
    message: 'Aucune participation des habitants n’est déclarée, alors que l’an passé en comptait. Est-ce bien le cas ?',
  },
};
const ANY: Asked = { keys: ['partners_count'], message: 'Le nombre de partenaires surprend au regard de votre territoire : comment l’avez-vous compté ?' };

/** `previous`: the answers of the year before. Without a value that shows the mistake, a question that suits any response. */
export function questionsAsked(mistake: Mistake | null, answers: Answers, previous: Answers): Asked {
  const hint = mistake ? HINTS[mistake] : undefined;
  const keys = (hint?.among ?? []).filter((key) => {
    const now = answers[key];
    const [number, before] = [numberOf(answers, key), numberOf(previous, key)];
    return now !== undefined && hint!.shows(now, previous[key], number !== undefined && before ? number / before : undefined);
  });
  return hint && keys.length > 0 ? { keys, message: hint.message } : ANY;
}
