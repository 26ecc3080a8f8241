/** What a managing body gives once for all its structures: the questions that are facts of its own, by rubric. A plain form; no answer of a structure is shown. */
import { data } from 'react-router';
import type { Route } from './+types/facts';
import { bodiesOf } from '../../domains/access/index.ts';
import { mayReceive, sharedQuestions } from '../../domains/entry/index.ts';
import { factsOfBody, giveSharedFacts, latestCampaignOf, managingBodyName, structuresOfBody } from '../../domains/entry/index.server.ts';
import { type Answer, parseFormAnswer } from '../../domains/questionnaire/index.ts';
import { loadVersion } from '../../domains/questionnaire/index.server.ts';
import { formatDate, parisDay } from '../../kernel/french-date.ts';
import { anchorOf, QuestionField } from '../centre/question-field.tsx';
import type { Typed } from '../centre/typed.ts';
import { readForm } from '../form-values.ts';
import { refusal, requireActor, services } from '../request-context.ts';
import { Empty, ErrorSummary, Notice, Page, Section } from '../ui/page.tsx';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `Faits du gestionnaire · ${loaderData.name} · SENACS` : 'SENACS' }];

async function openBody(context: Route.LoaderArgs['context'], request: Request, bodyId: string) {
  const actor = requireActor(context, request);
  const { db } = services(context);
  if (!bodiesOf(actor).includes(bodyId)) throw refusal('Vous ne représentez pas ce gestionnaire : un correspondant de l’une de ses structures peut vous nommer.', 403);
  const campaign = await latestCampaignOf(db, bodyId);
  const name = (await managingBodyName(db, bodyId)) ?? '';
  if (!campaign) return { db, actor, name, opened: null };
  const [compiled, structures] = await Promise.all([loadVersion(db, campaign.questionnaireYear), structuresOfBody(db, bodyId, campaign.campaignYear)]);
  return { db, actor, name, opened: { campaignYear: campaign.campaignYear, compiled, structures, dataYear: compiled.mainDataYear, questions: sharedQuestions(compiled, structures, compiled.mainDataYear) } };
}

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, name, opened } = await openBody(context, request, params.bodyId);
  if (!opened) return { name, opened: null };
  const { campaignYear, compiled, structures, dataYear, questions } = opened;
  const facts = await factsOfBody(db, params.bodyId, campaignYear, dataYear);
  return {
    name,
    opened: {
      campaignYear, dataYear, questions, rubrics: Object.entries(compiled.version.rubrics).flatMap(([code, label]) => (questions.some((q) => q.rubric === code) ? [{ code, label }] : [])),
      structures: structures.map((s) => ({ id: s.responseId, name: s.name, communeName: s.communeName, kind: s.structureKind, receives: mayReceive(s) })),
      answers: Object.fromEntries(facts.flatMap((f) => (f.answer ? [[f.key, f.answer]] : []))) as { [key: string]: Answer },
      said: Object.fromEntries(facts.flatMap((f) => (f.answer ? [[f.key, `Donné par ${f.author} le ${formatDate(parisDay(new Date(f.at)))}.`]] : []))) as { [key: string]: string },
    },
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, opened } = await openBody(context, request, params.bodyId);
  const form = await readForm(request);
  const errors: { [key: string]: string } = {};
  const typed: { [key: string]: Typed } = {};
  const answers = new Map<string, Answer | undefined>();
  for (const question of opened?.questions ?? []) {
    const read = parseFormAnswer(question, (name) => form.getAll(name).map(String));
    if (read.ok) answers.set(question.key, read.value);
    else {
      errors[question.key] = read.error.message;
      typed[question.key] = read.error.typed;
    }
  }
  // What is well written waits in its field too: nothing is given by halves.
  if (Object.keys(errors).length > 0) {
    for (const question of opened!.questions) typed[question.key] ??= Object.fromEntries([...form.keys()].filter((name) => name === question.key || name.startsWith(`${question.key}~`)).map((name) => [name, form.getAll(name).map(String)]));
    return data({ errors, typed, refused: null, given: false }, { status: 422 });
  }
  const done = await giveSharedFacts(db, actor, { managingBodyId: params.bodyId, answers });
  if (!done.ok) return data({ errors, typed, refused: done.error.message, given: false }, { status: 409 });
  return data({ errors, typed, refused: null, given: true });
}

export default function Facts({ loaderData: { name, opened }, actionData }: Route.ComponentProps) {
  if (!opened)
    return (
      <Page title={name} lead="Faits donnés une fois pour toutes ses structures.">
        <Empty>
          <p>Aucune campagne n’interroge encore les structures de ce gestionnaire.</p>
        </Empty>
      </Page>
    );
  const { questions } = opened;
  const receiving = opened.structures.some((s) => s.receives);
  const errors = actionData?.errors ?? {};
  return (
    <Page title={name} lead={`Campagne ${opened.campaignYear}, données ${opened.dataYear}. Donnez une fois ce qui vaut pour toutes vos structures : chacune relit avant que cela ne compte.`}>
      <ErrorSummary errors={questions.flatMap((q) => (errors[q.key] ? [{ id: `${anchorOf(q.key)}-bloc`, message: `${q.code} ${q.label} : ${errors[q.key]}` }] : []))} />
      {actionData?.refused && (
        <Notice tone="bad" alert>
          <p>{actionData.refused}</p>
        </Notice>
      )}
      {actionData?.given && (
        <Notice tone="good" status>
          <p>C’est donné. Les structures qui n’ont pas encore transmis trouvent chaque valeur à côté de sa question ; leurs directions sont prévenues par message.</p>
        </Notice>
      )}
      <Section title="Vos structures" id="structures">
        <ul>
          {opened.structures.map((s) => (
            <li key={s.id}>
              {s.name}
              {s.communeName && `, ${s.communeName}`} ({s.kind})
            </li>
          ))}
        </ul>
        <p className="soft">Vous ne voyez ni leurs réponses, ni leur avancement, ni ce qu’elles retiennent. Une question laissée vide n’est proposée à personne.</p>
      </Section>
      <form method="post" className="stack" noValidate>
        {opened.rubrics.map((rubric) => (
          <Section key={rubric.code} title={`${rubric.code}. ${rubric.label}`} id={`rubrique-${rubric.code}`}>
            {questions.filter((q) => q.rubric === rubric.code).map((question) => (
              <QuestionField
                key={question.key} question={{ ...question, required: true }} answer={opened.answers[question.key]} typed={actionData?.typed[question.key]} error={errors[question.key]} disabled={!receiving} origin={opened.said[question.key] ?? null}
                previous={undefined} cut={undefined} previousYear={0} findings={[]} hidden={false} asks={[]} replyLink="" proposed={undefined} historyLink={null} totals={{}} conflicts={[]} note={undefined} asking={undefined} beside={null} askLink={null} nameOf={(key) => key}
              />
            ))}
          </Section>
        ))}
        {receiving ? (
          <p>
            <button className="button">Donner à mes structures</button>
          </p>
        ) : (
          <p className="soft">La campagne est terminée dans leurs territoires : il n’y a rien à donner pour l’instant.</p>
        )}
      </form>
    </Page>
  );
}
