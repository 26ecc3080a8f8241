/** Before sending: what still stops it, what others entered and the structure has not looked at; then sending, declining, or asking a correspondent to send. */
import { Fragment } from 'react';
import { data, redirect } from 'react-router';
import type { Route } from './+types/submit';
import { type Blocker, mayDecline, sourceLabel, sourceWords, stateLabel, transitionAllowed } from '../../domains/entry/index.ts';
import { blockersOfResponse, declineResponse, requestThirdParty, reviewOnBehalf, submitByThirdParty, submitResponse, takeBack, unreviewedOf } from '../../domains/entry/index.server.ts';
import { askedKeys, formatAnswer, ruleWords } from '../../domains/questionnaire/index.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { requireYear, unknownAct } from '../form-values.ts';
import { Notice, Page, Section } from '../ui/page.tsx';
import { openCentreForm, openCentrePage } from './centre-page.server.ts';
import styles from './centre.module.css';
import { crumbsOf } from './crumbs.ts';
import { anchorOf } from './question-field.tsx';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `Transmettre · ${loaderData.structureName} · SENACS` : 'SENACS' }];

interface Line {
  readonly group: Exclude<Blocker['kind'], 'unreviewed'>;
  readonly rubric: string;
  /** The questions where one can act on it. */
  readonly questions: readonly { readonly href: string; readonly name: string }[];
  readonly text: string;
}

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, view, compiled, as, editable, director } = await openCentrePage(context, request, params);
  const blockers = await blockersOfResponse(db, view);
  const asked = new Map(compiled.dataYears.map((year) => [year, askedKeys(compiled, { structureKind: view.structureKind, territory: view.territoryCode, dataYear: year })]));
  const line = (b: Exclude<Blocker, { kind: 'unreviewed' }>): Line => {
    const keys = 'key' in b ? [b.key] : b.subject ? [b.subject.split('.')[0]!] : (asked.get(b.dataYear) ?? []).filter((key) => b.keys.includes(key));
    const questions = keys.flatMap((key) => compiled.questions.get(key) ?? []);
    return {
      rubric: questions[0]?.rubric ?? '', group: b.kind, text: 'key' in b ? '' : ruleWords(b.message, b.dataYear),
      questions: questions.map((q) => ({ href: `/centre/${view.id}/${b.dataYear}/${q.rubric}#${anchorOf(q.key)}-bloc`, name: `${q.code} ${q.label}${compiled.dataYears.length > 1 ? ` (${b.dataYear})` : ''}` })),
    };
  };
  return {
    responseId: view.id, structureName: view.structureName, campaignYear: view.campaignYear, state: view.state, as, director, editable, closesOn: view.closesOn,
    rubricLabels: compiled.version.rubrics,
    lines: blockers.flatMap((b) => (b.kind === 'unreviewed' ? [] : [line(b)])), total: blockers.length,
    unreviewed: unreviewedOf(view).map((v) => {
      const question = compiled.questions.get(v.key)!;
      return { dataYear: v.dataYear, key: v.key, question: `${question.code} ${question.label}`, value: formatAnswer(question, view.sheets[v.dataYear]?.answers[v.key]), source: sourceLabel(v.source), author: v.author, at: v.at, from: v.from ? sourceWords(v.from) : null, href: `/centre/${view.id}/${v.dataYear}/${question.rubric}#${anchorOf(v.key)}-bloc` };
    }),
    contested: view.onBehalf.filter((v) => v.verdict === 'contested').length,
    maySubmit: transitionAllowed(view.state, 'submitted') && (editable || view.state === 'submitted_by_third_party'), mayDecline: mayDecline(view.state), thirdParty: view.thirdPartyRequested, explained: view.findings.filter((f) => f.state === 'justified').length,
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, view, text } = await openCentreForm(context, request, params);
  const act = async () => {
    switch (text('intention')) {
      case 'transmettre':
        return submitResponse(db, actor, view.id);
      case 'reprendre':
        return takeBack(db, actor, view.id);
      case 'decliner':
        return declineResponse(db, actor, { responseId: view.id, reason: text('raison') });
      case 'demander':
      case 'retirer':
        return requestThirdParty(db, actor, view.id, text('intention') === 'demander');
      case 'transmettre-pour':
        return submitByThirdParty(db, actor, view.id);
      case 'relire': {
        const verdict = VERDICTS.find((v) => v === text('verdict'));
        if (!verdict) throw unknownAct();
        return reviewOnBehalf(db, actor, { responseId: view.id, dataYear: requireYear(text('annee')), key: text('question'), verdict, comment: text('commentaire') });
      }
      default:
        throw unknownAct();
    }
  };
  const done = await act();
  if (!done.ok) return data({ error: done.error.message }, { status: 409 });
  const intent = text('intention');
  const said = SAID[intent];
  throw redirect(said ? `/centre/${view.id}?fait=${said}` : intent === 'reprendre' ? `/centre/${view.id}` : `/centre/${view.id}/transmettre`);
}

