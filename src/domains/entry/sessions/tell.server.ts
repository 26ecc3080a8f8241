/** What is asked in a session, and how its answer reaches every centre of it without the name of the one that asked. */
import { sql } from 'kysely';
import type { PhaseState } from '../../campaign/index.ts';
import { peopleOfStructure, queueLetter } from '../../notification/index.server.ts';
import type { StructureId } from '../../../kernel/identifier.ts';
import type { Refusal } from '../../../kernel/result.ts';
import type { Db } from '../../../platform/database.server.ts';
import { sessionOpen, sessionOver } from './rules.ts';

/** Nothing, or why this response may not ask in this session now. */
export async function whyNotInSession(tx: Db, sessionId: string, responseId: string, phase: PhaseState): Promise<Refusal | undefined> {
  const { rows } = await sql<{ closedAt: string | null }>`select g.closed_at as "closedAt" from entry.group_session g join entry.group_session_centre c on c.session_id = g.id
    where g.id = ${sessionId} and c.response_id = ${responseId} for share of g`.execute(tx);
  return rows[0] && sessionOpen(rows[0], phase) ? undefined : sessionOver;
}

export interface Told {
  readonly messageId: number;
  readonly sessionId: string;
  /** The centre that asked: it is answered by itself, and never named. */
  readonly askedBy: StructureId;
  readonly year: number;
  /** `C08. Stagiaires accueillis`. */
  readonly question: string;
  /** In words that name nobody. */
  readonly asked: string;
  readonly answer: string;
  readonly author: string;
}

/** Keeps the answer for the page of the session, and writes to its other centres. */
export async function tellSession(tx: Db, told: Told): Promise<void> {
  await sql`insert into entry.group_session_answer (message_id, asked) values (${told.messageId}, ${told.asked.trim()})`.execute(tx);
  const { rows } = await sql<{ structureId: StructureId; structure: string; title: string }>`select r.structure_id as "structureId", coalesce(s.name, '') as structure, g.title
    from entry.group_session_centre c join entry.group_session g on g.id = c.session_id join entry.response r on r.id = c.response_id
    left join registry.current_structure s on s.structure_id = r.structure_id
    where c.session_id = ${told.sessionId} and r.structure_id <> ${told.askedBy} order by s.name`.execute(tx);
  for (const centre of rows) {
    const values = { year: told.year, structure: centre.structure, title: centre.title, question: told.question, asked: told.asked.trim(), message: told.answer.trim(), author: told.author };
    // oxlint-disable-next-line no-await-in-loop -- the centres of one meeting
    await queueLetter(tx, { name: 'session-answered', topic: 'session_answer', values, structureId: centre.structureId, campaignYear: told.year }, await peopleOfStructure(tx, centre.structureId));
  }
}
