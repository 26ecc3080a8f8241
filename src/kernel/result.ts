/** An ordinary refusal is a value, never an exception: what a user may cause is returned, what should never happen is thrown. */
export type Result<T, E = Refusal> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A refusal that a person reads: a stable code for programs, a French sentence that says what to do next. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const refuse = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });
