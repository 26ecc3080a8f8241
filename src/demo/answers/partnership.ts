/** Rubric H: partners by kind of tie; a financial tie is ticked exactly when the funder paid something. */
import type { Chance } from '../random.ts';
import type { Profile, RegisterFacts, Sheet } from './profile.ts';

const ROWS = ['commune', 'epci', 'department', 'region', 'state', 'education', 'caf', 'msa', 'carsat', 'health', 'employment', 'housing', 'associations', 'other_centres', 'business', 'other'];
const FUNDING_ROWS = ['commune', 'epci', 'department', 'region', 'state', 'msa', 'carsat'];
const TECHNICAL: { readonly [row: string]: number } = { commune: 0.95, epci: 0.4, department: 0.6, region: 0.15, state: 0.5, caf: 1, msa: 0.3, carsat: 0.35, health: 0.6, employment: 0.55, housing: 0.4, associations: 0.97, other_centres: 0.7, business: 0.2, other: 0.1 };

export function partnershipAnswers(random: Chance, register: RegisterFacts, profile: Profile): Sheet {
  let ticked = 0;
  const matrix = Object.fromEntries(
    ROWS.map((row) => {
      const technical = row === 'education' ? profile.educationPartner : random.happens(TECHNICAL[row] ?? 0);
      const political = random.happens(row === 'commune' ? 0.8 : row === 'caf' ? 0.5 : 0.06) && row !== 'education';
      const health = random.happens(0.8);
      const financial = row === 'caf' || (FUNDING_ROWS.includes(row) && (profile.funders as readonly string[]).includes(row)) || (row === 'health' && health && profile.funders.includes('ars'));
      if (technical || political || financial) ticked++;
      return [row, { technical, financial, political }];
    }),
  );
  const framework = random.happens(0.6) ? ['multi'] : ['bilateral'];
  return {
    partners_count: ticked + random.integer(6, 55),
    partnership_matrix: matrix,
    agreements_count: random.integer(3, 24),
    agreement_framework: random.happens(0.1) ? [...framework, 'pact'] : framework,
    coordination_networks: [
      ...(register.networks.includes('fcsf') ? ['federation'] : []),
      ...(register.qpv !== 'no' ? ['city_contract'] : []),
      ...random.sample(['ctg', 'sdavs', 'education', 'health', 'parenting'], random.integer(1, 3)),
    ],
    ess_recognition: register.legalStatus === 'association' ? random.weighted({ listed: 0.15, yes: 0.55, no: 0.1, unknown: 0.2 }) : random.weighted({ no: 0.6, unknown: 0.4 }),
  };
}
