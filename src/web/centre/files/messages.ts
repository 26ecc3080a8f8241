/** What the page and the worker that reads the files say to each other, in one browser. */
import type { Choices, Derived, FileGuides, FileKind, KeptChoice, Scope } from '../../../domains/proposal/index.ts';

export type ToReader =
  | { readonly act: 'open'; readonly kind: FileKind; readonly files: readonly File[]; readonly guides: FileGuides; readonly scope: Scope; readonly kept: readonly KeptChoice[] }
  | { readonly act: 'choose'; readonly kind: FileKind; readonly choices: Choices };

export type FromReader =
  | { readonly told: 'read'; readonly kind: FileKind; readonly derived: Derived; readonly choices: Choices }
  | { readonly told: 'refused'; readonly kind: FileKind; readonly message: string };
