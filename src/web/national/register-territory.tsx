/** The structures of a territory as the register knows them, with a search; what waits for a decision comes first. */
import type { Route } from './+types/register-territory';
import { runsTheCampaign } from '../../domains/access/index.ts';
import { changeProposals, registerCodes, structuresIn, zonesIn } from '../../domains/registry/index.server.ts';
import { labelOf, MAIN_APPROVAL, mainApprovalOn, MANAGEMENT_MODES, STRUCTURE_STATUSES, type StructureRecord } from '../../domains/registry/index.ts';
import { formatDate, formatShortDate, isIsoDate, parisDay } from '../../kernel/french-date.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { counted } from '../../kernel/french-words.ts';
import { Badge, Empty, Page, Section, TableFrame } from '../ui/page.tsx';
import { registerTerritory } from './register-reader.server.ts';
import css from './register.module.css';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `Répertoire, ${loaderData?.name ?? ''} · SENACS` }];

const PER_PAGE = 100;
/** Named; the others are counted. */
const MOST_ZONES = 12;

/** The approval that makes the structure what it is: the one in force, else the last one known. */
function approvalOf(s: StructureRecord, day: string): { readonly approvedUntil: string | null; readonly approval: 'current' | 'ended' | 'none' } {
  const now = mainApprovalOn(s.kind, s.approvals, day);
  const last = now ?? s.approvals.findLast((a) => a.kind === (MAIN_APPROVAL[s.kind] ?? a.kind) && a.startsOn <= day);
  return { approvedUntil: last?.endsOn ?? null, approval: now ? 'current' : last ? 'ended' : 'none' };
}

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, actor, territory } = await registerTerritory(context, request, params.territory);
  const query = new URL(request.url).searchParams;
  const search = (query.get('recherche') ?? '').slice(0, 100);
  const kind = query.get('type') ?? '';
  const closed = query.get('fermees') === '1';
  const on = isIsoDate(query.get('au') ?? '') ? query.get('au')! : '';
  const codes = await registerCodes(db);
  const found = await structuresIn(db, territory.code, { search, closedToo: closed, ...(on ? { on } : {}), ...(codes.kinds.some((k) => k.code === kind) ? { kinds: [kind] } : {}) });
  const proposals = Map.groupBy(await changeProposals(db, { territoryCode: territory.code, openOnly: true }), (p) => p.structureId as string);
  const waiting = [...proposals].map(([id, list]) => ({ id, name: list[0]!.structureName, n: list.length }));
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
  const page = Math.min(pages, Math.max(1, Number(query.get('page')) || 1));
  const day = on || parisDay(new Date());
  const zones = Map.groupBy(await zonesIn(db, territory.code, Number(day.slice(0, 4))), (z) => `${z.zoning} ${z.year}`);
  return {
    code: territory.code as string,
    name: territory.name,
    level: territory.level,
    national: runsTheCampaign(actor),
    search, kind, closed, on, zones: [...zones].map(([zoning, list]) => ({ zoning, n: list.length, names: list.slice(0, MOST_ZONES).map((z) => z.label) })), page, pages, waiting,
    kinds: codes.kinds.map((k) => ({ ...k, n: found.filter((s) => s.kind === k.code).length })),
    total: found.length,
    structures: found.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((s) => ({
      id: s.structureId as string,
      name: s.name,
      kind: s.kind,
      commune: s.communeName,
      body: s.managingBody?.name ?? null,
      mode: labelOf(MANAGEMENT_MODES, s.managementMode),
      ...approvalOf(s, day),
      status: s.status === 'active' ? null : labelOf(STRUCTURE_STATUSES, s.status),
    })),
  };
}

const LEVELS: readonly string[] = ['nation', 'region', 'department'];

