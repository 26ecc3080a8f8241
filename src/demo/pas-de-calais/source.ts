/** What is known of the reference brochure: the 36 + 1 centres (register facts, partly fictional) and its figures. */
export interface Centre {
  readonly rank: number;
  readonly name: string;
  /** Insee code. */
  readonly commune: string;
  readonly communeName: string;
  readonly managementMode: 'association' | 'local_authority' | 'co_management' | 'caf' | 'ccas';
  readonly legalStatus: 'association' | 'commune' | 'epci' | 'ccas' | 'caf';
  readonly body: string;
  readonly character: 'urban' | 'periurban' | 'rural';
  readonly qpv: 'inside' | 'serving' | 'no';
  readonly acf: boolean;
  readonly networks: readonly string[];
  readonly laep: boolean;
  readonly responds: boolean;
  readonly firstApprovalYear?: number;
}

export interface Fact {
  readonly id: string;
  readonly label: string;
  readonly value: number | readonly number[] | null;
  readonly unit: string;
  readonly kind: string;
  readonly base_n: number | null;
  readonly territory: string;
  readonly year: number | null;
  readonly origin: 'survey' | 'derived' | 'register' | 'caf_admin' | 'editorial' | 'metadata';
}

export interface FactFile {
  readonly source: string;
  /** Facts that the brochure truncated instead of rounding. */
  readonly truncated: readonly string[];
  readonly facts: readonly Fact[];
}

/** The number of a fact; throws when the file has none, for the generator cannot do without. */
export function numberOfFact(facts: readonly Fact[], id: string): number {
  const fact = facts.find((f) => f.id === id);
  if (typeof fact?.value !== 'number') throw new Error(`the fact ${id} has no number`);
  return fact.value;
}
