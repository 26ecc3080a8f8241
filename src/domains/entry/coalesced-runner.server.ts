/**
 * Saves that arrive together share their statements. A save costs mostly the journey: a socket write, a wake-up, a plan, a commit. While some
 * statements of a kind are on their way, the next calls of that kind wait and leave together as one: their values as arrays, the same text once per
 * row. Those that arrive in one turn of the event loop leave together; a call alone leaves as it is. All the calls of a batch are committed together, and each is acknowledged after that commit.
 */
import type { Runner } from './statement-runner.server.ts';

/** PostgreSQL types of the parameters of a statement, in order. */
export type ParameterTypes = { readonly [name: string]: readonly string[] };

/** Statements of one kind on their way at the same time. */
const LANES = 2;
const MOST = 64;

interface Waiting {
  readonly values: readonly unknown[];
  readonly resolve: (rows: never[]) => void;
  readonly reject: (error: unknown) => void;
}
interface Lane {
  readonly waiting: Waiting[];
  running: number;
  /** Leaves once what has arrived in this turn of the loop is here. */
  scheduled: boolean;
}

/** `types` names the statements that may be shared; the others pass as they are. */
export function coalescedRunner(runner: Runner, types: ParameterTypes): Runner {
  const lanes = new Map<string, Lane>();
  return {
    db: runner.db,
    run: <R>(name: string, text: string, values: readonly unknown[]): Promise<R[]> => {
      const parameters = types[name];
      if (!parameters) return runner.run<R>(name, text, values);
      const lane = lanes.get(name) ?? lanes.set(name, { waiting: [], running: 0, scheduled: false }).get(name)!;
      return new Promise<R[]>((resolve, reject) => {
        lane.waiting.push({ values, resolve: resolve as Waiting['resolve'], reject });
        if (lane.scheduled) return;
        lane.scheduled = true;
        setImmediate(() => {
          lane.scheduled = false;
          leave(runner, lane, name, text, parameters);
        });
      });
    },
  };
}

function leave(runner: Runner, lane: Lane, name: string, text: string, types: readonly string[]): void {
  while (lane.running < LANES && lane.waiting.length > 0) {
    const batch = lane.waiting.splice(0, MOST);
    lane.running++;
    void together(runner, batch, name, text, types).finally(() => {
      lane.running--;
      leave(runner, lane, name, text, types);
    });
  }
}

async function together(runner: Runner, batch: readonly Waiting[], name: string, text: string, types: readonly string[]): Promise<void> {
  if (batch.length === 1) return alone(runner, batch[0]!, name, text);
  // Always in the same order: two batches that touch the same rows never wait for each other in a circle.
  const ordered = batch.toSorted((a, b) => (String(a.values[0]) < String(b.values[0]) ? -1 : 1));
  let rows: { batch_row: number }[];
  try {
    rows = await runner.run(`${name}_together`, sharedText(name, text, types), types.map((_, i) => arrayLiteral(ordered.map((w) => w.values[i]))));
  } catch {
    // One of them is at fault (a save already received), or the connection is: each finds out for itself. The batch left nothing behind, or is found in its receipts.
    await Promise.all(ordered.map((waiting) => alone(runner, waiting, name, text)));
    return;
  }
  const answers = ordered.map((): never[] => []);
  for (const { batch_row, ...row } of rows) answers[batch_row - 1]!.push(row as never);
  ordered.forEach((waiting, i) => waiting.resolve(answers[i]!));
}

const alone = (runner: Runner, { values, resolve, reject }: Waiting, name: string, text: string): Promise<void> => runner.run<never>(name, text, values).then(resolve, reject);

const texts = new Map<string, string>();

/** The statement once per row of its parameters. `offset 0` keeps it one lookup per row, whatever the planner thinks of the number of rows. */
function sharedText(name: string, text: string, types: readonly string[]): string {
  const known = texts.get(name);
  if (known) return known;
  const inner = text.replaceAll(/\$(\d+)(::\w+)?/g, 'batch.p$1');
  const shared = `select batch.batch_row::int, one.* from unnest(${types.map((type, i) => `$${i + 1}::${type}[]`).join(', ')})
    with ordinality as batch(${types.map((_, i) => `p${i + 1}`).join(', ')}, batch_row), lateral (${inner} offset 0) one`;
  texts.set(name, shared);
  return shared;
}

/** An array as PostgreSQL writes it, the same for every driver. */
function arrayLiteral(values: readonly unknown[]): string {
  return `{${values.map((v) => (v === null || v === undefined ? 'NULL' : `"${String(v).replaceAll(/["\\]/g, '\\$&')}"`)).join(',')}}`;
}