export default function RegisterTerritory({ loaderData: d }: Route.ComponentProps) {
  const address = (page: number): string => `/repertoire/${d.code}?${new URLSearchParams({ ...(d.search ? { recherche: d.search } : {}), ...(d.kind ? { type: d.kind } : {}), ...(d.closed ? { fermees: '1' } : {}), ...(d.on ? { au: d.on } : {}), page: String(page) }).toString()}`;
  return (
    <Page
      title={`Répertoire, ${d.name}`}
      level={LEVELS.includes(d.level) ? (d.level as 'nation') : undefined}
      crumbs={d.national ? [{ label: 'Répertoire', to: '/national/repertoire' }, { label: d.name }] : [{ label: 'Suivi', to: '/suivi' }, { label: 'Répertoire' }]}
      lead={`${formatNumber(d.total)} ${d.total < 2 ? 'structure' : 'structures'}${d.on ? ` au ${formatDate(d.on)}` : ''}${d.total > 0 ? ` : ${d.kinds.filter((k) => k.n > 0).map((k) => `${formatNumber(k.n)} ${k.code}`).join(', ')}` : ''}.`}
    >
      {d.waiting.length > 0 && !d.search && (
        <Section title="Changements proposés par les structures" id="propositions">
          <ul>
            {d.waiting.slice(0, 20).map((w) => (
              <li key={w.id}>
                <a href={`/repertoire/structure/${w.id}#propositions`}>{w.name}</a>&nbsp;: {w.n === 1 ? 'une proposition' : `${w.n} propositions`} à examiner
              </li>
            ))}
          </ul>
          {d.waiting.length > 20 && <p className="soft">… et {formatNumber(d.waiting.length - 20)} autres structures.</p>}
        </Section>
      )}
      <form className={css.search} role="search">
        <label htmlFor="recherche">Chercher par nom, commune, gestionnaire ou identifiant</label>
        <div className="row">
          <input id="recherche" type="search" name="recherche" defaultValue={d.search} />
          <select name="type" aria-label="Type" defaultValue={d.kind}>
            <option value="">Tous les types</option>
            {d.kinds.map((k) => (
              <option key={k.code} value={k.code}>
                {k.label}
              </option>
            ))}
          </select>
          <label className="choice">
            <input type="checkbox" name="fermees" value="1" defaultChecked={d.closed} />
            Fermées aussi
          </label>
          <label className={css.day}>
            Telles qu’au <input type="date" name="au" defaultValue={d.on} />
          </label>
          <button className="button quiet">Chercher</button>
        </div>
      </form>
      {d.total === 0 ? (
        <Empty>
          <p>{d.search || d.kind ? 'Aucune structure ne correspond. Essayez un mot plus court, ou une autre orthographe de la commune.' : 'Aucune structure de ce territoire n’est encore au répertoire. L’équipe nationale l’importe avant chaque campagne.'}</p>
        </Empty>
      ) : (
        <TableFrame label="Structures">
          <table className="table stacked">
            <thead>
              <tr>
                <th scope="col">Structure</th>
                <th scope="col">Type</th>
                <th scope="col">Commune</th>
                <th scope="col">Gestionnaire</th>
                <th scope="col">Agrément jusqu’au</th>
              </tr>
            </thead>
            <tbody>
              {d.structures.map((s) => (
                <tr key={s.id}>
                  <th scope="row">
                    <a href={`/repertoire/structure/${s.id}`}>{s.name}</a> {s.status && <Badge tone="warn">{s.status}</Badge>}
                  </th>
                  <td data-label="Type">{s.kind}</td>
                  <td data-label="Commune">{s.commune}</td>
                  <td data-label="Gestionnaire">
                    {s.body ?? <span className="soft">non connu</span>}
                    {s.mode && <span className={`soft small ${css.under}`}>{s.mode}</span>}
                  </td>
                  <td data-label="Agrément jusqu’au" className={css.date}>
                    {s.approval === 'none' ? <span className="soft">aucun connu</span> : s.approvedUntil ? formatShortDate(s.approvedUntil) : <span className="soft">fin non connue</span>}
                    {s.approval === 'ended' && <span className={`soft small ${css.under}`}>échu</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      {d.zones.length > 0 && (
        <Section title="Zonages" id="zonages">
          <ul>
            {d.zones.map((z) => (
              <li key={z.zoning}>
                {z.zoning}&nbsp;: {counted(z.n, 'zone')} ({z.names.join(', ')}{z.n > z.names.length && '…'})
              </li>
            ))}
          </ul>
        </Section>
      )}
      {d.pages > 1 && (
        <nav aria-label="Pages" className="row">
          {d.page > 1 && <a href={address(d.page - 1)}>Page précédente</a>}
          <span className="soft">
            Page {d.page} sur {d.pages}
          </span>
          {d.page < d.pages && <a href={address(d.page + 1)}>Page suivante</a>}
        </nav>
      )}
    </Page>
  );
}
