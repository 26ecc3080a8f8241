/** A centre's own room: its campaigns, what awaits it in each. */
import { redirect } from 'react-router';
import type { Route } from './+types/home';
import { maySubmit, ownStructures } from '../../domains/access/index.ts';
import { greetedOf, optIn } from '../../domains/campaign/index.server.ts';
import { acceptsEntry } from '../../domains/campaign/index.ts';
import { type ResponseState, stateLabel } from '../../domains/entry/index.ts';
import { namesOfStructures, responsesOfStructures, type ResponseSummary } from '../../domains/entry/index.server.ts';
import { formatDate, parisDay } from '../../kernel/french-date.ts';
import type { StructureId } from '../../kernel/identifier.ts';
import { readForm, requireUuid, requireYear, unknownAct } from '../form-values.ts';
import { requireActor, services } from '../request-context.ts';
import { Badge, Empty, Meter, Notice, Page, type Tone } from '../ui/page.tsx';
import styles from './centre.module.css';
import { timeLeft } from './entry-words.ts';

export const meta: Route.MetaFunction = () => [{ title: 'Mes réponses · SENACS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const actor = requireActor(context, request);
  const { db } = services(context);
  const ids = ownStructures(actor);
  const [responses, structures, greeted] = [await responsesOfStructures(db, ids), await namesOfStructures(db, ids), await greetedOf(db, ids)];
  return { today: parisDay(new Date()), responses, structures, greeted: greeted.map((g) => ({ ...g, director: maySubmit(actor, g.structureId) })) };
}

/** A structure approved in the data year is greeted without being asked; it may ask to answer (R16). */
export async function action({ context, request }: Route.ActionArgs) {
  const actor = requireActor(context, request);
  const { db } = services(context);
  const form = await readForm(request);
  if (form.get('intention') !== 'repondre') throw unknownAct();
  const structureId = requireUuid(form.get('structure')) as StructureId;
  const done = await optIn(db, actor, { year: requireYear(form.get('campagne')), structureId });
  if (!done.ok) return { error: done.error.message };
  const [fresh] = (await responsesOfStructures(db, [structureId])).filter((r) => r.campaignYear === Number(form.get('campagne')));
  throw redirect(fresh ? `/centre/${fresh.responseId}` : '/centre');
}

export const toneOf = (state: ResponseState): Tone | undefined =>
  state === 'validated' || state === 'frozen' ? 'good' : state === 'correction_requested' || state === 'submitted_by_third_party' ? 'warn' : state === 'in_progress' || state === 'not_started' ? 'accent' : undefined;

function next(r: ResponseSummary, today: string): { text: string; button: string } {
  const open = acceptsEntry(r.phase);
  const left = timeLeft({ phase: r.phase, closesOn: r.closesOn, today });
  switch (r.state) {
    case 'not_started':
      return open ? { text: `${left} Comptez deux à quatre heures, en plusieurs fois si vous voulez.`, button: 'Commencer' } : { text: 'La saisie n’est pas ouverte.', button: 'Voir' };
    case 'in_progress':
      return { text: left, button: 'Reprendre la saisie' };
    case 'correction_requested':
      return { text: 'Vos correspondants vous interrogent sur des réponses précises.', button: 'Répondre aux demandes' };
    case 'submitted_by_third_party':
      return { text: 'Relisez ce qui a été saisi pour votre compte, puis confirmez.', button: 'Relire' };
    default:
      return { text: stateText[r.state] ?? '', button: 'Lire mes réponses' };
  }
}
const addressOf = (r: ResponseSummary): string => (r.state === 'correction_requested' ? `/centre/${r.responseId}/corrections` : `/centre/${r.responseId}`);
const stateText: { readonly [state in ResponseState]?: string } = {
  submitted: 'Vos correspondants liront ces réponses pendant le contrôle.',
  under_review: 'Vos correspondants lisent ces réponses.',
  resubmitted: 'Vos corrections sont parties.',
  validated: 'Ces réponses compteront dans les résultats de votre territoire.',
  frozen: 'Ces réponses sont définitives et comptent dans les résultats de votre territoire.',
  declined: 'Vous ne recevez plus de rappel. Vous pouvez changer d’avis tant que la saisie est ouverte.',
  non_respondent: 'La saisie est close. Une saisie tardive se demande à vos correspondants.',
  excluded: 'Vos deux correspondants ont retiré ces réponses de la campagne.',
};

export default function Home({ loaderData: { responses, structures, greeted, today }, actionData }: Route.ComponentProps) {
  return (
    <Page title="Mes réponses" lead="Chaque année, ce que fait votre structure, en vos mots et en vos chiffres.">
      {actionData?.error && <Notice tone="bad" alert><p>{actionData.error}</p></Notice>}
      {structures.length === 0 && (
        <Empty>
          <p>Vous n’avez pas de mandat pour une structure.</p>
          <p>Demandez à sa direction, ou à votre correspondant, de vous en donner un.</p>
        </Empty>
      )}
      {structures.length > 1 && <StructureList structures={structures} responses={responses} today={today} />}
      {structures.map((structure) => {
        const own = responses.filter((r) => r.structureId === structure.structureId);
        const welcome = greeted.filter((g) => g.structureId === structure.structureId);
        return (
          <section key={structure.structureId} id={structure.structureId} className="section" aria-label={structure.name}>
            <h2>{structure.name}</h2>
            {welcome.map((g) => (
              <div key={g.campaignYear} className={styles.welcome}>
                <Welcome greeted={g} />
              </div>
            ))}
            {own.length === 0 && welcome.length === 0 && <p className="soft">Aucune campagne ne vous interroge encore : les structures nouvellement agréées répondent à partir de l’année suivante.</p>}
            <ul className={styles.campaigns}>
              {own.map((r) => (
                <li key={r.responseId}>
                  <div className={styles.inline}>
                    <h3>
                      <a href={`/centre/${r.responseId}`}>Campagne {r.campaignYear}</a>
                    </h3>
                    <Badge tone={toneOf(r.state)}>{stateLabel(r.state)}</Badge>
                  </div>
                  <p>{next(r, today).text}</p>
                  <div className={styles.inline}>
                    <a className={['not_started', 'in_progress', 'correction_requested', 'submitted_by_third_party'].includes(r.state) ? 'button' : 'button quiet'} href={addressOf(r)}>
                      {next(r, today).button}
                      <span className="visually-hidden">, campagne {r.campaignYear}</span>
                    </a>
                    {r.required > 0 && r.state !== 'declined' && <Meter value={r.answered} max={r.required} label={`${r.answered} réponses sur ${r.required}`} />}
                  </div>
                </li>
              ))}
            </ul>
            {own.length > 0 && (
              <p className="small">
                Toutes vos réponses, de toutes les années&nbsp;: <a href={`/centre/structure/${structure.structureId}/reponses.xlsx`}>tableur (XLSX)<span className="visually-hidden">, {structure.name}</span></a>, <a href={`/centre/structure/${structure.structureId}/reponses.csv`}>texte (CSV)<span className="visually-hidden">, {structure.name}</span></a>.
              </p>
            )}
          </section>
        );
      })}
    </Page>
  );
}

function Welcome({ greeted: g }: { greeted: Route.ComponentProps['loaderData']['greeted'][number] }) {
  return (
    <Notice tone="good" title={`Bienvenue : votre agrément date de ${g.dataYear}`}>
      <p>
        La campagne {g.campaignYear} compte et salue votre structure, sans l’interroger. {g.mayAnswer ? 'Vous pouvez répondre quand même' : 'Vous répondrez à partir de la prochaine campagne'}
        {g.mayAnswer && g.closesOn ? `, jusqu’au ${formatDate(g.closesOn)}.` : '.'}
      </p>
      {g.mayAnswer &&
        (g.director ? (
          <form method="post">
            <input type="hidden" name="intention" value="repondre" />
            <input type="hidden" name="structure" value={g.structureId} />
            <input type="hidden" name="campagne" value={g.campaignYear} />
            <button className="button">Répondre quand même</button>
          </form>
        ) : (
          <p className="soft">La direction de la structure en décide.</p>
        ))}
    </Notice>
  );
}

/** One line for each structure of somebody who answers for several: where its latest campaign stands, and the way to what is next. */
function StructureList({ structures, responses, today }: Pick<Route.ComponentProps['loaderData'], 'structures' | 'responses' | 'today'>) {
  return (
    <ul className={styles.structures} aria-label="Où en sont vos structures">
      {structures.map((structure) => {
        const latest = responses.find((r) => r.structureId === structure.structureId);
        return (
          <li key={structure.structureId}>
            <a href={`#${structure.structureId}`}>{structure.name}</a>
            {latest ? (
              <>
                <span>
                  Campagne {latest.campaignYear} <Badge tone={toneOf(latest.state)}>{stateLabel(latest.state)}</Badge>
                </span>
                {latest.required > 0 && latest.state !== 'declined' && <Meter value={latest.answered} max={latest.required} label={`${latest.answered} réponses sur ${latest.required}`} />}
                <a href={addressOf(latest)}>
                  {next(latest, today).button}
                  <span className="visually-hidden">, {structure.name}</span>
                </a>
              </>
            ) : (
              <span className="soft">Aucune campagne encore</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
