/** Writing the brochure, sending it to be read again, voting, publishing. Plain forms: everything works without JavaScript. */
import { redirect } from 'react-router';
import type { Route } from './+types/brochure';
import { brochureOf, moveBrochure, prepareBrochure, publishBrochure, saveTexts, textsFor, voteOnBrochureOf, votesOf } from '../../domains/publication/index.server.ts';
import { awaitedSides, BROCHURE_STATE_LABELS, type BrochureTexts, parseTexts, textsAreOpen, THEME_LABELS, THEMES } from '../../domains/publication/index.ts';
import { latestRelease } from '../../domains/statistics/index.server.ts';
import { typesetBrochure } from '../../documents/brochure.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { readForm } from '../form-values.ts';
import { refusal } from '../request-context.ts';
import { Badge, ErrorSummary, Field, Notice, Page, Section } from '../ui/page.tsx';
import { focusOf, textsFromForm } from './brochure-form.ts';
import { committeeRoom, levelOf, today } from './committee-room.server.ts';
import { SECTION_LABELS } from './section-labels.ts';
import { shownFigures } from './shown-figures.server.ts';
import styles from './brochure.module.css';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `Plaquette ${loaderData?.name ?? ''} ${loaderData?.year ?? ''} · Comité · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, actor, year, place, wanted, rights } = await committeeRoom(context, request, params);
  if (!rights.aggregates) throw refusal('L’écriture de la plaquette est réservée aux membres du comité.');
  const brochure = await brochureOf(db, wanted);
  const texts = parseTexts(brochure?.texts, await textsFor(db, place.code));
  const writes = rights.votes && brochure !== undefined && textsAreOpen(brochure.state);
  const release = writes ? await latestRelease(db, { campaignYear: year, territoryCode: place.code }) : undefined;
  const set = release && (await shownFigures(db, wanted, place.level, release.id));
  const votes = brochure ? await votesOf(db, brochure.id) : [];
  return {
    year,
    code: place.code as string,
    name: place.name,
    level: levelOf(place.level),
    mayAct: rights.votes,
    texts,
    brochure: brochure ? { state: brochure.state, version: brochure.version, updatedAt: brochure.updatedAt, publishedAt: brochure.publishedAt, figures: brochure.manifest?.length ?? null } : null,
    votes: votes.map((v) => ({ name: v.name, side: v.side, vote: v.vote, reason: v.reason, mine: v.accountId === actor.accountId })),
    figures: set ? [...Map.groupBy(set.figures.values(), (f) => f.section)].map(([section, list]) => ({ label: SECTION_LABELS[section] ?? section, figures: list.map((f) => ({ id: f.id, label: f.label, text: f.text, year: f.year })) })) : [],
    awaited: awaitedSides(votes),
    done: new URL(request.url).searchParams.get('fait'),
  };
}

const DONE: { readonly [intent: string]: string } = {
  prepare: 'La plaquette est reliée aux chiffres figés. Relisez et complétez ses textes.',
  texts: 'Les textes sont enregistrés.',
  review: 'Les textes sont en relecture.',
  vote: 'La plaquette est soumise au vote du comité.',
  approve: 'Votre accord est enregistré.',
  refuse: 'Votre refus est enregistré : la plaquette revient en brouillon avec votre motif.',
  draft: 'La plaquette est revenue en brouillon.',
  publish: 'La plaquette est publiée.',
};

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, demonstration, actor, wanted } = await committeeRoom(context, request, params);
  const form = await readForm(request);
  const intent = String(form.get('intent') ?? '');
  const reason = String(form.get('reason') ?? '');
  const result =
    intent === 'prepare' ? await prepareBrochure(db, actor, wanted)
    : intent === 'texts' ? await saveTexts(db, actor, { ...wanted, texts: textsFromForm(form) })
    : intent === 'review' ? await moveBrochure(db, actor, { ...wanted, to: 'texts_under_review' })
    : intent === 'vote' ? await moveBrochure(db, actor, { ...wanted, to: 'copil_validation' })
    : intent === 'draft' ? await moveBrochure(db, actor, { ...wanted, to: 'draft', reason })
    : intent === 'approve' || intent === 'refuse' ? await voteOnBrochureOf(db, actor, { ...wanted, vote: intent, reason })
    : intent === 'publish' ? await publishBrochure(db, actor, { ...wanted, date: today(), demonstration }, typesetBrochure)
    : undefined;
  if (!result) throw refusal('Cette action n’existe pas.', 400);
  if (!result.ok) return { error: result.error.message, typed: intent === 'texts' ? parseTexts(textsFromForm(form), parseTexts(undefined, await textsFor(db, wanted.territory))) : null };
  return redirect(`/comite/${wanted.territory}/${wanted.year}/plaquette?fait=${intent}`, 303);
}

const Act = (props: { intent: string; children: string; quiet?: boolean }) => (
  <form method="post">
    <input type="hidden" name="intent" value={props.intent} />
    <button className={props.quiet ? 'button quiet' : 'button'}>{props.children}</button>
  </form>
);

const WithReason = (props: { intent: string; label: string; help: string; button: string }) => (
  <form method="post" className={`stack ${styles.reason}`}>
    <input type="hidden" name="intent" value={props.intent} />
    <Field id={`motif-${props.intent}`} label={props.label} help={props.help}>
      {(aria) => <input {...aria} name="reason" required maxLength={500} />}
    </Field>
    <button className="button danger">{props.button}</button>
  </form>
);

function TextArea(props: { id: string; label: string; value: string; rows: number; help?: string }) {
  return (
    <Field id={props.id} label={props.label} help={props.help}>
      {(aria) => <textarea {...aria} name={props.id} rows={props.rows} defaultValue={props.value} />}
    </Field>
  );
}
function Line(props: { id: string; label: string; value: string }) {
  return (
    <Field id={props.id} label={props.label}>
      {(aria) => <input {...aria} name={props.id} defaultValue={props.value} />}
    </Field>
  );
}

interface Insertable {
  readonly label: string;
  readonly figures: readonly { readonly id: string; readonly label: string; readonly text: string; readonly year: number }[];
}

function TextsForm({ texts, figures }: { texts: BrochureTexts; figures: readonly Insertable[] }) {
  return (
    <form method="post" className={styles.form}>
      <input type="hidden" name="intent" value="texts" />
      <p className="soft">
        Un chiffre s’insère par son code, par exemple <code>{'{{staff.headcount}}'}</code> : copiez-le de la liste ci-dessous dans un texte, sa valeur prendra sa place. Une ligne vide sépare deux paragraphes.
      </p>
      <details>
        <summary>Les chiffres à insérer</summary>
        {figures.map((g) => (
          <details key={g.label} className={styles.story}>
            <summary>{g.label}</summary>
            <ul className={styles.codes}>
              {g.figures.map((f) => (
                <li key={f.id}>
                  <code className={styles.code}>{`{{${f.id}}}`}</code> <strong>{f.text}</strong> <span className="soft">{`${f.label}, ${f.year}`}</span>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </details>
      <fieldset className="stack">
        <legend>Édito</legend>
        <Line id="editoTitle" label="Titre" value={texts.editoTitle} />
        <TextArea id="edito" label="Texte" value={texts.edito} rows={12} />
        <div className={styles.pair}>
          {texts.signatures.map((s, n) => (
            <div key={n} className="stack">
              <Line id={`signature-${n}-nom`} label={n === 0 ? 'Première signature' : 'Seconde signature'} value={s.name} />
              <Line id={`signature-${n}-fonction`} label="Fonction" value={s.role} />
            </div>
          ))}
        </div>
      </fieldset>
      {THEMES.map((id) => {
        const focus = focusOf(texts, id);
        return (
          <fieldset key={id} className="stack">
            <legend>{THEME_LABELS[id]}</legend>
            <TextArea id={`introduction-${id}`} label="Introduction" value={texts.introductions[id]} rows={3} />
            <details open={focus.text !== ''}>
              <summary>Un récit ou un témoignage</summary>
              <div className={`stack ${styles.story}`}>
                <p className="soft small">Les structures et les personnes nommées ont donné leur accord et ont relu.</p>
                <Line id={`recit-${id}-titre`} label="Titre" value={focus.title} />
                <TextArea id={`recit-${id}-texte`} label="Texte" value={focus.text} rows={6} />
                <Line id={`recit-${id}-auteur`} label="Qui parle" value={focus.author} />
              </div>
            </details>
          </fieldset>
        );
      })}
      <fieldset className="stack">
        <legend>Remerciements, territoire, contacts</legend>
        <TextArea id="acknowledgement" label="Remerciements" value={texts.acknowledgement} rows={3} help="La liste des structures s’ajoute d’elle-même." />
        <TextArea id="localParagraph" label="SENACS sur notre territoire" value={texts.localParagraph} rows={5} />
        <div className={styles.pair}>
          {texts.contacts.map((c, n) => (
            <div key={n} className="stack">
              <Line id={`contact-${n}-nom`} label={n === 0 ? 'Premier contact' : 'Second contact'} value={c.name} />
              <TextArea id={`contact-${n}-lignes`} label="Adresse, téléphone, site" value={c.lines.join('\n')} rows={4} />
            </div>
          ))}
        </div>
      </fieldset>
      <p>
        <button className="button">Enregistrer les textes</button>
      </p>
    </form>
  );
}

export default function Brochure({ loaderData: d, actionData }: Route.ComponentProps) {
  const room = `/comite/${d.code}/${d.year}`;
  const state = d.brochure?.state;
  const open = state !== undefined && textsAreOpen(state);
  return (
    <Page title={`Plaquette ${d.name} ${d.year}`} level={d.level} crumbs={[{ label: 'Comités', to: '/comite' }, { label: `${d.name} ${d.year}`, to: room }, { label: 'Plaquette' }]}>
      {actionData?.error && <ErrorSummary title="Ce n’est pas encore fait" errors={[{ message: actionData.error }]} />}
      {d.done && DONE[d.done] && !actionData?.error && (
        <div role="status">
          <Notice tone="good">
            <p>{DONE[d.done]}</p>
          </Notice>
        </div>
      )}

      <Section title="Où elle en est" id="etat">
        <p className="row">
          <Badge tone={state === 'published' ? 'good' : 'accent'}>{state ? BROCHURE_STATE_LABELS[state] : 'pas commencée'}</Badge>
          {d.brochure && d.brochure.version > 1 && <span className="soft">version {d.brochure.version}</span>}
          {d.brochure?.publishedAt && <span className="soft">Publiée le {formatDate(d.brochure.publishedAt)}, {d.brochure.figures} chiffres imprimés, chacun avec sa source</span>}
        </p>
        <div className="row">
          <a className="button quiet" href={`${room}/apercu.pdf`}>
            Aperçu (PDF)
          </a>
          {d.mayAct && (state === undefined || state === 'draft') && <Act intent="prepare">Relier la plaquette aux chiffres figés</Act>}
          {d.mayAct && state === 'figures_linked' && <Act intent="review">Envoyer les textes en relecture</Act>}
          {d.mayAct && state === 'texts_under_review' && <Act intent="vote">Soumettre au vote du comité</Act>}
          {d.mayAct && state === 'approved' && <Act intent="publish">Publier la plaquette</Act>}
          {d.mayAct && (state === 'published' || state === 'superseded') && (
            <Act intent="prepare" quiet>
              Préparer une nouvelle version
            </Act>
          )}
          {state === 'published' && <a className="button" href={`/territoires/${d.code}/plaquette/${d.year}.pdf`}>La plaquette publiée (PDF)</a>}
          {state === 'published' && <a href={`/territoires/${d.code}?annee=${d.year}`}>La page publique</a>}
        </div>
      </Section>

      {(state === 'copil_validation' || d.votes.length > 0) && (
        <Section title="Le vote du comité" id="vote">
          <p className="soft">La plaquette est approuvée quand au moins une personne de la Caf et une de la fédération sont d’accord et que personne ne refuse. Un refus la ramène en brouillon.</p>
          {d.votes.length > 0 && (
            <ul className={styles.votes}>
              {d.votes.map((v) => (
                <li key={v.name}>
                  <Badge tone={v.vote === 'approve' ? 'good' : 'bad'}>{v.vote === 'approve' ? 'd’accord' : 'refuse'}</Badge> {v.name}
                  {v.side && <span className="soft">, {v.side === 'caf' ? 'Caf' : 'fédération'}</span>}
                  {v.reason && <span> : « {v.reason} »</span>}
                </li>
              ))}
            </ul>
          )}
          {state === 'copil_validation' && d.awaited.length > 0 && <p>On attend l’accord {d.awaited.map((s) => (s === 'caf' ? 'de la Caf' : 'de la fédération')).join(' et ')}.</p>}
          {d.mayAct && state === 'copil_validation' && (
            <>
              <Act intent="approve">Donner mon accord</Act>
              <details>
                <summary>Refuser</summary>
                <WithReason intent="refuse" label="Pourquoi refuser" help="Le motif revient aux personnes qui écrivent." button="Refuser et rendre la plaquette" />
              </details>
            </>
          )}
        </Section>
      )}

      {d.mayAct && (state === 'figures_linked' || state === 'texts_under_review' || state === 'approved') && (
        <details>
          <summary>Reprendre en brouillon</summary>
          <WithReason intent="draft" label="Pourquoi reprendre" help="Par exemple : les chiffres ont changé." button="Reprendre en brouillon" />
        </details>
      )}

      {open && d.mayAct ? (
        <Section title="Les textes" id="textes">
          <TextsForm texts={actionData?.typed ?? d.texts} figures={d.figures} />
        </Section>
      ) : (
        state && state !== 'draft' && <p className="soft">Les textes ne changent plus dans cet état. L’aperçu les montre en place.</p>
      )}
    </Page>
  );
}
