/** Errata of a questionnaire in use: the words that were corrected, and the form that corrects those of one question or one check. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/errata';
import { correctableWords, type ErratumField, nameOfQuestion, type QuestionnaireVersion } from '../../../domains/questionnaire/index.ts';
import { listErrata, recordErrata } from '../../../domains/questionnaire/index.server.ts';
import { formatDate } from '../../../kernel/french-date.ts';
import { readForm, textsOf } from '../../form-values.ts';
import { refusal } from '../../request-context.ts';
import { Empty, Field, Notice, Page, Section } from '../../ui/page.tsx';
import { maySetRight, openVersion } from './studio-page.server.ts';
import { StudioNav, studioCrumbs } from './studio-nav.tsx';
import styles from './studio.module.css';
import { questionPath, rulePath, versionPath } from './words.ts';

export const meta: Route.MetaFunction = ({ params }) => [{ title: `Errata · Questionnaire ${params.year} · SENACS` }];

const FIELD_WORDS: { readonly [field in ErratumField]: string } = { label: 'Libellé', help: 'Aide', note: 'Note pour les comités', message: 'Message', option_label: 'Réponse', row_label: 'Ligne', column_label: 'Colonne' };
const placeWords = (field: ErratumField, itemCode: string | null): string => `${FIELD_WORDS[field]}${itemCode === null ? '' : ` ${itemCode}`}`;

/** Fields that run over several lines. */
const LONG: readonly ErratumField[] = ['help', 'note', 'message'];

/** The question or the check named by the address. */
function subjectOf(version: QuestionnaireVersion, query: URLSearchParams) {
  const [key, id] = [query.get('question'), query.get('controle')];
  const question = key === null ? undefined : version.questions.find((q) => q.key === key);
  const rule = id === null ? undefined : version.rules.find((r) => r.id === id);
  if ((key !== null && !question) || (id !== null && !rule)) throw refusal(`Le questionnaire ${version.year} n’a pas ${key === null ? 'ce contrôle' : 'cette question'}\u00a0: choisissez dans la liste.`, 404);
  return question ? { of: { questionKey: question.key }, module: question.module ?? null, name: nameOfQuestion(question) } : rule ? { of: { ruleId: rule.id }, module: null, name: `Contrôle ${rule.id}` } : undefined;
}

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const open = await openVersion(context, request, params.year);
  const { db, year, version, state } = open;
  const query = new URL(request.url).searchParams;
  const subject = subjectOf(version, query);
  const errata = (await listErrata(db, year)).toReversed();
  return {
    year, inUse: state === 'in_use' || state === 'closed', done: query.has('fait'),
    subject: subject && maySetRight(open, subject.module) ? { name: subject.name, words: correctableWords(version, subject.of).map((w) => ({ field: w.field, itemCode: w.itemCode, text: w.text })) } : null,
    lines: errata.map((e) => {
      const question = version.questions.find((q) => q.key === e.questionKey);
      return { id: e.id, at: e.madeAt, who: e.madeByName, place: placeWords(e.field, e.itemCode), of: e.ruleId ?? (question ? question.code : e.questionKey), to: e.ruleId ? rulePath(year, e.ruleId) : questionPath(year, e.questionKey!), before: e.oldText, after: e.newText, reason: e.reason };
    }),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const open = await openVersion(context, request, params.year);
  const subject = subjectOf(open.version, new URL(request.url).searchParams);
  if (!subject) throw refusal('Choisissez d’abord une question ou un contrôle.', 404);
  const form = await readForm(request);
  const text = textsOf(form);
  // a word that the form did not hold is left alone; one that it held empty was seen empty
  const typed = correctableWords(open.version, subject.of).map(({ text: now, ...place }, i) => (form.has(`vu.${i}`) ? { ...place, seen: text(`vu.${i}`), newText: text(`mot.${i}`) } : { ...place, seen: now, newText: now }));
  const done = await recordErrata(open.db, open.author, { year: open.year, corrections: typed, reason: text('motif') });
  if (!done.ok) return data({ error: done.error.message, words: typed.map((t) => t.newText), reason: text('motif') }, { status: 422 });
  throw redirect(`${versionPath(open.year)}/errata?fait`, 303);
}

export default function Errata({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  return (
    <Page title="Errata" level="nation" crumbs={studioCrumbs(d.year, { label: 'Errata' })} lead="En usage, un questionnaire ne change plus : seuls ses mots se corrigent. Les centres lisent la correction aussitôt.">
      <StudioNav year={d.year} here="/errata" />
      {failed && <Notice tone="bad" alert><p>{failed.error}</p></Notice>}
      {!failed && d.done && <Notice tone="good" status><p>La correction est enregistrée. Les centres la lisent dès maintenant, et leur copie hors ligne à sa prochaine mise à jour.</p></Notice>}
      {d.subject && d.inUse && (
        <Section title={d.subject.name} id="corriger">
          <form method="post" className={styles.form}>
            <p className="help">Changez les mots à corriger, laissez les autres. Ni le sens, ni les réponses possibles, ni les bornes ne changent ainsi : ils attendent le questionnaire suivant.</p>
            {d.subject.words.map((w, i) => (
              <Field key={`${w.field} ${w.itemCode}`} id={`mot-${i}`} label={w.itemCode === null ? FIELD_WORDS[w.field] : <>{FIELD_WORDS[w.field]} <code>{w.itemCode}</code></>}>
                {(aria) => (
                  <>
                    <input type="hidden" name={`vu.${i}`} value={w.text} />
                    {LONG.includes(w.field) ? <textarea {...aria} name={`mot.${i}`} rows={3} defaultValue={failed?.words[i] ?? w.text} /> : <input {...aria} type="text" name={`mot.${i}`} defaultValue={failed?.words[i] ?? w.text} />}
                  </>
                )}
              </Field>
            ))}
            <Field id="motif" label="Pourquoi ces mots changent">
              {(aria) => <input {...aria} type="text" name="motif" required maxLength={300} defaultValue={failed?.reason ?? ''} />}
            </Field>
            <p><button className="button">Enregistrer la correction</button></p>
          </form>
        </Section>
      )}
      <Section title="Mots corrigés" id="corriges">
        {d.lines.length === 0 ? (
          <Empty><p>{d.inUse ? 'Aucun mot n’a été corrigé. Pour en corriger un, ouvrez sa question ou son contrôle.' : 'Ce questionnaire n’est pas encore en usage : ses mots se changent dans l’atelier.'}</p></Empty>
        ) : (
          <ul className={styles.changes}>
            {d.lines.map((l) => (
              <li key={l.id}>
                <span className="soft">{formatDate(l.at)}</span> <a href={l.to}>{l.of}</a>, {l.place.toLowerCase()}, par {l.who ?? 'l’exploitant'}. {l.reason}
                <ul>
                  <li><del>{l.before || '(vide)'}</del></li>
                  <li><ins>{l.after || '(vide)'}</ins></li>
                </ul>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}
