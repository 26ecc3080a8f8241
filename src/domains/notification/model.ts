/** What is sent to whom. A message is a letter already written: nothing is filled in when it leaves. */
import type { AccountId, StructureId } from '../../kernel/identifier.ts';

export type Topic =
  | 'invitation'
  | 'designation'
  | 'shared_facts'
  | 'mailbox'
  | 'reminder'
  | 'extension'
  | 'review_opened'
  | 'correction_request'
  | 'correction_reply'
  | 'resubmission'
  | 'validation'
  | 'objection'
  | 'exclusion'
  | 'freeze_signature'
  | 'freeze'
  | 'reopening'
  | 'on_behalf'
  | 'on_behalf_entered'
  | 'disputed_value'
  | 'question'
  | 'question_answer'
  | 'question_relayed'
  | 'session'
  | 'session_answer';

export interface Recipient {
  readonly accountId: AccountId | null;
  readonly email: string;
  readonly displayName: string;
}

export interface OutgoingMessage {
  readonly recipient: Recipient;
  readonly subject: string;
  readonly body: string;
  readonly topic: Topic;
  readonly structureId?: StructureId | string;
  readonly campaignYear?: number;
  /** An address that opens something by itself: the last line of the mail, forgotten once it has left, never shown in the application. */
  readonly secret?: string;
}

/** A message as its recipient reads it in the application. */
export interface ReceivedMessage {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  readonly topic: string;
  readonly structureId: string | null;
  readonly campaignYear: number | null;
  readonly createdAt: string;
  readonly readAt: string | null;
  readonly sentAt: string | null;
}
