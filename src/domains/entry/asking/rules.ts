/** Decisions about inquiries, pure: who may ask, what a voice is called, what stands under a question. */
import { namedWithSide } from '../../access/index.ts';
import { type PhaseState, valuesReadable } from '../../campaign/index.ts';
import type { Refusal } from '../../../kernel/result.ts';
import type { Inquiry, InquiryMessage, LastWord } from './model.ts';
import type { Voice } from './steps.ts';

/** In characters, as in the database. */
export const LONGEST_MESSAGE = 2000;

/** Nothing, or why nothing may be said now: while answers are entered and controlled, as values are read. */
export const whyNotNow = (phase: PhaseState): Refusal | undefined =>
  valuesReadable(phase) ? undefined : { code: 'not_now', message: 'Les questions se posent pendant la saisie et le contrôle : pour la suite, écrivez à vos correspondants.' };

/** Nothing, or what is wrong with a text. `what` says what to write. */
export function whyNotText(text: string, what: string): Refusal | undefined {
  const length = text.trim().length;
  if (length === 0) return { code: 'message_needed', message: what };
  return length > LONGEST_MESSAGE ? { code: 'message_too_long', message: `${length} caractères : ${LONGEST_MESSAGE} au plus. Gardez l’essentiel.` } : undefined;
}

/** Who speaks, as people read it. The committee speaks as one: its members are not named. */
export const speaker = (message: { readonly author: string; readonly voice: Voice }): string =>
  message.voice === 'technical_committee' ? 'Comité technique national' : message.voice === 'structure' ? message.author : namedWithSide(message.author, message.voice);

/** The last message that the centre did not write, and that answers it: a relay is news, no answer. */
export const lastAnswer = (messages: readonly InquiryMessage[]): InquiryMessage | undefined => messages.findLast((m) => m.act === 'answer' || m.act === 'interpret' || m.act === 'reply');

/** By question, what stands under it: the last answer to the inquiry that moved last, or that it waits. */
export function lastWords(inquiries: readonly Inquiry[], dataYear: number): { readonly [key: string]: LastWord } {
  const latest = (i: Inquiry): string => i.messages.at(-1)!.at;
  const words: { [key: string]: LastWord } = {};
  for (const inquiry of inquiries.filter((i) => i.dataYear === dataYear).toSorted((a, b) => latest(a).localeCompare(latest(b)))) {
    const answer = inquiry.state === 'open' || inquiry.state === 'relayed' ? undefined : lastAnswer(inquiry.messages);
    const shown = answer ?? inquiry.messages.findLast((m) => m.act === 'ask')!;
    words[inquiry.key] = { inquiryId: inquiry.id, state: inquiry.state, who: answer ? speaker(answer) : null, body: shown.body, at: shown.at };
  }
  return words;
}
