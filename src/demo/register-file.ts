/** Writes fictional structures as a register file (CSV in the French convention), so that they enter by the ordinary import. */
import type { RegisterFacts } from './answers/profile.ts';

const date = (iso: string): string => iso.split('-').reverse().join('/');
const decimal = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(5).replace('.', ','));

type Approval = RegisterFacts['approvals'][number];
const bound = (facts: RegisterFacts, kind: Approval['kind'], side: 'start' | 'end'): string => {
  const approval = facts.approvals.find((a) => a.kind === kind);
  return approval ? date(approval[side]) : '';
};

const COLUMNS: readonly (readonly [title: string, cell: (facts: RegisterFacts) => string])[] = [
  ['Code structure', (f) => f.identifier],
  ['SIRET', (f) => f.siret ?? ''],
  ['Type', (f) => f.kind],
  ['Nom', (f) => f.name],
  ['Adresse', (f) => f.address],
  ['Code Insee', (f) => f.commune],
  ['Commune', (f) => f.communeName],
  ['Département', (f) => f.department],
  ['Latitude', (f) => decimal(f.latitude)],
  ['Longitude', (f) => decimal(f.longitude)],
  ['Gestionnaire', (f) => f.bodyName],
  ['SIREN du gestionnaire', (f) => f.bodySiren ?? ''],
  ['Mode de gestion', (f) => f.managementMode],
  ['Statut juridique', (f) => f.legalStatus],
  ['Réseaux', (f) => f.networks.join('|') || 'Aucun'],
  ['Année du premier agrément', (f) => String(f.firstApprovalYear)],
  ['Agrément AGC début', (f) => bound(f, 'agc', 'start')],
  ['Agrément AGC fin', (f) => bound(f, 'agc', 'end')],
  ['Agrément ACF début', (f) => bound(f, 'acf', 'start')],
  ['Agrément ACF fin', (f) => bound(f, 'acf', 'end')],
  ['Agrément AL début', (f) => bound(f, 'al', 'start')],
  ['Agrément AL fin', (f) => bound(f, 'al', 'end')],
  ['Caractère du territoire', (f) => f.character],
  ['QPV', (f) => f.qpv],
  ['FRR', (f) => f.ruralZoning],
  ['Renouvellement urbain', (f) => f.urbanRenewal],
  ['Stade du renouvellement urbain', (f) => f.urbanRenewalStage ?? ''],
];

const quoted = (cell: string): string => (/[;"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The file, with its line of titles; UTF-8 bytes. */
export function registerFile(structures: readonly RegisterFacts[]): Uint8Array {
  const lines = [COLUMNS.map(([title]) => title), ...structures.map((facts) => COLUMNS.map(([, cell]) => quoted(cell(facts))))];
  return new TextEncoder().encode(`${lines.map((line) => line.join(';')).join('\n')}\n`);
}
