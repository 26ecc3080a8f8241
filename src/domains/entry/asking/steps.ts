/** What may be said in an inquiry when, and what state it leaves: the same table stands in the database (`entry.inquiry_step`), a test compares them. */
export const ACTS = ['ask', 'answer', 'relay', 'interpret', 'reply'] as const;
export type InquiryAct = (typeof ACTS)[number];
export type InquiryState = 'open' | 'answered' | 'relayed' | 'interpreted';
/** For whom a person speaks. */
export type Voice = 'structure' | 'caf' | 'federation' | 'technical_committee';

/** `new` exists only until the first message, in the same transaction. */
export const INQUIRY_STEPS: { readonly [from in InquiryState | 'new']: { readonly [act in InquiryAct]?: InquiryState } } = {
  new: { ask: 'open' },
  open: { ask: 'open', answer: 'answered', relay: 'relayed' },
  answered: { ask: 'open', answer: 'answered', relay: 'relayed' },
  relayed: { interpret: 'interpreted', reply: 'answered' },
  interpreted: { ask: 'open' },
};

export const stepFrom = (state: InquiryState | 'new', act: InquiryAct): InquiryState | undefined => INQUIRY_STEPS[state][act];

const CORRESPONDENT: readonly InquiryAct[] = ['answer', 'relay'];
const ACTS_OF: { readonly [voice in Voice]: readonly InquiryAct[] } = { structure: ['ask'], caf: CORRESPONDENT, federation: CORRESPONDENT, technical_committee: ['interpret', 'reply'] };

/** What a voice may do now. */
export const actsNow = (state: InquiryState, voice: Voice): InquiryAct[] => ACTS_OF[voice].filter((act) => stepFrom(state, act) !== undefined);
