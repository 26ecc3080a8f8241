/** What a person is told of a register file before and after it is written. */
import type { Refusal } from '../../../kernel/result.ts';
import type { ImportFault } from './parsing.ts';
import type { RowPlan } from './plan.ts';

export interface RegisterFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Day (ISO) from which what the file says is true. */
  readonly effectiveOn: string;
}

export interface ImportCounts {
  readonly created: number;
  readonly changed: number;
  readonly closed: number;
  readonly unchanged: number;
  /** Rows kept out by a fault. */
  readonly refused: number;
}

export interface ImportPreview {
  readonly fileName: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly fileHash: string;
  readonly format: 'csv' | 'xlsx' | 'ods';
  readonly effectiveOn: string;
  /** Rows that hold something, titles left out. */
  readonly rowCount: number;
  readonly counts: ImportCounts;
  readonly rows: readonly RowPlan[];
  readonly faults: readonly ImportFault[];
  /** Taken as they stand, to be looked at again. */
  readonly doubts: readonly ImportFault[];
  /** Titles that are read, in our words, and titles that are not understood. */
  readonly readColumns: readonly string[];
  readonly ignoredColumns: readonly string[];
}

export interface ImportOutcome {
  readonly fileName: string;
  readonly counts: ImportCounts;
  readonly faults: readonly ImportFault[];
}

/** A refusal of the whole file for its faults carries them. */
export interface FaultyFile extends Refusal {
  readonly faults: readonly ImportFault[];
}
