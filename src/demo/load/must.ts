import type { Refusal, Result } from '../../kernel/result.ts';

/** The value; a refusal here is a fault of the demonstration itself, named by what was attempted. */
export function must<T>(what: string, result: Result<T, Refusal & { readonly missing?: readonly string[] }>): T {
  if (result.ok) return result.value;
  throw new Error(`demonstration, ${what}: ${result.error.code} ${result.error.message} ${result.error.missing?.join(' ') ?? ''}`);
}
