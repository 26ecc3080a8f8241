/** Facts of a structure in the words that people read, and what changed from one version to the next. */
import { labelOf, LEGAL_STATUSES, MANAGEMENT_MODES, QPV_STATUSES, RURAL_ZONINGS, STRUCTURE_STATUSES, TERRITORY_CHARACTERS, URBAN_RENEWALS, URBAN_RENEWAL_STAGES } from './labels.ts';
import type { Contact, ManagingBody, StructureFacts, StructureRecord } from './model.ts';

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
