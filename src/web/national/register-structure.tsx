/** The sheet of one structure: what the register holds true in a year, how it changed, and the changes that its answers propose. */
import { redirect } from 'react-router';
import type { Route } from './+types/register-structure';
import { writeJournal } from '../../domains/access/index.server.ts';
import { acceptProposal, changeProposals, refuseProposal, registerCodes, structureSheet, successionsOf, territoriesByCode } from '../../domains/registry/index.server.ts';
import {
  APPROVAL_KINDS, changesBetween, firstApprovalYear, IDENTIFIER_LABELS, inForce, labelOf, lastDayOf, LEGAL_STATUSES, MANAGEMENT_MODES, questionWords, QPV_STATUSES, RURAL_ZONINGS, showAnswer, STRUCTURE_STATUSES,
  type StructureRecord, TERRITORY_CHARACTERS, URBAN_RENEWALS, URBAN_RENEWAL_STAGES,
} from '../../domains/registry/index.ts';
import { formatDate, formatShortDate, parseFrenchDate } from '../../kernel/french-date.ts';
import type { StructureId } from '../../kernel/identifier.ts';
import { readForm, unknownAct } from '../form-values.ts';
import { Badge, Empty, ErrorSummary, Field, Page, Section, TableFrame } from '../ui/page.tsx';
import { registerStructure } from './register-reader.server.ts';
import css from './register.module.css';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `${loaderData?.name ?? 'Structure'} · SENACS` }];

const versionIn = (history: readonly StructureRecord[], day: string): StructureRecord => history.find((v) => v.validFrom <= day) ?? history.at(-1)!;

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, decides, ancestors } = await registerStructure(context, request, params.id);
  const history = await structureSheet(db, params.id);
  const [latest, earliest] = [history[0]!, history.at(-1)!];
  const thisYear = new Date().getFullYear();
  const asked = Number(new URL(request.url).searchParams.get('annee'));
  const year = Number.isInteger(asked) && asked >= 1900 && asked <= thisYear ? asked : null;
  const shown = year === null ? latest : versionIn(history, lastDayOf(year));
  const day = year === null ? new Date().toISOString().slice(0, 10) : lastDayOf(year);
  const codes = await registerCodes(db);
  const label = (list: readonly { code: string; label: string }[]) => (code: string): string => list.find((w) => w.code === code)?.label ?? code;
  const words = { kind: label(codes.kinds), network: label(codes.networks) };
  const proposals = await changeProposals(db, { structureId: params.id });
  const named = await territoriesByCode(db, [
    ...ancestors,
    ...proposals.flatMap((p) => (p.questionKey === 'commune' ? [`C${String(p.proposedValue)}`, `C${String(p.registerValue)}`] : [])),
  ]);
  const names = { ...words, commune: (code: string) => named.get(code)?.name ?? code };
  const facts: (readonly [label: string, value: string | number | null])[] = [
    ['Type', words.kind(shown.kind)],
    ['État', labelOf(STRUCTURE_STATUSES, shown.status)],
    ['Adresse', [shown.address, shown.communeName].filter(Boolean).join(', ')],
    ['Gestionnaire', shown.managingBody && (shown.managingBody.siren ? `${shown.managingBody.name}, Siren ${shown.managingBody.siren}` : shown.managingBody.name)],
    ['Mode de gestion', labelOf(MANAGEMENT_MODES, shown.managementMode)],
    ['Statut juridique', labelOf(LEGAL_STATUSES, shown.legalStatus)],
    ['Réseaux', shown.networks.map(words.network).join(', ') || null],
    ['Premier agrément', firstApprovalYear(shown, shown.approvals)],
    ['Territoire', labelOf(TERRITORY_CHARACTERS, shown.territoryCharacter)],
    ['Politique de la ville', labelOf(QPV_STATUSES, shown.qpvStatus)],
    ['Zonage rural', labelOf(RURAL_ZONINGS, shown.ruralZoning)],
    ['Renouvellement urbain', [labelOf(URBAN_RENEWALS, shown.urbanRenewal), labelOf(URBAN_RENEWAL_STAGES, shown.urbanRenewalStage)].filter(Boolean).join(', ') || null],
    ['Téléphone', shown.contact.phone ?? null],
    ['Courriel', shown.contact.email ?? null],
    ['Site internet', shown.contact.website ?? null],
    ['Horaires d’ouverture', shown.openingHours],
    ['Position sur la carte', shown.position && { structure: 'la sienne', commune: 'celle de la commune', neighbour: 'celle d’une commune voisine, faute de mieux' }[shown.position.of]],
  ];
  const firstYear = Math.max(Number(earliest.validFrom.slice(0, 4)), thisYear - 15);
  return {
    id: params.id,
    name: shown.name,
    currentName: latest.name,
    department: shown.departmentCode as string,
    departmentName: named.get(shown.departmentCode)?.name ?? shown.departmentCode,
    territories: shown.ancestors.flatMap((code) => named.get(code)?.name ?? []),
    decides,
    year,
    years: Array.from({ length: thisYear - firstYear + 1 }, (_, i) => thisYear - i),
    facts,
    approvals: shown.approvals.toReversed().map((a) => ({ ...a, label: labelOf(APPROVAL_KINDS, a.kind), inForce: inForce(a, day) })),
    identifiers: shown.identifiers.map((i) => ({ label: IDENTIFIER_LABELS[i.scheme] ?? i.scheme, value: i.value })),
    successions: await successionsOf(db, params.id),
    history: history.map((version, i) => ({ from: version.validFrom, source: version.source, changes: history[i + 1] ? changesBetween(history[i + 1]!, version, words) : null })),
    proposals: proposals.map((p) => ({
      id: p.id,
      question: questionWords(p.questionKey),
      old: showAnswer(p.questionKey, p.registerValue, names),
      new: showAnswer(p.questionKey, p.proposedValue, names),
      campaignYear: p.campaignYear,
      dataYear: p.dataYear,
      state: p.state,
      decidedAt: p.decidedAt,
      effectiveFrom: p.effectiveFrom,
      reason: p.reason,
    })),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, decides } = await registerStructure(context, request, params.id);
  const form = await readForm(request);
  const proposalId = String(form.get('proposition') ?? '');
  const typed = { date: String(form.get('date') ?? ''), reason: String(form.get('motif') ?? '') };
  const accept = form.get('decision') === 'accepter';
  if (!accept && form.get('decision') !== 'refuser') throw unknownAct();
  const fail = (message: string) => ({ proposalId, field: accept ? 'date' : 'motif', message, ...typed });
  if (!decides) return fail('Seuls les correspondants et l’équipe nationale décident d’un changement du répertoire.');
  const mine = await changeProposals(db, { structureId: params.id, openOnly: true });
  if (!mine.some((p) => p.id === proposalId)) return fail('Cette proposition a déjà été traitée. La page montre où en est le répertoire.');
  const done = accept
    ? await acceptProposal(db, { proposalId, effectiveFrom: parseFrenchDate(typed.date) ?? '', actorId: actor.accountId })
    : await refuseProposal(db, { proposalId, reason: typed.reason, actorId: actor.accountId });
  if (!done.ok) return fail(done.error.message);
  await writeJournal(db, { accountId: actor.accountId, action: accept ? 'register.proposal_accepted' : 'register.proposal_refused', structureId: params.id as StructureId, detail: { proposal: proposalId } });
  throw redirect(`/repertoire/structure/${params.id}#propositions`);
}

