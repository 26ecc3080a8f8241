/** Themes of the nation and modules of territories: what they hold, where each local module stands with its committee. */
import { redirect } from 'react-router';
import type { Route } from './+types/modules';
import { judgesLocalModule } from '../../../domains/access/index.ts';
import { LOCAL_MODULE_LABELS, type LocalModuleState, seenOf } from '../../../domains/questionnaire/index.ts';
import { changeDraft, localModuleStates, moveLocalModule } from '../../../domains/questionnaire/index.server.ts';
import { territoriesByCode } from '../../../domains/registry/index.server.ts';
import { readForm, unknownAct } from '../../form-values.ts';
import { Badge, Empty, Field, Notice, Page, Section, type Tone } from '../../ui/page.tsx';
import { mayWrite, openVersion } from './studio-page.server.ts';
import { StudioNav, studioCrumbs } from './studio-nav.tsx';
import styles from './studio.module.css';
import { faultsOf, questionPath, versionPath } from './words.ts';

export const meta: Route.MetaFunction = ({ params }) => [{ title: `Thèmes et modules locaux · Questionnaire ${params.year} · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const open = await openVersion(context, request, params.year);
  const { db, version, state, year, actor } = open;
  const states = await localModuleStates(db, year);
  const places = await territoriesByCode(db, [...new Set([...version.modules.flatMap((m) => m.territory ?? []), ...open.territories])]);
  const taken = new Set(version.modules.map((m) => m.territory));
  return {
    year, draft: state === 'draft', writes: open.writes,
    // a territory's people see the themes and their own module; the nation sees them all
    modules: version.modules.map((m) => ({
      code: m.code, label: m.label, seen: seenOf(m), territory: m.territory ?? null, place: m.territory ? (places.get(m.territory)?.name ?? m.territory) : null, state: states.get(m.code) ?? ('carried' as LocalModuleState), edits: mayWrite(open, m.code),
      judges: m.territory !== undefined && judgesLocalModule(actor, m.territory), withdraws: state === 'draft' && (open.writes || mayWrite(open, m.code)),
      questions: version.questions.filter((q) => q.module === m.code).map((q) => ({ key: q.key, code: q.code, label: q.label })),
    })),
    may: state === 'draft' ? open.territories.filter((t) => !taken.has(t)).map((code) => ({ code, name: places.get(code)?.name ?? code })) : [],
    done: new URL(request.url).searchParams.get('fait'),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, author, year, version } = await openVersion(context, request, params.year);
  const form = await readForm(request);
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const intent = text('intent');
  const code = text('code');
  const run = async () => {
    switch (intent) {
      case 'theme':
        return changeDraft(db, author, year, { act: 'add_module', module: { code, label: text('label') } });
      case 'local': {
        const territory = text('territory');
        return changeDraft(db, author, year, { act: 'add_module', module: { code: `LOCAL_${territory}`, label: text('label'), territory } });
      }
      case 'label':
        return changeDraft(db, author, year, { act: 'change_module', code, label: text('label'), seen: text('seen') });
      case 'drop':
        return changeDraft(db, author, year, { act: 'drop_module', code, note: text('note') });
      case 'propose':
        return moveLocalModule(db, author, year, code, 'propose_module');
      case 'validate':
        return moveLocalModule(db, author, year, code, 'validate_module');
      case 'return':
        return moveLocalModule(db, author, year, code, 'return_module', text('note'));
      default:
        throw unknownAct();
    }
  };
  const done = await run();
  if (done.ok) return redirect(`${versionPath(year)}/modules?fait=${intent}`, 303);
  const faults = faultsOf(done.error);
  return { intent, code: version.modules.some((m) => m.code === code) && intent !== 'theme' ? code : '', typedCode: code, label: text('label'), message: faults[0] && intent !== 'drop' ? faults[0].message : done.error.message };
}

const DONE: { readonly [intent: string]: string } = {
  theme: 'Le thème est créé : ajoutez-y ses questions.', local: 'Le module local est créé : ajoutez-y vos questions.', label: 'L’intitulé est enregistré.', drop: 'Le module est retiré.', propose: 'Le module est proposé à votre comité.',
  validate: 'La validation du comité est enregistrée.', return: 'Le module est rendu à ses auteurs.',
};
const TONES: { readonly [state in LocalModuleState]: Tone | undefined } = { carried: undefined, draft: 'warn', proposed: 'accent', validated: 'good' };

export default function Modules({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  const themes = d.modules.filter((m) => m.territory === null);
  const locals = d.modules.filter((m) => m.territory !== null);
  return (
    <Page title="Thèmes et modules locaux" level="nation" crumbs={studioCrumbs(d.year, { label: 'Thèmes et modules locaux' })} lead="Un thème est posé partout, au choix du comité technique. Un module local n’est posé que dans son territoire : ses correspondants l’écrivent, son comité le valide.">
      {failed && <Notice tone="bad" alert><p>{failed.message}</p></Notice>}
      {!failed && d.done && DONE[d.done] && <Notice tone="good" alert><p>{DONE[d.done]}</p></Notice>}
      <StudioNav year={d.year} here="/modules" />
      <Section title="Thèmes" id="themes">
        {themes.length === 0 && <Empty><p>Aucun thème.</p></Empty>}
        {themes.map((m) => <ModuleBlock key={m.code} year={d.year} draft={d.draft} module={m} />)}
        {d.draft && d.writes && (
          <details open={failed?.intent === 'theme'}>
            <summary>Créer un thème</summary>
            <form method="post" className="row">
              <Field id="theme-code" label="Code" help="Majuscules : JARDINS.">{(aria) => <input {...aria} name="code" size={14} defaultValue={failed?.intent === 'theme' ? failed.typedCode : ''} />}</Field>
              <Field id="theme-label" label="Intitulé">{(aria) => <input {...aria} name="label" size={30} defaultValue={failed?.intent === 'theme' ? failed.label : ''} />}</Field>
              <button className="button" name="intent" value="theme">Créer le thème</button>
            </form>
          </details>
        )}
      </Section>
      <Section title="Modules locaux" id="locaux">
        {locals.length === 0 && <Empty><p>Aucun module local dans ce questionnaire.</p></Empty>}
        {locals.map((m) => <ModuleBlock key={m.code} year={d.year} draft={d.draft} module={m} />)}
        {d.may.length > 0 && (
          <details open={failed?.intent === 'local'}>
            <summary>Créer le module local de votre territoire</summary>
            <form method="post" className="row">
              <Field id="territory" label="Territoire">{(aria) => <select {...aria} name="territory">{d.may.map((t) => <option key={t.code} value={t.code}>{t.name}</option>)}</select>}</Field>
              <Field id="local-label" label="Intitulé">{(aria) => <input {...aria} name="label" size={30} defaultValue={failed?.intent === 'local' ? failed.label : `Questions locales : ${d.may[0]!.name}`} />}</Field>
              <button className="button" name="intent" value="local">Créer le module</button>
            </form>
          </details>
        )}
      </Section>
    </Page>
  );
}

type Loaded = Route.ComponentProps['loaderData'];

function ModuleBlock({ year, draft, module: m }: { readonly year: number; readonly draft: boolean; readonly module: Loaded['modules'][number] }) {
  return (
    <div className={styles.rubric}>
      <h3 id={`module-${m.code}`}>{m.label} {m.territory && <Badge tone={TONES[m.state]}>{LOCAL_MODULE_LABELS[m.state]}</Badge>}</h3>
      {m.place && <p className="soft small">Posé dans : {m.place}</p>}
      {m.questions.length === 0 ? <p className="soft">Aucune question encore.</p> : (
        <ul className={styles.list}>{m.questions.map((q) => <li key={q.key}><span className={styles.code}>{q.code}</span><a href={questionPath(year, q.key)}>{q.label}</a></li>)}</ul>
      )}
      {draft && (
        <div className="row">
          {m.edits && <a className="button quiet" href={`${versionPath(year)}/nouvelle-question?module=${m.code}`}>Ajouter une question<span className="visually-hidden"> au module {m.label}</span></a>}
          <form method="post" className="row">
            <input type="hidden" name="code" value={m.code} />
            {m.territory && m.edits && m.state === 'draft' && m.questions.length > 0 && <button className="button" name="intent" value="propose">Proposer au comité</button>}
            {m.judges && m.state === 'proposed' && (
              <>
                <button className="button" name="intent" value="validate">Valider pour le comité</button>
                <input name="note" aria-label={`Ce qu’il faut revoir dans ${m.label}`} placeholder="Ce qu’il faut revoir" />
                <button className="button quiet" name="intent" value="return">Rendre à ses auteurs</button>
              </>
            )}
          </form>
        </div>
      )}
      {(m.edits || m.withdraws) && draft && (
        <details>
          <summary>Renommer ou retirer<span className="visually-hidden"> {m.label}</span></summary>
          {m.edits && (
            <form method="post" className="row">
              <input type="hidden" name="code" value={m.code} /><input type="hidden" name="seen" value={m.seen} />
              <input name="label" aria-label={`Nouvel intitulé de ${m.label}`} defaultValue={m.label} size={30} />
              <button className="button quiet" name="intent" value="label">Renommer</button>
            </form>
          )}
          <form method="post" className="row">
            <input type="hidden" name="code" value={m.code} />
            <input name="note" aria-label={`Pourquoi retirer ${m.label}`} placeholder="Pourquoi" size={30} />
            <button className="button danger" name="intent" value="drop">Retirer le module et ses questions</button>
          </form>
        </details>
      )}
    </div>
  );
}
