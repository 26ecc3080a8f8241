/** Measuring: closed loops of workers, quantiles, processor time of processes, medians of repetitions. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Load {
  readonly count: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

/** `workers` loops of `once`, without pause, for `seconds`. What began in time is counted. */
export async function load(workers: number, seconds: number, once: (worker: number, turn: number) => Promise<void>): Promise<Load> {
  const times: number[] = [];
  const begin = performance.now();
  const end = begin + seconds * 1000;
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (let turn = 0; performance.now() < end; turn++) {
        const started = performance.now();
        await once(worker, turn);
        times.push(performance.now() - started);
      }
    }),
  );
  const elapsed = (performance.now() - begin) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  return { count: times.length, perSecond: times.length / elapsed, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
}

/** Type 7 of a sorted list. */
export function quantile(sorted: readonly number[], p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values.toSorted((a, b) => a - b), 0.5);

/** Clock ticks per second of /proc on Linux. */
const TICKS = 100;

/** User and system time of a process so far, in milliseconds; 0 when it is gone. */
export function processorTime(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1000;
  } catch {
    return 0;
  }
}

/** Processor time of a process and its children, those that have ended and been waited for included. */
export function processorTimeOfTree(pid: number): number {
  const waited = (id: number): number => {
    try {
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      return ((Number(fields[13]) + Number(fields[14])) / TICKS) * 1000;
    } catch {
      return 0;
    }
  };
  return processorTime(pid) + waited(pid) + childrenOf(pid).reduce((sum, child) => sum + processorTime(child), 0);
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]) === pid ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

/** Memory that a process holds in RAM, in MB. */
export function residentMemory(pid: number): number {
  return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

export const round = (value: number, digits = 2): string => (Number.isFinite(value) ? value.toFixed(digits) : '–');

/** A Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [`| ${head.join(' | ')} |`, `|${head.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`, ...rows.map((r) => `| ${r.join(' | ')} |`)].join('\n');
