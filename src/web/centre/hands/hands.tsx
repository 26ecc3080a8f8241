/** Who fills this response: what each gave, and the rubrics given by link until a day. */
import { data } from 'react-router';
import type { Route } from './+types/hands';
import { DUTY_LABELS, mayNameHands } from '../../../domains/access/index.ts';
import { directionOf, partsOf } from '../../../domains/access/index.server.ts';
import { givePart, handsOf, nameHand, revokePart } from '../../../domains/entry/index.server.ts';
import { parisDay } from '../../../kernel/french-date.ts';
import { readForm, requireUuid, unknownAct } from '../../form-values.ts';
import { refusal, services } from '../../request-context.ts';
import { ErrorSummary, Notice, Page, Section } from '../../ui/page.tsx';
import { openCentrePage } from '../centre-page.server.ts';
import { crumbsOf } from '../crumbs.ts';
import { rubricsAsked } from '../progress.ts';
import { Duties } from './duties.tsx';
import { GivenLinks } from './given-links.tsx';
import { HandList } from './hand-list.tsx';
import { NewLink } from './new-link.tsx';
import { PartForm } from './part-form.tsx';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `Qui remplit · ${loaderData.structureName} · SENACS` : 'SENACS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, actor, view, compiled, as, director, editable } = await openCentrePage(context, request, params);
  if (as !== 'structure') throw refusal('La structure seule confie ses rubriques.', 403);
  const codes = new Set(compiled.dataYears.flatMap((year) => rubricsAsked(compiled, view, year)));
  return {
    responseId: view.id, own: true, campaignYear: view.campaignYear, structureName: view.structureName, director, editable,
    rubrics: Object.entries(compiled.version.rubrics).flatMap(([code, label]) => (codes.has(code) ? [{ code, label }] : [])), dataYears: compiled.dataYears,
    closesOn: view.closesOn, today: parisDay(new Date()), hands: await handsOf(db, view.id), links: await partsOf(db, view), direction: await directionOf(db, view.structureId), mayName: mayNameHands(actor, view.structureId),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, view } = await openCentrePage(context, request, params);
  const form = await readForm(request);
  const text = (name: string): string => String(form.get(name) ?? '');
  switch (text('intention')) {
    case 'confier': {
      const given = { forWhom: text('pour'), rubrics: form.getAll('rubrique').map(String), dataYears: form.getAll('annee').map(Number), lastDay: text('jusqu-au') };
      const done = await givePart(db, actor, view.id, given, parisDay(new Date()));
      if (!done.ok) return data({ error: done.error.message, given }, { status: 422 });
      // Shown once: told by the answer itself, for an address would keep it in the browser's history.
      return data({ link: `${services(context).publicUrl}/lien/${done.value.token}`, given }, { headers: { 'Cache-Control': 'no-store' } });
    }
    case 'nommer': {
      const duty = text('fonction');
      if (duty !== 'in_charge' && duty !== 'substitute') throw unknownAct();
      const naming = { structureId: view.structureId, duty, name: text('nom'), email: text('adresse') } as const;
      const done = await nameHand(db, actor, naming, (token) => `${services(context).publicUrl}/invitation/${token}`);
      if (!done.ok) return data({ naming, refused: done.error.message }, { status: 422 });
      return data({ named: `${naming.name} devient ${DUTY_LABELS[duty]} : une lettre part à ${done.value.email}.` });
    }
    case 'retirer': {
      const done = await revokePart(db, actor, view.id, requireUuid(form.get('lien')));
      if (!done.ok) throw refusal(done.error.message, 409);
      return data({ revoked: true });
    }
    default:
      throw unknownAct();
  }
}

export default function Hands({ loaderData: d, actionData }: Route.ComponentProps) {
  const made = actionData && 'link' in actionData ? actionData : undefined;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const failed = actionData && 'error' in actionData ? actionData : undefined;
  return (
    <Page title="Qui remplit" lead={`${d.structureName}, campagne ${d.campaignYear}. Chaque réponse garde le nom de qui l’a donnée.`} crumbs={crumbsOf(d, { label: 'Qui remplit' })}>
      {made && <NewLink link={made.link} forWhom={made.given.forWhom} lastDay={made.given.lastDay} />}
      {failed && <ErrorSummary title="Le lien n’est pas fait" errors={[{ id: 'pour', message: failed.error }]} />}
      {actionData && 'named' in actionData && (
        <Notice tone="good" status>
          <p>{actionData.named}</p>
        </Notice>
      )}
      <Section title="Qui répond de la structure" id="direction">
        <Duties people={d.direction} mayName={d.mayName} failed={refused && { duty: refused.naming.duty, name: refused.naming.name, email: refused.naming.email, error: refused.refused }} />
      </Section>
      <Section title="Ce que chacun a donné" id="donne">
        <HandList hands={d.hands} />
      </Section>
      <Section title="Rubriques confiées par un lien" id="liens">
        <GivenLinks links={d.links} labels={Object.fromEntries(d.rubrics.map((r) => [r.code, r.label]))} mayRevoke={d.director} />
      </Section>
      {d.director && d.editable && (
        <Section title="Confier une rubrique" id="confier">
          <PartForm rubrics={d.rubrics} dataYears={d.dataYears} today={d.today} closesOn={d.closesOn} given={failed?.given} />
        </Section>
      )}
    </Page>
  );
}
