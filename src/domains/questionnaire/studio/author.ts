/** Who works in the studio, as this domain sees it: an account, and whether it may do an act. The rules themselves are those of access. */
import type { Refusal } from '../../../kernel/result.ts';

export type StudioAct =
  /** Writing: `territories` whose local modules are touched, null for the core and the themes. `withdraw`: only taking a local module out. */
  | { readonly kind: 'write'; readonly territories: readonly (string | null)[]; readonly withdraw: boolean }
  | { readonly kind: 'start' | 'propose' | 'reopen' | 'validate' | 'answer_proposals' | 'publish_interpretation' }
  | { readonly kind: 'propose_module' | 'validate_module' | 'return_module'; readonly territory: string; /** Accounts that wrote in the module since its committee last saw it. */ readonly writers: readonly string[] };

export interface Author {
  readonly accountId: string;
  /** The refusal, or undefined when the act is allowed. */
  readonly refusal: (act: StudioAct) => Refusal | undefined;
}
