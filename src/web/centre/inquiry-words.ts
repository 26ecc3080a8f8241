/** How an inquiry is shown, to whoever reads it. */
import { ACT_LABELS, type Inquiry, type InquiryState, speaker, type Voice } from '../../domains/entry/index.ts';
import type { Tone } from '../ui/page.tsx';
import type { Said } from '../ui/thread.tsx';
import { dayOf } from './asked-note.tsx';

/** Colour of the state of an inquiry, which only repeats its words. */
export const inquiryTone = (state: InquiryState): Tone => (state === 'open' ? 'warn' : state === 'relayed' ? 'accent' : 'good');

/** Its messages, for one of the structure or for those who answer it. */
export const saidIn = (messages: Inquiry['messages'], reader: Voice): readonly Said[] =>
  messages.map((m) => ({ who: `${speaker(m)} ${ACT_LABELS[m.act]}`, on: dayOf(m.at), body: m.body, own: (m.voice === 'structure') === (reader === 'structure') }));
