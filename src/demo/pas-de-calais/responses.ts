/** The fictional campaign of 2017 in Pas-de-Calais: register and answers for two data years. Pure; one seed, one demonstration. */
import { type Profile, type RegisterFacts, type Sheet, urbanRenewal } from '../answers/profile.ts';
import { wholeSheet } from '../answers/response.ts';
import { fictionalSiren, fictionalSiret } from '../fictional-siren.ts';
import { type Chance, chance } from '../random.ts';
import { referenceProfiles } from './profiles.ts';
import type { Centre, Fact } from './source.ts';

export const PAS_DE_CALAIS_SEED = 'senacs-62-2017';

export interface ReferenceCentre {
  readonly register: RegisterFacts;
  /** Absent for the centre approved in the data year, greeted and not asked. */
  readonly sheets?: { readonly 2016: Sheet; readonly 2015: Sheet };
}

const STREETS = ['rue des Exemples', 'avenue de l’Essai', 'place du Modèle', 'rue de la Maquette', 'boulevard de l’Esquisse', 'allée du Brouillon', 'rue du Prototype', 'place de la Fiction'];

/** Register facts of a centre: what the reference gives, completed by fiction. */
export function registerOf(random: Chance, centre: Centre, bodies: readonly string[]): RegisterFacts {
  const body = bodies.indexOf(centre.body);
  const siren = fictionalSiren(6200 + body);
  const first = centre.firstApprovalYear ?? random.integer(1966, 2009);
  const start = centre.firstApprovalYear ? `${centre.firstApprovalYear}-09-01` : `${random.integer(2013, 2016)}-01-01`;
  const end = `${Number(start.slice(0, 4)) + (centre.firstApprovalYear ? 2 : 3)}-12-31`;
  return {
    kind: 'CS',
    name: centre.name,
    address: `${random.integer(1, 98)} ${random.pick(STREETS)}`,
    commune: centre.commune,
    communeName: centre.communeName,
    department: '62',
    bodyName: centre.body,
    bodySiren: siren,
    siret: fictionalSiret(siren, centre.rank),
    managementMode: centre.managementMode,
    legalStatus: centre.legalStatus,
    firstApprovalYear: first,
    approvals: [{ kind: 'agc', start, end }, ...(centre.acf ? [{ kind: 'acf' as const, start, end }] : [])],
    networks: centre.networks,
    character: centre.character,
    qpv: centre.qpv,
    ruralZoning: 'no',
    ...urbanRenewal(random.fork('renewal'), centre.qpv),
    identifier: `DEMO-62-CS-${String(centre.rank).padStart(3, '0')}`,
  };
}

/** What the register says of the 36 + 1 centres, in the order of the reference. */
export function referenceRegister(centres: readonly Centre[], seed = PAS_DE_CALAIS_SEED): RegisterFacts[] {
  const random = chance(seed);
  const bodies = [...new Set(centres.map((c) => c.body))];
  return centres.map((centre) => registerOf(random.fork(`centre-${centre.rank}`).fork('register'), centre, bodies));
}

/** The 36 + 1 centres in the order of the reference, with the sheets of those that answer. */
export function referenceCentres(centres: readonly Centre[], facts: readonly Fact[], seed = PAS_DE_CALAIS_SEED): ReferenceCentre[] {
  const random = chance(seed);
  const answering = centres.filter((c) => c.responds);
  const profiles = referenceProfiles(random.fork('profiles'), answering, facts);
  const registers = referenceRegister(centres, seed);
  return centres.map((centre, i) => {
    const register = registers[i]!;
    const position = answering.indexOf(centre);
    if (position < 0) return { register };
    const years = profiles[position]!;
    // The same draws for both years: a structure keeps its ways, only its quantities move.
    const sheet = (profile: Profile): Sheet => wholeSheet(random.fork(`centre-${centre.rank}`).fork('answers'), register, profile);
    return { register, sheets: { 2016: sheet(years[2016]), 2015: sheet(years[2015]) } };
  });
}
