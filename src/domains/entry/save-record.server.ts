/** The second statement of a save: everything that it writes, in one commit, provided that what it was judged on still stands (`entry.record_save`). */
import type { ResponseId } from '../../kernel/identifier.ts';
import type { Answer } from '../questionnaire/index.ts';
import type { Role } from '../access/index.ts';
import type { PhaseState } from '../campaign/index.ts';
import type { FindingChange } from './judge.ts';
import type { AnswerSource, Completeness } from './model.ts';
import type { Runner } from './statement-runner.server.ts';

/** What is looked at again at the moment of writing, besides the revision of the response. */
export interface Witness {
  /** Hash of the session's token. */
  readonly token: string;
  /** The person's role in the structure. */
  readonly role: Role;
  readonly phase: PhaseState;
}

/** One save, as `entry.record_save` takes it. */
export interface SaveWrite {
  readonly response: ResponseId;
  /** The one that was judged. */
  readonly revision: number;
  readonly year: number;
  readonly author: string | null;
  readonly source: AnswerSource;
  readonly witness: Witness | null;
  readonly items: readonly { readonly save: string; readonly key: string; readonly answer: Answer | undefined; readonly previous: Answer | undefined }[];
  readonly answers: { readonly [key: string]: Answer };
  readonly removed: readonly string[] | null;
  /** null: unchanged. */
  readonly provenance: { readonly [key: string]: AnswerSource } | null;
  readonly starts: boolean;
  readonly required: number;
  readonly answered: number;
  readonly completeness: Completeness;
  readonly hard: number;
  readonly soft: number;
  readonly info: number;
  readonly findings: readonly FindingChange[] | null;
}

export interface Written {
  readonly revision: number;
  readonly at: string;
  readonly sequences: { readonly [saveId: string]: number };
}

const TEXT = `
select s.place, entry.record_save(s.response, s.revision, s.year, s.author, s.source, s.witness, s.items, s.answers, s.removed, s.provenance, s.starts,
  s.required, s.answered, s.completeness, s.hard, s.soft, s.info, s.findings) as written
from jsonb_to_recordset($1::jsonb) as s(place int, response uuid, revision bigint, year int, author uuid, source text, witness jsonb, items jsonb, answers jsonb,
  removed text[], provenance jsonb, starts boolean, required int, answered int, completeness text, hard int, soft int, info int, findings jsonb)`;

/** Writes them in one commit, all or none; null for one whose ground has moved since it was judged. */
export async function writeSaves(runner: Runner, writes: readonly SaveWrite[]): Promise<(Written | null)[]> {
  // Always in the same order: two groups that touch the same responses never wait for each other in a circle.
  const ordered = writes.map((write, place) => ({ place, ...write })).toSorted((a, b) => (a.response < b.response ? -1 : 1));
  const rows = await runner.run<{ place: number; written: Written | null }>('entry_save_record', TEXT, [JSON.stringify(ordered)]);
  const answers: (Written | null)[] = writes.map(() => null);
  for (const { place, written } of rows) answers[place] = written;
  return answers;
}

export const writeSave = async (runner: Runner, write: SaveWrite): Promise<Written | null> => (runner.shared ? runner.shared.write(write) : (await writeSaves(runner, [write]))[0]!);
