/** A progress line for people: rewritten in place on a terminal, one line per step elsewhere. */
import { formatNumber } from '../kernel/french-number.ts';

export interface Step {
  readonly step: string;
  readonly done: number;
  readonly of: number;
}

export interface ProgressLine {
  readonly show: (step: Step) => void;
  /** Ends the line; what follows starts on a new one. */
  readonly end: () => void;
}

const WIDTH = 24;

export function progressLine(stream: { readonly isTTY?: boolean; readonly write: (text: string) => unknown } = process.stderr): ProgressLine {
  let last = '';
  let open = false;
  return {
    show: ({ step, done, of }) => {
      if (!stream.isTTY) {
        if (step !== last) stream.write(`  ${step}…\n`);
        last = step;
        return;
      }
      const part = of > 0 ? Math.min(1, done / of) : 0;
      const bar = '█'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '░');
      stream.write(`\r\u001b[2K  ${bar} ${step}${of > 1 ? ` (${formatNumber(done)} sur ${formatNumber(of)})` : ''}`);
      open = true;
      last = step;
    },
    end: () => {
      if (open) stream.write('\r\u001b[2K');
      open = false;
    },
  };
}
