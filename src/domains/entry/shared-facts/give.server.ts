/** A managing body gives facts: each is written once, and kept beside the answer of every structure that receives it. */
import { sql } from 'kysely';
import { type Actor, bodiesOf } from '../../access/index.ts';
import { directionOf, writeJournal } from '../../access/index.server.ts';
import { queueLetter } from '../../notification/index.server.ts';
import { type Answer, type Answers, parseAnswer } from '../../questionnaire/index.ts';
import { loadVersion } from '../../questionnaire/index.server.ts';
import { newId, type ResponseId } from '../../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { type Db, inTransaction } from '../../../platform/database.server.ts';
import { noStructureInEntry, notYourBody, unknownQuestion } from '../errors.ts';
import { factsOfBody, latestCampaignOf, managingBodyName, structuresOfBody } from './queries.server.ts';
import { factsToBring, mayReceive, newFacts, type RunStructure, sharedQuestions, type StandingFact } from './rules.ts';

export interface Giving {
  readonly managingBodyId: string;
  /** By question key; undefined: left empty. A question that is absent is left alone. */
  readonly answers: ReadonlyMap<string, Answer | undefined>;
}
export interface Given {
  /** Facts written by this giving, those taken back included. */
  readonly facts: number;
  /** Structures that have something new to look at. */
  readonly structures: number;
}

/** Gives facts for the main data year of the latest campaign of the body's structures. The same facts given again reach the structures whose entry opened since, and change nothing else. */
export async function giveSharedFacts(db: Db, actor: Actor, giving: Giving): Promise<Result<Given>> {
  const { managingBodyId } = giving;
  if (!bodiesOf(actor).includes(managingBodyId)) return refuse(notYourBody);
  return inTransaction(db, async (tx): Promise<Result<Given>> => {
    // one giving of a body at a time
    await sql`select 1 from registry.managing_body where id = ${managingBodyId} for update`.execute(tx);
    const campaign = await latestCampaignOf(tx, managingBodyId);
    if (!campaign) return refuse(noStructureInEntry);
    // held while they are judged, so that none is sent between the judgement and the keeping
    await sql`select 1 from entry.response r join registry.current_structure s on s.structure_id = r.structure_id
      where s.managing_body_id = ${managingBodyId} and r.campaign_year = ${campaign.campaignYear} order by r.id for update of r`.execute(tx);
    const structures = await structuresOfBody(tx, managingBodyId, campaign.campaignYear);
    // told by the phases of the territories: what a structure has done of its own response is not the body's to know
    if (!structures.some(mayReceive)) return refuse(noStructureInEntry);
    const compiled = await loadVersion(tx, campaign.questionnaireYear);
    const { mainDataYear: dataYear } = compiled;
    const questions = new Map(sharedQuestions(compiled, structures, dataYear).map((q) => [q.key, q]));
    for (const [key, answer] of giving.answers) {
      const question = questions.get(key);
      if (!question) return refuse(unknownQuestion(key, dataYear));
      const parsed = parseAnswer(question, answer ?? null);
      if (!parsed.ok) return parsed;
    }
    const standing = await factsOfBody(tx, managingBodyId, campaign.campaignYear, dataYear);
    const fresh = newFacts(standing, giving.answers).map((fact) => ({ id: newId(), ...fact }));
    await sql`insert into entry.shared_fact (id, managing_body_id, campaign_year, data_year, question_key, answer, given_by)
      select f.id, ${managingBodyId}, ${campaign.campaignYear}, ${dataYear}, f.key, nullif(f.answer, 'null'::jsonb), ${actor.accountId}
      from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as f(id uuid, key text, answer jsonb)`.execute(tx);
    const changed = new Set(fresh.map((fact) => fact.key));
    const facts: StandingFact[] = [...standing.filter((fact) => !changed.has(fact.key)), ...fresh];
    const place = { managingBodyId, campaignYear: campaign.campaignYear, dataYear };
    await withdrawReplaced(tx, place, fresh);
    const reached: { readonly structure: RunStructure; readonly facts: readonly StandingFact[] }[] = [];
    for (const structure of structures) {
      // oxlint-disable-next-line no-await-in-loop -- the structures of one body, on one connection
      const { answers, brought } = await standingIn(tx, structure.responseId, dataYear);
      const toBring = factsToBring(compiled, structure, dataYear, facts, answers, brought);
      if (toBring.length > 0) reached.push({ structure, facts: toBring });
    }
    const body = (await managingBodyName(tx, managingBodyId))!;
    for (const { structure, facts: brought } of reached) {
      // oxlint-disable-next-line no-await-in-loop
      await bring(tx, actor, { structure, dataYear, campaignYear: campaign.campaignYear, body }, brought);
    }
    return ok({ facts: fresh.length, structures: reached.length });
  });
}

