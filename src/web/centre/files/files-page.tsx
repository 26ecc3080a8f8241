/** The files read, what they propose and how it was made: all of it here, in the browser. */
import { useRef } from 'react';
import type { Route } from './+types/files';
import { type Choices, type FileKind, keptChoice, TARGETS } from '../../../domains/proposal/index.ts';
import { Notice, Page, Section } from '../../ui/page.tsx';
import { crumbsOf } from '../crumbs.ts';
import styles from './files.module.css';
import { PlaceList } from './place-list.tsx';
import { ProposalList } from './proposal-list.tsx';
import { useAccepting } from './use-accepting.ts';
import { type Reading, useReader } from './use-reader.ts';

const KINDS: readonly { readonly kind: FileKind; readonly title: string; readonly lead: string; readonly label: string; readonly help: string; readonly accept: string; readonly several: boolean }[] = [
  {
    kind: 'accounts', title: 'Votre comptabilité', several: true, accept: '.txt,.csv,.fec,text/plain', label: 'Fichier des écritures comptables (FEC) de l’exercice',
    lead: 'Budget, charges de personnel, produits par financeur.', help: 'Votre logiciel de comptabilité ou votre comptable l’exporte : c’est le fichier que demande l’administration fiscale. En gestion municipale, il n’existe pas.',
  },
  {
    kind: 'payroll', title: 'Votre paie', several: true, accept: '.dsn,.txt,.edi,text/plain', label: 'Déclarations sociales nominatives (DSN) des douze mois',
    lead: 'Salariés, équivalents temps plein, contrats, fonctions.', help: 'Choisissez les douze fichiers mensuels ensemble. Votre prestataire de paie peut vous les donner.',
  },
  {
    kind: 'members', title: 'Vos adhérents', several: false, accept: '.csv,.xlsx,.ods,.xls,.txt', label: 'Liste des adhérents et usagers de l’année',
    lead: 'Usagers par âge, sexe, quotient familial, lieu de résidence.', help: 'Un tableau (XLSX, ODS ou CSV) exporté de votre logiciel, avec une ligne de titres. Une personne y figure autant de fois qu’il faut : elle est comptée une fois.',
  },
];

