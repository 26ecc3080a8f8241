/** Codes of the register and the French words that people read and write for them. The codes are those of the questionnaire. */
import type { SuccessionKind } from './model.ts';

export interface Word {
  readonly code: string;
  readonly label: string;
  /** Other ways of writing it found in files, compared without case or accents. */
  readonly aliases?: readonly string[];
}

export const MANAGEMENT_MODES: readonly Word[] = [
  { code: 'association', label: 'Associatif', aliases: ['association', 'asso', 'gestion associative'] },
  { code: 'local_authority', label: 'Collectivité locale', aliases: ['collectivité', 'collectivité territoriale', 'municipal', 'commune', 'mairie', 'intercommunal', 'intercommunalité', 'epci', 'collectivité locale (commune ou intercommunalité)'] },
  { code: 'co_management', label: 'Cogestion par convention', aliases: ['cogestion', 'co-gestion', 'gestion conjointe'] },
  { code: 'caf', label: 'Caf', aliases: ['caisse d’allocations familiales', 'gestion caf', 'gestion directe caf'] },
  { code: 'ccas', label: 'CCAS ou CIAS', aliases: ['ccas', 'cias'] },
  { code: 'other', label: 'Autre' },
];

export const LEGAL_STATUSES: readonly Word[] = [
  { code: 'association', label: 'Association', aliases: ['association loi 1901', 'association loi 1901 (ou droit local)', 'asso'] },
  { code: 'commune', label: 'Commune', aliases: ['mairie', 'ville'] },
  { code: 'epci', label: 'Intercommunalité', aliases: ['epci', 'intercommunalité (epci, syndicat)', 'syndicat', 'communauté de communes', 'communauté d’agglomération'] },
  { code: 'ccas', label: 'CCAS ou CIAS', aliases: ['ccas', 'cias'] },
  { code: 'caf', label: 'Caisse d’allocations familiales', aliases: ['caf'] },
  { code: 'mutual_foundation', label: 'Mutuelle ou fondation', aliases: ['mutuelle', 'fondation'] },
  { code: 'cooperative', label: 'Coopérative', aliases: ['scic', 'coopérative (scic…)'] },
  { code: 'other', label: 'Autre' },
];

export const TERRITORY_CHARACTERS: readonly Word[] = [
  { code: 'urban', label: 'Urbain', aliases: ['urbaine', 'ville'] },
  { code: 'periurban', label: 'Périurbain', aliases: ['péri-urbain', 'périurbaine'] },
  { code: 'rural', label: 'Rural', aliases: ['rurale', 'campagne'] },
];

export const QPV_STATUSES: readonly Word[] = [
  { code: 'inside', label: 'Dans un QPV', aliases: ['oui', 'yes', 'dans', 'structure implantée dans un qpv', 'implantée dans un qpv'] },
  { code: 'serving', label: 'Hors QPV, intervient dans un QPV', aliases: ['intervient', 'territoire', 'structure hors qpv, territoire d’intervention comprenant un qpv'] },
  { code: 'no', label: 'Aucun QPV', aliases: ['non', 'aucun qpv sur le territoire', 'hors qpv'] },
];

export const RURAL_ZONINGS: readonly Word[] = [
  { code: 'frr', label: 'FRR', aliases: ['oui', 'yes', 'zrr', 'zone frr', 'oui, zone frr'] },
  { code: 'frr_plus', label: 'FRR « plus »', aliases: ['frr+', 'frr plus', 'oui, zone frr « plus »'] },
  { code: 'no', label: 'Hors FRR', aliases: ['non'] },
  { code: 'unknown', label: 'Ne sait pas', aliases: ['nsp', 'inconnu'] },
];

export const URBAN_RENEWALS: readonly Word[] = [
  { code: 'yes', label: 'Oui', aliases: ['anru', 'npnru'] },
  { code: 'no', label: 'Non' },
  { code: 'unknown', label: 'Ne sait pas', aliases: ['nsp', 'inconnu'] },
];

export const URBAN_RENEWAL_STAGES: readonly Word[] = [
  { code: 'study', label: 'Études, protocole de préfiguration', aliases: ['études', 'protocole', 'préfiguration'] },
  { code: 'agreement', label: 'Convention signée, travaux non commencés', aliases: ['convention', 'convention signée'] },
  { code: 'rehousing', label: 'Relogements ou démolitions en cours', aliases: ['relogement', 'démolition', 'démolitions'] },
  { code: 'works', label: 'Constructions ou réhabilitations en cours', aliases: ['travaux', 'travaux en cours', 'constructions'] },
  { code: 'delivery', label: 'Livraisons, finitions', aliases: ['livraison'] },
  { code: 'completed', label: 'Achevé depuis moins de cinq ans', aliases: ['achevé', 'terminé'] },
  { code: 'unknown', label: 'Ne sait pas', aliases: ['nsp', 'inconnu'] },
];

export const STRUCTURE_STATUSES: readonly Word[] = [
  { code: 'active', label: 'En activité', aliases: ['actif', 'active', 'ouvert', 'ouverte', 'agréé', 'agréée', 'oui'] },
  { code: 'suspended', label: 'Activité suspendue', aliases: ['suspendu', 'suspendue'] },
  { code: 'closed', label: 'Fermée', aliases: ['fermé', 'fermeture', 'clos', 'cessé', 'non'] },
  { code: 'merged', label: 'Fusionnée', aliases: ['fusionné', 'fusion'] },
];

export const APPROVAL_KINDS: readonly Word[] = [
  { code: 'agc', label: 'Animation globale et coordination', aliases: ['agc', 'animation globale'] },
  { code: 'acf', label: 'Animation collective familles', aliases: ['acf', 'familles', 'animation collective famille'] },
  { code: 'al', label: 'Animation locale', aliases: ['al'] },
];

/** Approval that makes a structure of a kind what it is: AGC for a centre social, AL for an EVS. */
export const MAIN_APPROVAL: { readonly [kind: string]: string } = { CS: 'agc', EVS: 'al' };

/** Of an institution, whatever its legal form (R105). */
export const INSTITUTION_KINDS: readonly Word[] = [
  { code: 'caf', label: 'Caf' }, { code: 'federation', label: 'Fédération' }, { code: 'union', label: 'Union' }, { code: 'association', label: 'Association' }, { code: 'collective', label: 'Collectif' },
  { code: 'national_fund', label: 'Caisse nationale' }, { code: 'national_federation', label: 'Fédération nationale' }, { code: 'other', label: 'Autre institution' },
];

export const SUCCESSION_LABELS: { readonly [kind in SuccessionKind]: string } = { merger: 'Fusion', split: 'Scission', replacement: 'Remplacement' };

export const IDENTIFIER_LABELS: { readonly [scheme: string]: string } = {
  import: 'Code structure',
  siret: 'Siret',
  caf: 'Numéro de dossier Caf',
  earlier: 'Ancien identifiant',
};

export const labelOf = (words: readonly Word[], code: string | null | undefined): string | null => (code ? (words.find((w) => w.code === code)?.label ?? code) : null);
