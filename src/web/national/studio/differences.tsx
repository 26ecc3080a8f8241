/** What changes from one questionnaire to another, in words. */
import type { Route } from './+types/differences';
import { type Difference, differences } from '../../../domains/questionnaire/index.ts';
import { findVersion, listVersions } from '../../../domains/questionnaire/index.server.ts';
import { yearIn } from '../../form-values.ts';
import { Badge, Empty, Page, Section, type Tone } from '../../ui/page.tsx';
import { openVersion } from './studio-page.server.ts';
import { StudioNav, studioCrumbs } from './studio-nav.tsx';
import styles from './studio.module.css';
import { questionPath, rulePath } from './words.ts';

export const meta: Route.MetaFunction = ({ params }) => [{ title: `Ce qui change · Questionnaire ${params.year} · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, version, year } = await openVersion(context, request, params.year);
  const years = (await listVersions(db)).map((v) => v.year).filter((y) => y !== year).toReversed();
  const wanted = yearIn(new URL(request.url).searchParams.get('avec')) ?? version.follows ?? years.find((y) => y < year) ?? years[0];
  const other = wanted === undefined || !years.includes(wanted) ? undefined : (await findVersion(db, wanted))?.version;
  return { year, years, other: other?.year ?? null, found: other ? differences(other, version) : [] };
}

const KINDS: readonly (readonly [Difference['kind'], string])[] = [['version', 'L’ensemble'], ['rubric', 'Rubriques'], ['module', 'Thèmes et modules'], ['question', 'Questions'], ['rule', 'Contrôles']];
const WHAT: { readonly [what in Difference['what']]: readonly [string, Tone | undefined] } = { added: ['ajouté', 'good'], dropped: ['retiré', 'bad'], changed: ['changé', undefined] };

export default function Differences({ loaderData: d }: Route.ComponentProps) {
  const count = (what: Difference['what']): number => d.found.filter((f) => f.kind === 'question' && f.what === what).length;
  return (
    <Page title="Ce qui change" level="nation" crumbs={studioCrumbs(d.year, { label: 'Ce qui change' })} lead={d.other === null ? undefined : `Du questionnaire ${d.other} au questionnaire ${d.year} : ${count('added')} questions ajoutées, ${count('changed')} changées, ${count('dropped')} retirées.`}>
      <StudioNav year={d.year} here="/differences" />
      {d.years.length > 0 && (
        <form className="row">
          <label htmlFor="avec">Comparer avec</label>
          <select id="avec" name="avec" defaultValue={d.other ?? undefined}>{d.years.map((y) => <option key={y} value={y}>{y}</option>)}</select>
          <button className="button quiet">Comparer</button>
        </form>
      )}
      {d.other === null ? <Empty><p>Il n’y a pas encore d’autre questionnaire avec lequel comparer.</p></Empty> : d.found.length === 0 && <Empty><p>Rien ne change.</p></Empty>}
      {KINDS.map(([kind, title]) => {
        const own = d.found.filter((f) => f.kind === kind);
        if (own.length === 0) return null;
        return (
          <Section key={kind} title={title} id={kind}>
            <ul className={styles.changes}>
              {own.map((f) => (
                <li key={f.id}>
                  <h3>{f.what === 'dropped' || kind === 'version' || kind === 'rubric' || kind === 'module' ? f.name : <a href={kind === 'rule' ? rulePath(d.year, f.id) : questionPath(d.year, f.id)}>{f.name}</a>} <Badge tone={WHAT[f.what][1]}>{WHAT[f.what][0]}</Badge></h3>
                  {f.sentences.length > 0 && <ul>{f.sentences.map((s) => <li key={s}>{s}</li>)}</ul>}
                </li>
              ))}
            </ul>
          </Section>
        );
      })}
    </Page>
  );
}
