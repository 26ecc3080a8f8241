/** What a centre asks about the questions of the form (R42, R53): the question quoted, two aims, and every exchange so far. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/questions';
import { actsNow, AIM_LABELS, AIMS, INQUIRY_STATE_LABELS, sessionOpen, whyNotNow } from '../../domains/entry/index.ts';
import { ask, askAgain, sessionsOfResponse } from '../../domains/entry/index.server.ts';
import { askedKeys } from '../../domains/questionnaire/index.ts';
import { requireUuid, requireYear, unknownAct, yearIn } from '../form-values.ts';
import { Badge, Empty, Field, Notice, Page, Section } from '../ui/page.tsx';
import { Thread } from '../ui/thread.tsx';
import { Interpretations } from './asked-note.tsx';
import { openCentreForm, openCentrePage, interpretationsOfPage } from './centre-page.server.ts';
import styles from './centre.module.css';
import { crumbsOf } from './crumbs.ts';
import { anchorOf } from './question-field.tsx';
import { inquiryTone, saidIn } from './inquiry-words.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `Questions à vos correspondants · ${loaderData.structureName} · SENACS` : 'SENACS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const page = await openCentrePage(context, request, params);
  const { view, compiled, as } = page;
  const interpretations = await interpretationsOfPage(page);
  const query = new URL(request.url).searchParams;
  const dataYear = yearIn(query.get('annee')) ?? compiled.dataYears[0]!;
  const keys = compiled.dataYears.includes(dataYear) ? askedKeys(compiled, { structureKind: view.structureKind, territory: view.territoryCode, dataYear }) : [];
  const about = keys.includes(query.get('sur') ?? '') ? compiled.questions.get(query.get('sur')!) : undefined;
  return {
    responseId: view.id, structureName: view.structureName, campaignYear: view.campaignYear, own: as === 'structure', done: query.get('fait'), closed: whyNotNow(view.phase)?.message ?? null,
    about: about ? { key: about.key, code: about.code, label: about.label, help: about.help, dataYear, interpretations: interpretations[about.key] ?? [], back: `/centre/${view.id}/${dataYear}/${about.rubric}#${anchorOf(about.key)}-bloc` } : null,
    inSession: as === 'structure' && (await sessionsOfResponse(page.db, view.id)).some((s) => sessionOpen(s, view.phase)),
    inquiries: (view.inquiries ?? []).toReversed().map((i) => ({
      id: i.id, state: i.state, quoted: i.quoted, dataYear: i.dataYear, mayAsk: actsNow(i.state, 'structure').includes('ask'),
      link: compiled.questions.has(i.key) ? `/centre/${view.id}/${i.dataYear}/${compiled.questions.get(i.key)!.rubric}#${anchorOf(i.key)}-bloc` : null,
      session: i.session ?? null, said: saidIn(i.messages, 'structure'),
    })),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, view, text } = await openCentreForm(context, request, params);
  const here = `/centre/${view.id}/questions`;
  const body = text('message');
  switch (text('intention')) {
    case 'demander': {
      const aim = AIMS.find((a) => a === text('but'));
      const done = aim ? await ask(db, actor, { responseId: view.id, dataYear: requireYear(text('annee')), key: text('sur'), aim, body }) : ({ ok: false, error: { message: 'Choisissez d’abord à qui s’adresse votre question.' } } as const);
      if (!done.ok) return data({ at: '', error: done.error.message, body, aim: text('but') }, { status: 422 });
      throw redirect(`${here}?fait=envoyee#question-${done.value.inquiryId}`, 303);
    }
    case 'ajouter': {
      const id = requireUuid(text('question'));
      const done = await askAgain(db, actor, { inquiryId: id, body });
      if (!done.ok) return data({ at: id, error: done.error.message, body, aim: '' }, { status: 409 });
      throw redirect(`${here}?fait=envoyee#question-${id}`, 303);
    }
    default:
      throw unknownAct();
  }
}

const AIM_HELP: { readonly [aim in (typeof AIMS)[number]]: string } = {
  correspondents: 'Ils répondent à votre centre : la réponse s’affiche sous la question.',
  interpretation: 'Ils la relaient au comité technique national, sans vous nommer : sa réponse devient une part de l’aide, pour tous.',
};

export default function Questions({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  const { about } = d;
  return (
    <Page
      title={about ? 'Une question ?' : d.own ? 'Vos questions' : 'Questions du centre'}
      lead={about ? undefined : `${d.structureName}, campagne ${d.campaignYear}. Depuis chaque question du formulaire, le lien « Une question ? » écrit aux deux correspondants.`}
      crumbs={crumbsOf(d, { label: 'Questions' })}
    >
      {!failed && d.done === 'envoyee' && (
        <Notice tone="good" status>
          <p>Votre message est parti chez vos deux correspondants. Leur réponse s’affichera ici et sous la question.</p>
        </Notice>
      )}
      {about && (
        <>
          <blockquote className={styles.quoted}>
            <p>
              <span className={styles.code}>{about.code}</span> {about.label}
            </p>
            {about.help && <p className="help">{about.help}</p>}
            <Interpretations of={about} />
          </blockquote>
          {d.closed ? (
            <Notice>
              <p>{d.closed}</p>
            </Notice>
          ) : (
            d.own && (
              <form method="post" className="stack">
                <input type="hidden" name="sur" value={about.key} />
                <input type="hidden" name="annee" value={about.dataYear} />
                <fieldset className="field">
                  <legend>Que souhaitez-vous&nbsp;?</legend>
                  {AIMS.map((aim, i) => (
                    <div key={aim}>
                      <label className="choice">
                        <input type="radio" name="but" value={aim} defaultChecked={failed ? failed.aim === aim : i === 0} aria-describedby={`but-${aim}`} />
                        {AIM_LABELS[aim]}
                      </label>
                      <p className={`help ${styles.under}`} id={`but-${aim}`}>
                        {AIM_HELP[aim]}
                      </p>
                    </div>
                  ))}
                </fieldset>
                <Field id="message" label="Votre question" help="Ne nommez pas de personne." error={failed?.at === '' ? failed.error : undefined}>
                  {(aria) => <textarea {...aria} name="message" rows={4} defaultValue={failed?.at === '' ? failed.body : undefined} />}
                </Field>
                <p className="row">
                  <button className="button" name="intention" value="demander">
                    Envoyer aux deux correspondants
                  </button>
                  <a href={about.back}>Revenir à la question</a>
                  {d.inSession && <a href={`/centre/${d.responseId}/sessions?annee=${about.dataYear}&sur=${about.key}`}>La poser pour tous, dans une session collective</a>}
                </p>
              </form>
            )
          )}
        </>
      )}
      {(d.inquiries.length > 0 || !about) && (
        <Section title={about ? 'Vos questions jusqu’ici' : 'Échanges'} id="echanges">
          {d.inquiries.length === 0 && (
            <Empty>
              <p>Aucune question pour l’instant.</p>
            </Empty>
          )}
          {d.inquiries.map((i) => (
            <article key={i.id} id={`question-${i.id}`} className={styles.point} aria-labelledby={`titre-${i.id}`}>
              <div className={styles.inline}>
                <h3 id={`titre-${i.id}`}>
                  {i.link ? <a href={i.link}>{`${i.quoted.code} ${i.quoted.label}`}</a> : `${i.quoted.code} ${i.quoted.label}`} ({i.dataYear})
                </h3>
                <Badge tone={inquiryTone(i.state)}>{INQUIRY_STATE_LABELS[i.state]}</Badge>
              </div>
              {i.session && <p className="small">Posée dans la session «&nbsp;{i.session}&nbsp;»&nbsp;: la réponse est dite à tous ses centres, sans vous nommer.</p>}
              <Thread said={i.said} />
              {d.own && i.mayAsk && !d.closed && (
                <details open={failed?.at === i.id}>
                  <summary>Ajouter un message</summary>
                  <form method="post" className="stack">
                    <input type="hidden" name="question" value={i.id} />
                    <Field id={`message-${i.id}`} label="Votre message" error={failed?.at === i.id ? failed.error : undefined}>
                      {(aria) => <textarea {...aria} name="message" rows={3} defaultValue={failed?.at === i.id ? failed.body : undefined} />}
                    </Field>
                    <button className="button quiet" name="intention" value="ajouter">
                      Envoyer
                    </button>
                  </form>
                </details>
              )}
            </article>
          ))}
        </Section>
      )}
    </Page>
  );
}