/** Facts that waited for a look and are given anew, or taken back, wait no more. */
async function withdrawReplaced(tx: Db, place: { readonly managingBodyId: string; readonly campaignYear: number; readonly dataYear: number }, fresh: readonly StandingFact[]): Promise<void> {
  await sql`update entry.answer_conflict k set settled_by = n.id, settled_at = now()
    from entry.shared_fact f, jsonb_to_recordset(${JSON.stringify(fresh.map(({ id, key }) => ({ id, key })))}::jsonb) as n(id uuid, key text)
    where f.id = k.shared_fact_id and f.managing_body_id = ${place.managingBodyId} and f.campaign_year = ${place.campaignYear} and f.data_year = ${place.dataYear}
      and f.question_key = n.key and k.settled_by is null`.execute(tx);
}

async function standingIn(tx: Db, responseId: ResponseId, dataYear: number): Promise<{ readonly answers: Answers; readonly brought: ReadonlySet<string> }> {
  const { rows } = await sql<{ answers: Answers; brought: string[] }>`
    select coalesce((select answers from entry.answer_sheet where response_id = ${responseId} and data_year = ${dataYear}), '{}') as answers,
      coalesce((select json_agg(shared_fact_id) from entry.answer_conflict where response_id = ${responseId} and shared_fact_id is not null), '[]') as brought`.execute(tx);
  return { answers: rows[0]!.answers, brought: new Set(rows[0]!.brought) };
}

interface Bringing {
  readonly structure: RunStructure;
  readonly dataYear: number;
  readonly campaignYear: number;
  readonly body: string;
}

async function bring(tx: Db, actor: Actor, { structure, dataYear, campaignYear, body }: Bringing, facts: readonly StandingFact[]): Promise<void> {
  const lines = facts.map((fact) => ({ save: newId(), fact: fact.id, key: fact.key, answer: fact.answer }));
  await sql`insert into entry.answer_conflict (save_id, response_id, data_year, question_key, answer, author_id, shared_fact_id)
    select l.save, ${structure.responseId}, ${dataYear}, l.key, l.answer, ${actor.accountId}, l.fact
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(save uuid, fact uuid, key text, answer jsonb)`.execute(tx);
  const { rows } = await sql<{ name: string }>`select name from registry.current_structure where structure_id = ${structure.structureId}`.execute(tx);
  const values = { body, structure: rows[0]?.name ?? '', count: facts.length === 1 ? 'une réponse' : `${facts.length} réponses` };
  const people = (await directionOf(tx, structure.structureId)).map((p) => ({ accountId: p.accountId, email: p.email, displayName: p.name }));
  await queueLetter(tx, { name: 'shared-facts', topic: 'shared_facts', structureId: structure.structureId, campaignYear, values }, people);
  await writeJournal(tx, { accountId: actor.accountId, action: 'managing_body.facts', purpose: body, structureId: structure.structureId, territoryCode: structure.territoryCode, campaignYear, detail: { keys: lines.map((l) => l.key) } });
}