/** What the overview confirms after each act that ends here. */
const SAID: { readonly [intent: string]: string } = { transmettre: 'transmises', decliner: 'declinees', 'transmettre-pour': 'transmises-pour' };
const VERDICTS = ['accepted', 'contested'] as const;
const GROUPS = [
  { group: 'blank', title: (n: number) => (n > 1 ? `${n} questions sans réponse` : 'Une question sans réponse'), help: 'Répondez, avec 0 ou « Aucun » si rien ne correspond.' },
  { group: 'undecided', title: (n: number) => (n > 1 ? `${n} valeurs à choisir` : 'Une valeur à choisir'), help: 'Deux réponses ont été données, ou votre gestionnaire en propose une : prenez-la ou gardez la vôtre, à la question.' },
  { group: 'hard', title: (n: number) => (n > 1 ? `${n} impossibilités à corriger` : 'Une impossibilité à corriger'), help: 'Deux réponses se contredisent, ou une valeur ne peut pas être.' },
  { group: 'unexplained', title: (n: number) => (n > 1 ? `${n} valeurs à vérifier` : 'Une valeur à vérifier'), help: 'Corrigez, ou dites en une phrase pourquoi la valeur est juste.' },
] as const;

export default function Submit({ loaderData: d, actionData }: Route.ComponentProps) {
  const ready = d.total === 0;
  const crumbs = crumbsOf({ ...d, own: d.as === 'structure' }, { label: 'Transmettre' });
  if (!d.editable && !d.maySubmit && d.unreviewed.length === 0)
    return (
      <Page title="Transmettre" lead={`${d.structureName} : ${stateLabel(d.state).toLowerCase()}.`} crumbs={crumbs}>
        <p>Il n’y a rien à transmettre : ces réponses ne sont pas en saisie.</p>
        <p>
          <a className="button quiet" href={`/centre/${d.responseId}`}>
            Revenir aux réponses
          </a>
        </p>
      </Page>
    );
  return (
    <Page
      title="Transmettre"
      lead={`${d.structureName}, campagne ${d.campaignYear}. ${ready ? 'Tout est prêt.' : `Il reste ${d.total} point${d.total > 1 ? 's' : ''} à traiter.`}`}
      crumbs={crumbs}
    >
      {actionData?.error && (
        <Notice tone="bad" alert>
          <p>{actionData.error}</p>
        </Notice>
      )}
      {GROUPS.map(({ group, title, help }) => {
        const lines = d.lines.filter((l) => l.group === group);
        return (
          lines.length > 0 && (
            <Section key={group} title={title(lines.length)} id={group}>
              <p className="soft">{help}</p>
              <ul className={styles.todo}>
                {group === 'blank' || group === 'undecided'
                  ? [...Map.groupBy(lines, (l) => l.rubric)].map(([rubric, own]) => (
                      <li key={rubric}>
                        <strong>
                          {rubric}. {d.rubricLabels[rubric]}
                        </strong>{' '}
                        <span className="soft">({own.length})</span>
                        <p className={styles.blanks}>
                          {own.flatMap((l) => l.questions).map((q) => (
                            <a key={q.href} href={q.href}>
                              {q.name}
                            </a>
                          ))}
                        </p>
                      </li>
                    ))
                  : // what concerns the same questions is said under their names once
                    [...Map.groupBy(lines, (l) => l.questions.map((q) => q.href).join(' '))].map(([where, own]) => (
                      <li key={where}>
                        {own[0]!.questions.map((q, i) => (
                          <Fragment key={q.href}>
                            {i > 0 && ' · '}
                            <a href={q.href}>{q.name}</a>
                          </Fragment>
                        ))}
                        {[...new Set(own.map((l) => l.text))].map((text) => (
                          <p key={text}>{text}</p>
                        ))}
                      </li>
                    ))}
              </ul>
            </Section>
          )
        );
      })}
      {d.unreviewed.length > 0 && (
        <Section title="Saisi pour votre compte, à relire" id="relire">
          <p className="soft">Vous gardez le dernier mot : acceptez, corrigez ou contestez chaque valeur. Votre silence ne vaut pas accord.</p>
          {d.unreviewed.map((v) => (
            <div key={`${v.dataYear} ${v.key}`} className={styles.point}>
              <p>
                <a href={v.href}>{v.question}</a> ({v.dataYear})
              </p>
              <p>
                <strong>{v.value}</strong>{' '}
                <span className="soft">
                  saisi par {v.author ?? v.source}, {v.source}, le {formatDate(v.at)}{v.from && `, ${v.from}`}
                </span>
              </p>
              {d.director ? (
                <form method="post" className={styles.inline}>
                  <input type="hidden" name="intention" value="relire" />
                  <input type="hidden" name="annee" value={v.dataYear} />
                  <input type="hidden" name="question" value={v.key} />
                  <button className="button quiet" name="verdict" value="accepted">
                    Accepter<span className="visually-hidden"> {v.question}</span>
                  </button>
                  <label>
                    <span className="visually-hidden">Commentaire sur {v.question}</span>
                    <input type="text" name="commentaire" placeholder="Pourquoi contester" size={24} />
                  </label>
                  <button className="button danger" name="verdict" value="contested">
                    Contester<span className="visually-hidden"> {v.question}</span>
                  </button>
                </form>
              ) : (
                <p className="soft">La direction de la structure relit cette valeur.</p>
              )}
            </div>
          ))}
        </Section>
      )}
      {d.as === 'structure' && d.maySubmit && (
        <Section title={d.state === 'submitted_by_third_party' ? 'Confirmer' : 'Transmettre à vos correspondants'} id="envoyer">
          {d.contested > 0 && <p className="soft">{d.contested} valeur{d.contested > 1 ? 's' : ''} contestée{d.contested > 1 ? 's' : ''} : vos correspondants le liront.</p>}
          <p>
            {ready
              ? 'Vos réponses partent chez vos deux correspondants. Tant que la saisie est ouverte, vous pourrez les reprendre.'
              : 'Le bouton s’ouvre quand la liste ci-dessus est vide.'}
          </p>
          {!d.director && <p className="soft">Seule la direction transmet : prévenez-la.</p>}
          <form method="post" className={styles.inline}>
            <button className="button" name="intention" value="transmettre" disabled={!ready || !d.director}>
              {d.state === 'submitted_by_third_party' ? 'Confirmer ces réponses' : 'Transmettre mes réponses'}
            </button>
            {d.state === 'submitted_by_third_party' && d.director && (
              <button className="button quiet" name="intention" value="reprendre">
                Reprendre la saisie
              </button>
            )}
            <a href={`/centre/${d.responseId}/reponses.pdf`}>Copie en PDF</a>
            <a href={`/centre/${d.responseId}/tableur`}>Copie en tableur</a>
          </form>
        </Section>
      )}
      {d.state === 'correction_requested' && (
        <p>
          <a className="button" href={`/centre/${d.responseId}/corrections`}>
            Voir les demandes et renvoyer
          </a>
        </p>
      )}
      {d.as !== 'structure' && d.editable && (
        <Section title="Transmettre pour la structure" id="pour">
          {d.thirdParty ? (
            <form method="post" className="stack">
              <p>La structure vous l’a demandé. Elle relira ensuite chaque valeur saisie pour elle.</p>
              <button className="button" name="intention" value="transmettre-pour" disabled={d.lines.length > 0}>
                Transmettre pour elle
              </button>
            </form>
          ) : (
            <p className="soft">La structure ne l’a pas demandé : elle seule transmet ses réponses.</p>
          )}
        </Section>
      )}
      {d.as === 'structure' && d.director && d.editable && d.state === 'in_progress' && (
        <Section title="Se faire aider" id="aide">
          <form method="post" className="stack">
            <p>{d.thirdParty ? 'Vous avez demandé à un correspondant de transmettre pour vous. Vous relirez ce qu’il aura saisi.' : 'Un correspondant peut finir la saisie et transmettre pour vous, si vous le demandez. Vous relirez chaque valeur.'}</p>
            <button className="button quiet" name="intention" value={d.thirdParty ? 'retirer' : 'demander'}>
              {d.thirdParty ? 'Retirer ma demande' : 'Demander à un correspondant'}
            </button>
          </form>
        </Section>
      )}
      {d.as === 'structure' && d.director && d.mayDecline && (
        <details className="section">
          <summary>Ne pas répondre à cette campagne</summary>
          <form method="post" className="stack">
            <p>Répondre est volontaire. Les rappels s’arrêtent, vos réponses déjà saisies restent à vous, et votre choix n’est jamais rendu public.</p>
            <div className="field">
              <label htmlFor="raison">Une raison, si vous voulez la dire (facultatif)</label>
              <textarea id="raison" name="raison" rows={2} />
            </div>
            <button className="button danger" name="intention" value="decliner">
              Ne pas répondre
            </button>
          </form>
        </details>
      )}
    </Page>
  );
}
