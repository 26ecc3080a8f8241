/** The questionnaire as a structure will see it: on a phone and on paper, by kind of structure. */
import type { Route } from './+types/preview';
import { registerCodes } from '../../../domains/registry/index.server.ts';
import { Field, Page } from '../../ui/page.tsx';
import { openVersion } from './studio-page.server.ts';
import { StudioNav, studioCrumbs } from './studio-nav.tsx';
import styles from './studio.module.css';
import { versionPath } from './words.ts';

export const meta: Route.MetaFunction = ({ params }) => [{ title: `Aperçu · Questionnaire ${params.year} · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, version, year } = await openVersion(context, request, params.year);
  const query = new URL(request.url).searchParams;
  const kinds = (await registerCodes(db)).kinds.map((k) => ({ code: k.code, label: k.label }));
  const one = <T extends string>(name: string, among: readonly T[]): T => among.find((v) => v === query.get(name)) ?? among[0]!;
  return {
    year, kinds, rubrics: version.rubrics, territories: version.modules.flatMap((m) => (m.territory ? [{ code: m.territory, label: m.label }] : [])), kind: one('type', kinds.map((k) => k.code)), rubric: one('rubrique', Object.keys(version.rubrics)),
    territory: one('territoire', ['', ...version.modules.flatMap((m) => m.territory ?? [])]),
  };
}

export default function Preview({ loaderData: d }: Route.ComponentProps) {
  const address = (support: string): string => `${versionPath(d.year)}/apercu/cadre?${new URLSearchParams({ type: d.kind, rubrique: d.rubric, territoire: d.territory, support }).toString()}`;
  return (
    <Page title="Aperçu" level="nation" crumbs={studioCrumbs(d.year, { label: 'Aperçu' })} lead="Les champs mêmes de la saisie, vides : rien de ce que l’on y tape n’est gardé.">
      <StudioNav year={d.year} here="/apercu" />
      <form className="row">
        <Field id="type" label="Structure">{(aria) => <select {...aria} name="type" defaultValue={d.kind}>{d.kinds.map((k) => <option key={k.code} value={k.code}>{k.label}</option>)}</select>}</Field>
        <Field id="rubrique" label="Rubrique">{(aria) => <select {...aria} name="rubrique" defaultValue={d.rubric}>{Object.entries(d.rubrics).map(([code, label]) => <option key={code} value={code}>{code}. {label}</option>)}</select>}</Field>
        <Field id="territoire" label="Territoire">{(aria) => <select {...aria} name="territoire" defaultValue={d.territory}><option value="">Sans module local</option>{d.territories.map((t) => <option key={t.code} value={t.code}>{t.label}</option>)}</select>}</Field>
        <button className="button quiet">Montrer</button>
        <a href={`/questionnaire/${d.year}/vierge.pdf?${new URLSearchParams({ type: d.kind, territoire: d.territory }).toString()}`}>À imprimer (PDF)</a>
        <a href={`/questionnaire/${d.year}/dictionnaire.pdf`}>Dictionnaire des questions (PDF)</a>
      </form>
      <div className={styles.frames}>
        <section aria-labelledby="telephone"><h2 id="telephone">Sur un téléphone</h2><iframe className={styles.phone} title="Aperçu sur un téléphone" src={address('ecran')} /></section>
        <section aria-labelledby="papier" style={{ flex: '1 1 26rem', minWidth: 0 }}><h2 id="papier">Sur papier</h2><iframe className={styles.sheet} title="Aperçu sur papier" src={address('papier')} /></section>
      </div>
    </Page>
  );
}
