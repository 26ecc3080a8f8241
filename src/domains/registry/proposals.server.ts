/** An answer that differs from the register proposes a change; a correspondent accepts it from a day on, or refuses it with a reason. */
import { sql } from 'kysely';
import { isIsoDate } from '../../kernel/french-date.ts';
import { newId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { communeCode } from '../../kernel/territory-code.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { addIdentifier, type Authored, recordApproval, recordStructureVersion } from './commands.server.ts';
import { notAFact, refusalNeedsReason, unknownProposal, wrongDate } from './errors.ts';
import { MAIN_APPROVAL } from './labels.ts';
import type { StructureFacts, StructureRecord } from './model.ts';
import { structureAt } from './queries.server.ts';
import { type Difference, FACT_OF_QUESTION, REGISTER_QUESTIONS } from './register-answers.ts';
import { approvalsOn, lastDayOf, mainApprovalOn } from './rules.ts';

export interface ProposedChange extends Difference {
  readonly structureId: string;
  readonly campaignYear: number;
  readonly dataYear: number;
}

/** Opens proposals, or rewrites the one still open on the same question. Questions that are not facts of the register are refused. */
export async function proposeChanges(db: Db, changes: readonly ProposedChange[]): Promise<Result<number>> {
  if (changes.some((c) => !REGISTER_QUESTIONS.includes(c.questionKey))) return refuse(notAFact);
  if (changes.length === 0) return ok(0);
  const rows = changes.map((c) => ({ ...c, id: newId() }));
  await sql`insert into registry.change_proposal (id, structure_id, campaign_year, data_year, question_key, register_value, proposed_value)
    select id, "structureId", "campaignYear", "dataYear", "questionKey", "registerValue", "proposedValue"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (id uuid, "structureId" uuid, "campaignYear" int, "dataYear" int, "questionKey" text, "registerValue" jsonb, "proposedValue" jsonb)
    on conflict (structure_id, question_key) where state = 'open' do update set campaign_year = excluded.campaign_year, data_year = excluded.data_year,
      register_value = excluded.register_value, proposed_value = excluded.proposed_value`.execute(db);
  return ok(rows.length);
}

/** The answer agrees with the register again: its open proposals on the questions given are withdrawn. */
export async function withdrawProposals(db: Db, structureId: string, questionKeys: readonly string[]): Promise<void> {
  await sql`update registry.change_proposal set state = 'withdrawn', decided_at = now()
    where state = 'open' and structure_id = ${structureId} and question_key in (select jsonb_array_elements_text(${JSON.stringify(questionKeys)}::jsonb))`.execute(db);
}

interface Open {
  readonly id: string;
  readonly structureId: string;
  readonly questionKey: string;
  readonly campaignYear: number;
  readonly dataYear: number;
  readonly value: unknown;
}

const openProposal = async (tx: Db, id: string): Promise<Open | undefined> =>
  (await sql<Open>`select id, structure_id as "structureId", question_key as "questionKey", campaign_year as "campaignYear", data_year as "dataYear", proposed_value as value
    from registry.change_proposal where id = ${id} and state = 'open' for update`.execute(tx)).rows[0];

/** Writes the proposed value into the register, true from `effectiveFrom` (ISO) on, and closes the proposal. */
export async function acceptProposal(db: Db, decision: { readonly proposalId: string; readonly effectiveFrom: string; readonly actorId: string }): Promise<Result<void>> {
  if (!isIsoDate(decision.effectiveFrom)) return refuse(wrongDate);
  return inTransaction(db, async (tx): Promise<Result<void>> => {
    const proposal = await openProposal(tx, decision.proposalId);
    const record = proposal && (await structureAt(tx, proposal.structureId, decision.effectiveFrom));
    if (!proposal || !record) return refuse(unknownProposal);
    const done = await applyAnswer(tx, record, proposal, decision);
    if (!done.ok) return done;
    await sql`update registry.change_proposal set state = 'accepted', decided_at = now(), decided_by = ${decision.actorId}::uuid, effective_from = ${decision.effectiveFrom}::date
      where id = ${proposal.id}`.execute(tx);
    return ok(undefined);
  });
}

async function applyAnswer(tx: Db, record: StructureRecord, proposal: Open, decision: { readonly effectiveFrom: string; readonly actorId: string }): Promise<Result<unknown>> {
  const by: Authored = { actorId: decision.actorId, source: `réponse ${proposal.campaignYear}` };
  const { questionKey, value } = proposal;
  const fact = FACT_OF_QUESTION[questionKey];
  if (fact) {
    const written = questionKey === 'commune' ? communeCode(String(value)) : value;
    return recordStructureVersion(tx, record.structureId, decision.effectiveFrom, { [fact]: written } as Partial<StructureFacts>, by);
  }
  if (questionKey === 'siret') return addIdentifier(tx, record.structureId, 'siret', String(value));
  const day = lastDayOf(proposal.dataYear);
  const main = mainApprovalOn(record.kind, record.approvals, day);
  const kind = main?.kind ?? MAIN_APPROVAL[record.kind] ?? 'agc';
  if (questionKey === 'approval_start') {
    // the same period with another first day, or a period not known before
    if (main) await sql`delete from registry.approval where structure_id = ${record.structureId} and kind = ${main.kind} and starts_on = ${main.startsOn}`.execute(tx);
    const endsOn = main?.endsOn && main.endsOn >= String(value) ? main.endsOn : null;
    await recordApproval(tx, record.structureId, { kind, startsOn: String(value), endsOn });
  } else if (questionKey === 'approval_end') {
    await recordApproval(tx, record.structureId, { kind, startsOn: main?.startsOn ?? decision.effectiveFrom, endsOn: String(value) });
  } else {
    const wanted = (value as string[]).filter((k) => k !== 'none');
    const held = approvalsOn(record.approvals, day);
    for (const missing of wanted.filter((k) => !held.some((a) => a.kind === k))) {
      await recordApproval(tx, record.structureId, { kind: missing, startsOn: decision.effectiveFrom, endsOn: main?.endsOn && main.endsOn >= decision.effectiveFrom ? main.endsOn : null });
    }
    await sql`update registry.approval set ends_on = greatest(starts_on, ${decision.effectiveFrom}::date - 1)
      where structure_id = ${record.structureId} and starts_on <= ${day}::date and (ends_on is null or ends_on >= ${day}::date)
        and kind not in (select jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb))`.execute(tx);
  }
  return ok(undefined);
}

/** Leaves the register as it is and tells why. */
export async function refuseProposal(db: Db, decision: { readonly proposalId: string; readonly reason: string; readonly actorId: string }): Promise<Result<void>> {
  if (decision.reason.trim() === '') return refuse(refusalNeedsReason);
  const { rows } = await sql`update registry.change_proposal set state = 'refused', decided_at = now(), decided_by = ${decision.actorId}::uuid, reason = ${decision.reason.trim()}
    where id = ${decision.proposalId} and state = 'open' returning id`.execute(db);
  return rows.length > 0 ? ok(undefined) : refuse(unknownProposal);
}
