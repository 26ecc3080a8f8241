/** Who changed what in a questionnaire, newest first. */
import type { Route } from './+types/change-log';
import { changesOf } from '../../../domains/questionnaire/index.server.ts';
import { formatDate } from '../../../kernel/french-date.ts';
import { Empty, Page } from '../../ui/page.tsx';
import { openVersion } from './studio-page.server.ts';
import { StudioNav, studioCrumbs } from './studio-nav.tsx';
import styles from './studio.module.css';
import { actWords, questionPath, rulePath } from './words.ts';

export const meta: Route.MetaFunction = ({ params }) => [{ title: `Journal · Questionnaire ${params.year} · SENACS` }];
const MOST = 500;

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, year, version } = await openVersion(context, request, params.year);
  const present = new Set([...version.questions.map((q) => `question ${q.key}`), ...version.rules.map((r) => `rule ${r.id}`)]);
  return { year, lines: (await changesOf(db, year, { limit: MOST })).map(({ id, at, name, act, kind, subject, note }) => ({ id, at, name, act: actWords(act), kind, subject, note, present: present.has(`${kind} ${subject}`) })) };
}

export default function ChangeLog({ loaderData: { year, lines } }: Route.ComponentProps) {
  return (
    <Page title="Journal" level="nation" crumbs={studioCrumbs(year, { label: 'Journal' })} lead="Chaque geste de l’atelier, par qui et quand. Rien ne s’en efface.">
      <StudioNav year={year} here="/journal" />
      {lines.length === 0 ? <Empty><p>Ce questionnaire vient du dossier livré avec le programme : personne ne l’a changé dans l’atelier.</p></Empty> : (
        <ul className={styles.changes}>
          {lines.map((l) => (
            <li key={l.id}>
              <span className="soft">{formatDate(l.at)}</span> {l.name ?? 'Le programme'} {l.act}{l.subject ? ' ' : ''}{l.subject && (l.present ? <a href={l.kind === 'rule' ? rulePath(year, l.subject) : questionPath(year, l.subject)}>{l.subject}</a> : <code>{l.subject}</code>)}.{l.note ? ` ${l.note}` : ''}
            </li>
          ))}
        </ul>
      )}
      {lines.length === MOST && <p className="soft">Les {MOST} derniers gestes.</p>}
    </Page>
  );
}
