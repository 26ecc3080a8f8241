/** Proposals from the field (R27): made by those who answer or follow, answered by the technical committee. */
import { sql } from 'kysely';
import { newId } from '../../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Db } from '../../../platform/database.server.ts';
import { findVersion } from '../store.server.ts';
import type { Author } from './author.ts';

export type ProposalState = 'open' | 'kept' | 'declined';
export interface Proposal {
  readonly id: string;
  readonly author: string;
  readonly madeAt: string;
  readonly origin: string;
  readonly year: number | null;
  readonly key: string | null;
  readonly wish: string;
  readonly state: ProposalState;
  readonly answer: string | null;
  readonly answeredAt: string | null;
}

const LONGEST = 2000;

/** `origin`: the structure or territory for which the person speaks, in words. */
export async function propose(db: Db, by: string, wanted: { readonly origin: string; readonly year: number | null; readonly key: string | null; readonly wish: string }): Promise<Result<{ readonly id: string }>> {
  const wish = wanted.wish.trim();
  if (wish === '' || wish.length > LONGEST) return refuse({ code: 'proposal_says_something', message: wish === '' ? 'Écrivez ce que vous proposez.' : `${wish.length} caractères : ${LONGEST} au plus.` });
  const version = wanted.year === null ? undefined : (await findVersion(db, wanted.year))?.version;
  const key = version?.questions.some((q) => q.key === wanted.key) ? wanted.key : null;
  const id = newId();
  await sql`insert into questionnaire.proposal (id, made_by, origin, year, question_key, wish) values (${id}, ${by}, ${wanted.origin}, ${version ? wanted.year : null}, ${key}, ${wish})`.execute(db);
  return ok({ id });
}

/** Newest first, the open ones before the others; those of one person when `by` is given. */
export async function proposals(db: Db, options: { readonly by?: string; readonly limit?: number } = {}): Promise<readonly Proposal[]> {
  const { rows } = await sql<Proposal>`
    select p.id, a.display_name as author, p.made_at as "madeAt", p.origin, p.year, p.question_key as key, p.wish, p.state, p.answer, p.answered_at as "answeredAt"
    from questionnaire.proposal p join access.account a on a.id = p.made_by
    where ${options.by ?? null}::uuid is null or p.made_by = ${options.by ?? null}::uuid
    order by p.state = 'open' desc, p.made_at desc limit ${options.limit ?? 200}`.execute(db);
  return rows;
}

export async function openProposalCount(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from questionnaire.proposal where state = 'open'`.execute(db);
  return rows[0]!.n;
}

/** Keeps or declines a proposal, with the words that its author will read. An answer is given once. */
export async function answerProposal(db: Db, author: Author, { id, state, answer }: { readonly id: string; readonly state: 'kept' | 'declined'; readonly answer: string }): Promise<Result<{ readonly id: string; readonly madeBy: string }>> {
  const refused = author.refusal({ kind: 'answer_proposals' });
  if (refused) return refuse(refused);
  if (!answer.trim()) return refuse({ code: 'answer_needed', message: 'Écrivez la réponse : la personne qui propose la lira.' });
  const { rows } = await sql<{ made_by: string }>`update questionnaire.proposal set state = ${state}, answer = ${answer.trim()}, answered_by = ${author.accountId}, answered_at = now() where id = ${id} and state = 'open' returning made_by`.execute(db);
  if (!rows[0]) return refuse({ code: 'already_answered', message: 'Cette proposition a déjà sa réponse : rechargez la page.' });
  return ok({ id, madeBy: rows[0].made_by });
}