type Proposal = Route.ComponentProps['loaderData']['proposals'][number];

export default function RegisterStructure({ loaderData: d, actionData }: Route.ComponentProps) {
  const open = d.proposals.filter((p) => p.state === 'open');
  const decided = d.proposals.filter((p) => p.state === 'accepted' || p.state === 'refused');
  return (
    <Page title={d.name} crumbs={[...(d.decides ? [{ label: `Répertoire, ${d.departmentName}`, to: `/repertoire/${d.department}` }] : []), { label: d.currentName }]} lead={d.territories.slice(1).reverse().join(' · ')}>
      {actionData && <ErrorSummary errors={[{ id: `${actionData.field}-${actionData.proposalId}`, message: actionData.message }]} />}
      {open.length > 0 && (
        <Section title={open.length === 1 ? 'Un changement est proposé' : `${open.length} changements sont proposés`} id="propositions">
          <p>La structure a répondu autre chose que le répertoire. {d.decides ? 'Acceptez avec le jour depuis lequel c’est vrai, ou refusez en disant pourquoi.' : 'Vos correspondants en décident.'}</p>
          <ul className={css.proposals}>
            {open.map((p) => (
              <li key={p.id}>
                <ProposalWords p={p} />
                {d.decides && <Decide p={p} typed={actionData?.proposalId === p.id ? actionData : undefined} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={d.year === null ? 'Aujourd’hui' : `Au 31 décembre ${d.year}`} id="faits">
        <form className="row small">
          <label htmlFor="annee">État à la fin de</label>
          <select id="annee" name="annee" defaultValue={d.year ?? ''}>
            <option value="">Aujourd’hui</option>
            {d.years.map((year) => (
              <option key={year} value={year}>
                {year}
              </option>
            ))}
          </select>
          <button className="button quiet">Voir</button>
        </form>
        <dl className="definition">
          {d.facts.map(([label, value]) => (
            <div key={label} className={css.fact}>
              <dt>{label}</dt>
              <dd>{value === null || value === '' ? <span className="soft">non connu</span> : value}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title="Agréments" id="agrements">
        {d.approvals.length === 0 ? (
          <Empty>
            <p>Aucun agrément n’est connu du répertoire. Il s’ajoute par un import.</p>
          </Empty>
        ) : (
          <ul className={css.plain}>
            {d.approvals.map((a) => (
              <li key={`${a.kind}-${a.startsOn}`}>
                {a.label}, {a.endsOn ? `du ${formatDate(a.startsOn)} au ${formatDate(a.endsOn)}` : `depuis le ${formatDate(a.startsOn)}, fin non connue`} {a.inForce && <Badge tone="good">{d.year === null ? 'en vigueur' : `en vigueur fin ${d.year}`}</Badge>}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Identifiants" id="identifiants">
        {d.identifiers.length === 0 ? (
          <p className="soft">Aucun. Un Siret ou un numéro Caf permet de la retrouver d’un fichier à l’autre.</p>
        ) : (
          <ul className={css.plain}>
            {d.identifiers.map((i) => (
              <li key={`${i.label}-${i.value}`}>
                {i.label} <code>{i.value}</code>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {d.successions.length > 0 && (
        <Section title="Fusions et scissions" id="suites">
          <ul className={css.plain}>
            {d.successions.map((s) => (
              <li key={`${s.predecessorId}-${s.successorId}`}>
                {formatDate(s.happenedOn)}&nbsp;: <a href={`/repertoire/structure/${s.predecessorId}`}>{s.predecessorName}</a> {{ merger: 'rejoint', split: 'donne naissance à', replacement: 'est remplacée par' }[s.kind]}{' '}
                <a href={`/repertoire/structure/${s.successorId}`}>{s.successorName}</a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Histoire" id="histoire">
        <TableFrame label="Histoire de la structure">
          <table className="table stacked">
            <thead>
              <tr>
                <th scope="col">À partir du</th>
                <th scope="col">Ce qui a changé</th>
                <th scope="col">Source</th>
              </tr>
            </thead>
            <tbody>
              {d.history.map((h) => (
                <tr key={h.from}>
                  <th scope="row" className={css.date}>{formatShortDate(h.from)}</th>
                  <td>
                    {h.changes === null ? (
                      'Entrée au répertoire'
                    ) : (
                      <ul className={css.plain}>
                        {h.changes.map((c) => (
                          <li key={c.field}>
                            {c.field}&nbsp;: {c.old ?? 'rien'} → <strong>{c.new ?? 'rien'}</strong>
                          </li>
                        ))}
                      </ul>
                    )}
                  </td>
                  <td data-label="Source">{h.source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      </Section>
      {decided.length > 0 && (
        <Section title="Propositions déjà traitées" id="traitees">
          <ul className={css.proposals}>
            {decided.map((p) => (
              <li key={p.id}>
                <ProposalWords p={p} />
                <p className="small soft">
                  {p.state === 'accepted' ? `Acceptée, vraie à partir du ${formatDate(p.effectiveFrom!)}` : `Refusée : ${p.reason}`}
                </p>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

const ProposalWords = ({ p }: { readonly p: Proposal }) => (
  <p>
    <strong>{p.question}</strong>
    <br />
    {p.old ?? <span className="soft">rien au répertoire</span>} → <strong>{p.new ?? 'rien'}</strong> <span className="soft small">campagne {p.campaignYear}, données {p.dataYear}</span>
  </p>
);

function Decide({ p, typed }: { readonly p: Proposal; readonly typed: { readonly field: string; readonly message: string; readonly date: string; readonly reason: string } | undefined }) {
  return (
    <form method="post" className={css.decide}>
      <input type="hidden" name="proposition" value={p.id} />
      <Field id={`date-${p.id}`} label="Vrai à partir du" error={typed?.field === 'date' ? typed.message : undefined}>
        {(aria) => <input {...aria} className={css.short} type="text" name="date" inputMode="numeric" size={12} autoComplete="off" defaultValue={typed?.date ?? `01/01/${p.dataYear}`} />}
      </Field>
      <button className="button" name="decision" value="accepter">Accepter</button>
      <Field id={`motif-${p.id}`} label="Motif d’un refus" error={typed?.field === 'motif' ? typed.message : undefined}>
        {(aria) => <input {...aria} type="text" name="motif" maxLength={500} defaultValue={typed?.reason ?? ''} />}
      </Field>
      <button className="button quiet" name="decision" value="refuser">Refuser</button>
    </form>
  );
}
