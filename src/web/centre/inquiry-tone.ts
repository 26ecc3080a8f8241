import type { InquiryState } from '../../domains/entry/index.ts';
import type { Tone } from '../ui/page.tsx';

/** Colour of the state of an inquiry, which only repeats its words. */
export const inquiryTone = (state: InquiryState): Tone => (state === 'open' ? 'warn' : state === 'relayed' ? 'accent' : 'good');
