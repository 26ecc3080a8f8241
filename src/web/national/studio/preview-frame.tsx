/** The questions of one rubric alone, by the entry's own component: what the preview frames. Nothing is kept, nothing is sent. */
import type { Route } from './+types/preview-frame';
import { askedKeys, type Question } from '../../../domains/questionnaire/index.ts';
import { interpretationsBeside } from '../../../domains/questionnaire/index.server.ts';
import { registerCodes } from '../../../domains/registry/index.server.ts';
import { refusal } from '../../request-context.ts';
import { interpretationWords } from '../../centre/asked-note.tsx';
import { QuestionField } from '../../centre/question-field.tsx';
import { openVersion } from './studio-page.server.ts';
import styles from './studio.module.css';

export const meta: Route.MetaFunction = ({ params }) => [{ title: `Aperçu · Questionnaire ${params.year} · SENACS` }];

/** Framed by the preview page of this very site, and by nobody else; no script, no form sent. */
export const headers: Route.HeadersFunction = () => ({
  'X-Frame-Options': 'SAMEORIGIN',
  'Content-Security-Policy': "default-src 'self'; script-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
});

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, version, compiled } = await openVersion(context, request, params.year);
  const query = new URL(request.url).searchParams;
  const rubric = query.get('rubrique') ?? '';
  const kind = (await registerCodes(db)).kinds.find((k) => k.code === query.get('type'));
  if (!kind || version.rubrics[rubric] === undefined) throw refusal('Choisissez une structure et une rubrique dans l’aperçu.', 404);
  const asked = new Set(askedKeys(compiled, { structureKind: kind.code, territory: query.get('territoire') ?? '', dataYear: compiled.mainDataYear }));
  const questions = version.questions.filter((q) => q.rubric === rubric && asked.has(q.key));
  return { title: `${rubric}. ${version.rubrics[rubric]}`, kind: kind.label, questions, interpretations: interpretationWords(await interpretationsBeside(db, version)), paper: query.get('support') === 'papier' };
}

const asBlank = (question: Question) => ({
  question, answer: undefined, typed: undefined, error: undefined, previous: undefined, cut: undefined, previousYear: 0, findings: [], hidden: false, disabled: false, origin: null, asks: [], replyLink: '', proposed: undefined, historyLink: null, totals: {},
  conflicts: [], note: undefined, beside: null, askLink: null, nameOf: (key: string) => key,
});

export default function PreviewFrame({ loaderData: { title, kind, questions, interpretations, paper } }: Route.ComponentProps) {
  return (
    <main id="contenu" tabIndex={-1} aria-label={paper ? 'Rubrique sur papier' : 'Rubrique sur un téléphone'} className={paper ? `${styles.frame} ${styles.paper}` : styles.frame}>
      <style>{'.site-head, .site-foot, .demo-banner, .skip { display: none !important; }'}</style>
      <h1>{title}</h1>
      <p className="soft small">{kind}</p>
      {questions.length === 0 && <p>Aucune question de cette rubrique ne se pose à cette structure.</p>}
      {questions.map((question) => (
        <div key={question.key} className={styles.alike}>
          {question.relevance && <p className={styles.condition}>Seulement si <code>{question.relevance}</code></p>}
          <QuestionField {...asBlank(question)} asking={interpretations[question.key] && { interpretations: interpretations[question.key]!, last: null }} />
          {/* a long list is a menu on the screen; on paper its answers are ticked */}
          {paper && question.kind === 'single' && (
            <ul className={styles.boxes}>{question.options!.map((o) => <li key={o.code}>{o.label}</li>)}</ul>
          )}
        </div>
      ))}
    </main>
  );
}