export function FilesPage({ page: d }: { readonly page: Route.ComponentProps['loaderData'] }) {
  const reader = useReader({ guides: d.guides, scope: { dataYear: d.dataYear, questions: d.questions }, kept: d.kept });
  const accepting = useAccepting(d);
  const toKeep = useRef(new Map<string, string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function choose(kind: FileKind, choices: Choices, [place, code]: readonly [string, string]): void {
    reader.choose(kind, choices);
    if (!d.own) return;
    toKeep.current.set(place, code);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const kept = [...toKeep.current].flatMap(([id, target]) => keptChoice(id, target) ?? []);
      toKeep.current.clear();
      // A lost choice costs one gesture next year: nothing is said of it.
      if (kept.length > 0) void fetch(`/centre/${d.responseId}/classement`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(kept), keepalive: true }).catch(() => {});
    }, 500);
  }

  return (
    <Page title="Partir de vos fichiers" lead={`${d.structureName}, données de l’année ${d.dataYear}`} crumbs={crumbsOf(d, { label: 'Vos fichiers' })}>
      <Notice title="Rien de ces fichiers n’est envoyé">
        <p>
          Ils sont lus par votre navigateur, sur cet ordinateur. Ne partent que les valeurs que vous acceptez et votre classement (numéros de comptes, sans libellé). Fermez la page&nbsp;: tout le reste est oublié.
        </p>
      </Notice>
      <noscript>
        <Notice tone="warn" title="Cette page a besoin de JavaScript">
          <p>C’est lui qui lit vos fichiers sans les envoyer. Sans lui, remplissez les rubriques à la main&nbsp;: rien d’autre ne change.</p>
        </Notice>
      </noscript>
      {!d.editable && (
        <Notice tone="accent">
          <p>Ces réponses ne sont plus modifiables pour l’instant&nbsp;: vous pouvez voir ce que disent vos fichiers, sans l’enregistrer.</p>
        </Notice>
      )}
      {KINDS.filter(({ kind }) => d.questions.some((q) => TARGETS[kind].includes(q.key))).map((file) => (
        <Section key={file.kind} title={file.title} id={file.kind}>
          <div className="field">
            <label htmlFor={`fichier-${file.kind}`}>{file.label}</label>
            <p className="help" id={`aide-${file.kind}`}>
              {file.lead} {file.help}
            </p>
            <input
              id={`fichier-${file.kind}`}
              type="file"
              accept={file.accept}
              multiple={file.several}
              disabled={!reader.ready}
              aria-describedby={`aide-${file.kind}`}
              onChange={(event) => reader.open(file.kind, [...(event.currentTarget.files ?? [])])}
            />
          </div>
          <p role="status" className={styles.status}>
            {statusOf(reader.readings[file.kind])}
          </p>
          <ReadingView reading={reader.readings[file.kind]} kind={file.kind} choose={choose}>
            {(proposals) => (
              <ProposalList questions={d.questions} proposals={proposals} answers={accepting.answers} previous={d.previous} dataYear={d.dataYear} refused={accepting.refused} editable={d.editable} accept={accepting.accept} />
            )}
          </ReadingView>
        </Section>
      ))}
      <div className={styles.bar}>
        <span role="status" className={styles.saving} data-tone={accepting.status?.tone}>
          {accepting.status?.text ?? 'Rien n’est encore accepté depuis l’ouverture de cette page.'}
        </span>
        <nav aria-label="Relire les rubriques" className={styles.back}>
          {d.rubrics.map((r) => (
            <a key={r.code} href={`/centre/${d.responseId}/${d.dataYear}/${r.code}`}>
              {r.code}. {r.label}
            </a>
          ))}
        </nav>
      </div>
    </Page>
  );
}

function statusOf(reading: Reading): string {
  if (reading.step === 'waiting') return '';
  if (reading.step === 'reading') return `Lecture de ${reading.names.length > 1 ? `${reading.names.length} fichiers` : reading.names[0]!}…`;
  if (reading.step === 'refused') return '';
  const count = reading.derived.proposals.length;
  return `${reading.derived.summary.join('. ')}. ${count === 0 ? 'Aucune valeur proposée pour l’instant.' : `${count} valeurs proposées.`}`;
}

function ReadingView(props: { readonly reading: Reading; readonly kind: FileKind; readonly choose: (kind: FileKind, choices: Choices, changed: readonly [string, string]) => void; readonly children: (proposals: Extract<Reading, { step: 'read' }>['derived']['proposals']) => React.ReactNode }) {
  const { reading } = props;
  if (reading.step === 'refused')
    return (
      <Notice tone="bad" alert>
        <p>{reading.message}</p>
      </Notice>
    );
  if (reading.step !== 'read') return null;
  const { derived } = reading;
  return (
    <div className="stack">
      {derived.warnings.length > 0 && (
        <Notice tone="warn">
          <ul>
            {derived.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
      {derived.faultCount > 0 && (
        <details className={styles.places}>
          <summary>Ce qui n’a pas pu être lu ({derived.faultCount})</summary>
          <ul>
            {derived.faults.map((fault) => (
              <li key={`${fault.file} ${fault.line} ${fault.message}`}>
                {fault.file}, ligne {fault.line}&nbsp;: {fault.message}
              </li>
            ))}
            {derived.faultCount > derived.faults.length && <li>et {derived.faultCount - derived.faults.length} autres.</li>}
          </ul>
        </details>
      )}
      <h3>Votre classement</h3>
      <PlaceList derived={derived} choices={reading.choices} choose={(choices, changed) => props.choose(props.kind, choices, changed)} />
      {derived.proposals.length > 0 && <h3>Valeurs proposées</h3>}
      {props.children(derived.proposals)}
    </div>
  );
}
