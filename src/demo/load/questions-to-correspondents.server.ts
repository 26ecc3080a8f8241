/** A few exchanges about questions of the running campaign in Pas-de-Calais: one answered, one that waits, one relayed, one precised for everyone. By the ordinary doors. */
import { sql } from 'kysely';
import { answerInquiry, ask, interpretInquiry, relayInquiry } from '../../domains/entry/index.server.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { RUNNING } from '../nation/plan.ts';
import { must } from './must.ts';
import type { Cast } from './personas.server.ts';

const [FIRST, SECOND] = ['DEMO-62-CS-004', 'DEMO-62-CS-005'];

/** All of them at once, or none when one exists already. */
export async function askQuestions(db: Db, cast: Cast): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string; identifier: string; asked: boolean }>`select r.id, i.value as identifier, exists (select 1 from entry.inquiry q where q.response_id = r.id) as asked
      from entry.response r join registry.structure_identifier i on i.structure_id = r.structure_id and i.scheme = 'import'
      where r.campaign_year = ${RUNNING} and i.value in (${FIRST}, ${SECOND})`.execute(tx);
    if (rows.length < 2 || rows.some((row) => row.asked)) return;
    const asking = async (identifier: string, key: string, aim: 'correspondents' | 'interpretation', body: string): Promise<string> =>
      must('question', await ask(tx, cast.director(identifier), { responseId: rows.find((row) => row.identifier === identifier)!.id, dataYear: RUNNING - 1, key, aim, body })).inquiryId;

    const answered = await asking(FIRST, 'volunteers_activities_occasional', 'correspondents', 'Les parents qui tiennent un stand une fois par an, à la fête du quartier, comptent-ils ?');
    must('answer', await answerInquiry(tx, cast.federation, { inquiryId: answered, body: 'Oui : une seule fois dans l’année suffit. Notez-les ici, pas dans les réguliers.' }));
    const precised = await asking(SECOND, 'staff_fte', 'interpretation', 'Nos heures complémentaires du mois de juillet, les compter dans les ETP ?');
    must('relay', await relayInquiry(tx, cast.caf, { inquiryId: precised, body: 'Les heures complémentaires et supplémentaires comptent-elles dans les ETP ?' }));
    must('interpretation', await interpretInquiry(tx, cast.technicalCommittee, {
      inquiryId: precised, asked: 'Les heures complémentaires et supplémentaires comptent-elles ?', answer: 'Oui, toutes les heures payées dans l’année, rapportées à un temps plein de la convention appliquée.',
    }));
    const relayed = await asking(SECOND, 'unique_users', 'interpretation', 'Les personnes qui viennent seulement à la permanence de l’écrivain public sont-elles des usagers ?');
    must('relay', await relayInquiry(tx, cast.federation, { inquiryId: relayed, body: 'Les personnes reçues dans une permanence, sans adhésion ni inscription, sont-elles des usagers ?' }));
    await asking(FIRST, 'income_by_funder', 'correspondents', 'Dans quelle ligne mettre l’aide au poste de la Région ?');
  });
}
