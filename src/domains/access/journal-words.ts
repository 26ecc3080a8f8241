/** The journal in French, for the structure that reads what is written about it. Pure. */

const WORDS: { readonly [action: string]: string } = {
  'response.read': 'a ouvert vos réponses', 'response.submit': 'a transmis les réponses', 'response.resubmit': 'a renvoyé les réponses corrigées', 'response.submit_for': 'a transmis pour le compte de la structure', 'response.take_back': 'a repris la saisie',
  'response.decline': 'a décliné la campagne', 'response.validate': 'a validé les réponses', 'response.review': 'a commencé à relire les réponses', 'response.request_correction': 'a demandé une correction',
  'response.reply': 'a répondu à une demande de correction', 'response.message': 'a écrit dans un échange', 'response.propose_exclusion': 'a proposé d’écarter les réponses', 'response.exclude': 'a écarté les réponses',
  'response.object': 's’est opposé à une décision', 'response.late_entry': 'a accordé une saisie tardive', 'response.ask_third_party': 'a demandé qu’un correspondant saisisse', 'response.withdraw_third_party': 'a retiré cette demande',
  'on_behalf.source': 'a saisi pour le compte de la structure', 'session.invite': 'a invité la structure à une session collective', 'participant.opt_in': 'a demandé à participer', 'finding.waive': 'a levé un signalement', 'value.agree': 'a tenu une valeur pour juste', 'value.dispute': 'a laissé une valeur en désaccord', 'mandate.end': 'a mis fin à un mandat', 'account.address': 'a changé l’adresse d’un compte',
  'part.give': 'a confié des rubriques par un lien', 'part.open': 'a ouvert un lien', 'part.revoke': 'a retiré un lien', 'managing_body.agent': 'a nommé le représentant du gestionnaire', 'managing_body.facts': 'a donné des valeurs pour toutes les structures du gestionnaire', 'hand.in_charge': 'a nommé la personne en charge', 'hand.substitute': 'a nommé la personne suppléante',
  'inquiry.ask': 'a posé une question', 'inquiry.answer': 'a répondu à une question', 'inquiry.relay': 'a relayé une question au comité technique, sans vous nommer', 'inquiry.interpret': 'a précisé l’aide d’une question', 'inquiry.reply': 'a répondu à une question relayée',
};

/** What was done, after the name of who did it. An act without words of its own is told by its code: nothing is hidden. */
export const actionWords = (action: string): string => WORDS[action] ?? `a agi (${action})`;

interface Line {
  readonly at: string;
  readonly name: string | null;
  readonly action: string;
  readonly purpose: string | null;
}
export interface JournalGroup extends Line {
  /** How many times in a row, on one day. */
  readonly times: number;
}

/** Lines of one day that follow each other and say the same become one with their number. `dayOf`: the day of an instant. */
export function groupedByDay(lines: readonly Line[], dayOf: (instant: string) => string): JournalGroup[] {
  const groups: JournalGroup[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last && last.name === line.name && last.action === line.action && last.purpose === line.purpose && dayOf(last.at) === dayOf(line.at)) groups[groups.length - 1] = { ...last, times: last.times + 1 };
    else groups.push({ at: line.at, name: line.name, action: line.action, purpose: line.purpose, times: 1 });
  }
  return groups;
}
