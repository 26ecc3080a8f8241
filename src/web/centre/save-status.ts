/** What the page says, at all times, of what is saved and what is waiting. */
import type { Question } from '../../domains/questionnaire/index.ts';

export interface SaveStatus {
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
  readonly text: string;
  readonly signIn: boolean;
  /** Questions to go back to, after the text. */
  readonly questions: readonly Pick<Question, 'key' | 'code'>[];
}
export interface StatusFacts {
  readonly waiting: number;
  /** Sentences of the refusals. */
  readonly refused: readonly string[];
  /** Questions whose fields hold something that cannot be read, so that it is not saved. */
  readonly unread: readonly Pick<Question, 'key' | 'code'>[];
  readonly unreachable: boolean;
  readonly signedOut: boolean;
  /** What waits would outlive the page. */
  readonly safe: boolean;
  /** The page comes from the copy kept in the browser. */
  readonly offline: boolean;
  /** The browser keeps a copy to go on without the network. */
  readonly copied: boolean;
  /** Time of the last receipt, '' before the first. */
  readonly lastSaved: string;
  readonly conflicts: number;
}

const many = (n: number, one: string, more: string): string => `${n} ${n > 1 ? more : one}`;

export function statusOf(f: StatusFacts): SaveStatus {
  const say = (tone: SaveStatus['tone'], text: string, signIn = false, questions: SaveStatus['questions'] = []): SaveStatus => ({ tone, text, signIn, questions });
  const where = f.safe ? 'dans ce navigateur' : 'dans cette page seulement\u00a0: ne la fermez pas';
  if (f.signedOut) return say('bad', `Votre session est terminée. ${many(f.waiting, 'réponse attend', 'réponses attendent')} ${where}.`, true);
  if (f.refused.length > 0) return say('bad', `Une réponse n’a pas été enregistrée, elle n’est que sur cette page. ${f.refused[0]!}`);
  if (f.unread.length > 0) return say('bad', `${many(f.unread.length, 'réponse n’est pas enregistrée', 'réponses ne sont pas enregistrées')}\u00a0: corrigez`, false, f.unread);
  if (f.waiting > 0 && (f.unreachable || f.offline)) return say('warn', `En attente du réseau\u00a0: ${many(f.waiting, 'réponse gardée', 'réponses gardées')} ${where}`);
  if (f.waiting > 0) return say('plain', 'Enregistrement…');
  if (f.conflicts > 0) return say('warn', `${many(f.conflicts, 'question a deux réponses', 'questions ont deux réponses')}\u00a0: choisissez celle qui compte`);
  if (f.offline) return say('plain', 'Rien n’est en attente\u00a0: tout ce que vous aviez saisi est enregistré');
  return say('good', `${f.lastSaved === '' ? 'Tout est enregistré' : `Enregistré à ${f.lastSaved}`}${f.copied ? ' · utilisable sans le réseau' : ''}`);
}
