/** The committees in which a person sits, with their campaigns. */
import { redirect } from 'react-router';
import type { Route } from './+types/committees';
import { campaigns } from '../../domains/campaign/index.server.ts';
import { STATE_LABELS } from '../../domains/campaign/index.ts';
import { brochureStates } from '../../domains/publication/index.server.ts';
import { BROCHURE_STATE_LABELS } from '../../domains/publication/index.ts';
import { territoriesByCode, territoriesByLevel } from '../../domains/registry/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { refusal, requireActor, services } from '../request-context.ts';
import { Badge, Empty, Field, Page, Section, TableFrame } from '../ui/page.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Comités · SENACS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { db } = services(context);
  const actor = requireActor(context, request);
  const codes = [...new Set(actor.mandates.flatMap((m) => (m.territoryCode ? [m.territoryCode as string] : [])))];
  if (codes.length === 0) throw refusal('Cette page est ouverte aux personnes mandatées dans un comité.');
  const wide = new URL(request.url).searchParams;
  const asked = parseTerritoryCode(wide.get('territoire'));
  const year = Number(wide.get('annee'));
  if (asked && Number.isInteger(year) && year > 0) throw redirect(`/comite/${asked}/${year}`);
  const places = await territoriesByCode(db, codes);
  const all = (await campaigns(db)).filter((c) => c.state !== 'draft');
  const brochures = new Map((await brochureStates(db, codes)).map((b) => [`${b.territoryCode} ${b.year}`, b.state]));
  return {
    years: all.map((c) => c.year),
    within: codes.some((code) => places.get(code)?.level !== 'department') ? await openWithin(db, codes) : [],
    committees: codes.map((code) => ({
      code,
      name: places.get(code)?.name ?? code,
      campaigns: all.map((c) => ({ year: c.year, state: STATE_LABELS[c.state], brochure: brochures.get(`${code} ${c.year}`) ?? null })),
    })),
  };
}

/** Régions and départements inside the territories of one's mandates, by name: what a committee may open. */
async function openWithin(db: Db, codes: readonly string[]): Promise<{ code: string; name: string }[]> {
  const [regions, departments] = await Promise.all([territoriesByLevel(db, 'region'), territoriesByLevel(db, 'department')]);
  const known = [...regions.toSorted((a, b) => a.name.localeCompare(b.name, 'fr')), ...departments.toSorted((a, b) => a.name.localeCompare(b.name, 'fr'))];
  return known.filter((t) => t.ancestors.some((a) => codes.includes(a))).map((t) => ({ code: t.code as string, name: t.name }));
}

export default function Committees({ loaderData: { committees, years, within } }: Route.ComponentProps) {
  return (
    <Page title="Vos comités" lead="Les chiffres agrégés de vos territoires, et leurs plaquettes.">
      {years.length === 0 && (
        <Empty>
          <p>Aucune campagne n’a encore commencé : vos comités s’ouvriront avec la première.</p>
        </Empty>
      )}
      {committees.map((c) => (
        <Section key={c.code} title={c.name} id={`comite-${c.code}`}>
          <TableFrame label={`Campagnes, ${c.name}`}>
            <table className="table stacked">
              <thead>
                <tr>
                  <th scope="col">Campagne</th>
                  <th scope="col">Étape nationale</th>
                  <th scope="col">Plaquette</th>
                </tr>
              </thead>
              <tbody>
                {c.campaigns.map((k) => (
                  <tr key={k.year}>
                    <th scope="row">
                      <a href={`/comite/${c.code}/${k.year}`}>{k.year}</a>
                    </th>
                    <td data-label="Étape nationale">{k.state}</td>
                    <td data-label="Plaquette">{k.brochure ? <Badge tone={k.brochure === 'published' ? 'good' : 'accent'}>{BROCHURE_STATE_LABELS[k.brochure]}</Badge> : <span className="soft">pas commencée</span>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
        </Section>
      ))}
      {within.length > 0 && years.length > 0 && (
        <Section title="Ouvrir un territoire" id="ouvrir">
          <form method="get" className="row" style={{ alignItems: 'end' }}>
            <Field id="territoire" label="Territoire" help="Choisissez dans la liste">
              {(aria) => (
                <select {...aria} name="territoire" required>
                  {within.map((t) => (
                    <option key={t.code} value={t.code}>{`${t.name} (${t.code})`}</option>
                  ))}
                </select>
              )}
            </Field>
            <Field id="annee" label="Campagne">
              {(aria) => (
                <select {...aria} name="annee">
                  {years.map((y) => (
                    <option key={y}>{y}</option>
                  ))}
                </select>
              )}
            </Field>
            <button className="button quiet">Ouvrir</button>
          </form>
        </Section>
      )}
    </Page>
  );
}
