/** Facts of a structure in the words that people read, and what changed from one version to the next. */
import { formatShortDate } from '../../kernel/french-date.ts';
import { APPROVAL_KINDS, labelOf, LEGAL_STATUSES, MANAGEMENT_MODES, QPV_STATUSES, RURAL_ZONINGS, STRUCTURE_STATUSES, TERRITORY_CHARACTERS, URBAN_RENEWALS, URBAN_RENEWAL_STAGES } from './labels.ts';
import type { Contact, ManagingBody, StructureFacts, StructureRecord } from './model.ts';
import { FACT_OF_QUESTION } from './register-answers.ts';

export const FACT_LABELS: { readonly [fact in Exclude<keyof StructureFacts, 'managingBodyId' | 'contact'>]: string } = {
  kind: 'Type', name: 'Nom', status: 'État', communeCode: 'Commune', address: 'Adresse', latitude: 'Latitude', longitude: 'Longitude', managementMode: 'Mode de gestion',
  legalStatus: 'Statut juridique', firstApprovalYear: 'Année du premier agrément', territoryCharacter: 'Caractère du territoire', qpvStatus: 'QPV', ruralZoning: 'FRR',
  urbanRenewal: 'Renouvellement urbain', urbanRenewalStage: 'Stade du renouvellement urbain', networks: 'Réseaux', openingHours: 'Horaires d’ouverture',
};
export const CONTACT_LABELS: { readonly [key in keyof Required<Contact>]: string } = { phone: 'Téléphone', email: 'Courriel', website: 'Site internet' };
const WORDS = { status: STRUCTURE_STATUSES, managementMode: MANAGEMENT_MODES, legalStatus: LEGAL_STATUSES, territoryCharacter: TERRITORY_CHARACTERS, qpvStatus: QPV_STATUSES, ruralZoning: RURAL_ZONINGS, urbanRenewal: URBAN_RENEWALS, urbanRenewalStage: URBAN_RENEWAL_STAGES } as const;

/** Names of what a fact points to. */
export interface Names {
  readonly commune: (code: string) => string;
  readonly kind: (code: string) => string;
  readonly network: (code: string) => string;
  readonly body: (id: string) => Pick<ManagingBody, 'name' | 'siren'> | undefined;
}

/** One fact as text; null when nothing is known. */
export function showFact(fact: string, value: unknown, names: Names): string | null {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  if (fact === 'managingBodyId') {
    const body = names.body(String(value));
    return body ? (body.siren ? `${body.name} (${body.siren})` : body.name) : null;
  }
  if (fact === 'communeCode') return names.commune(String(value));
  if (fact === 'kind') return names.kind(String(value));
  if (fact === 'networks') return (value as string[]).map(names.network).join(', ');
  if (fact in WORDS) return labelOf(WORDS[fact as keyof typeof WORDS], String(value));
  return typeof value === 'number' && fact !== 'firstApprovalYear' ? String(value).replace('.', ',') : String(value);
}

export interface FactChange {
  readonly field: string;
  readonly old: string | null;
  readonly new: string | null;
}

/** What the later of two versions says other than the earlier. */
export function changesBetween(earlier: StructureRecord, later: StructureRecord, names: Pick<Names, 'kind' | 'network'>): FactChange[] {
  const bodies = [earlier.managingBody, later.managingBody];
  const all: Names = {
    ...names,
    commune: (code) => (code === earlier.communeCode ? earlier.communeName : later.communeName),
    body: (id) => bodies.find((b) => b?.id === id) ?? undefined,
  };
  const facts = [...(Object.keys(FACT_LABELS) as (keyof typeof FACT_LABELS)[]), 'managingBodyId' as const];
  const words = facts.map((fact) => ({ field: fact === 'managingBodyId' ? 'Gestionnaire' : FACT_LABELS[fact], old: showFact(fact, earlier[fact], all), new: showFact(fact, later[fact], all) }));
  const contact = (Object.keys(CONTACT_LABELS) as (keyof Contact)[]).map((key) => ({ field: CONTACT_LABELS[key], old: earlier.contact[key] ?? null, new: later.contact[key] ?? null }));
  return [...words, ...contact].filter((c) => c.old !== c.new);
}

const APPROVAL_QUESTIONS: { readonly [key: string]: string } = {
  siret: 'Siret', approval_start: 'Début de l’agrément en cours', approval_end: 'Fin de l’agrément en cours', approvals_held: 'Agréments en vigueur',
};

/** What a question of the register asks, in the register's words. */
export function questionWords(questionKey: string): string {
  const fact = FACT_OF_QUESTION[questionKey];
  return fact ? FACT_LABELS[fact as keyof typeof FACT_LABELS] : (APPROVAL_QUESTIONS[questionKey] ?? questionKey);
}

/** The value of an answer on the register as text; null when there is none. `commune` is given the territory code (`C62510`). */
export function showAnswer(questionKey: string, value: unknown, names: Pick<Names, 'commune' | 'kind' | 'network'>): string | null {
  if (questionKey === 'commune' && value) return names.commune(`C${String(value)}`);
  if (questionKey === 'approval_start' || questionKey === 'approval_end') return value ? formatShortDate(String(value)) : null;
  if (questionKey === 'approvals_held') return Array.isArray(value) ? value.map((code) => (code === 'none' ? 'Aucun' : (labelOf(APPROVAL_KINDS, String(code)) ?? ''))).join(', ') : null;
  return showFact(FACT_OF_QUESTION[questionKey] ?? questionKey, value, { ...names, body: () => undefined });
}
