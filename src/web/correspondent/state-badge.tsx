/** State of a response or of a phase, in words; the tone repeats them. */
import { stateLabel as campaignStateLabel, type CampaignState } from '../../domains/campaign/index.ts';
import { type ResponseState, stateLabel } from '../../domains/entry/index.ts';
import { Badge, type Tone } from '../ui/page.tsx';

const RESPONSE_TONES: { readonly [state in ResponseState]?: Tone } = {
  submitted: 'accent', under_review: 'accent', resubmitted: 'accent', correction_requested: 'warn', submitted_by_third_party: 'warn', validated: 'good', frozen: 'good',
};

export const ResponseBadge = (props: { state: ResponseState | null }) =>
  props.state ? <Badge tone={RESPONSE_TONES[props.state]}>{stateLabel(props.state)}</Badge> : <Badge>Non sollicitée</Badge>;

const PHASE_TONES: { readonly [state in CampaignState]?: Tone } = { open: 'accent', closing: 'warn', control: 'accent', frozen: 'good', analysis: 'good', publication: 'good' };
export const PhaseBadge = (props: { state: CampaignState }) => <Badge tone={PHASE_TONES[props.state]}>{campaignStateLabel(props.state)}</Badge>;
