/**
 * Who stands behind a value: the managing body, not the centre. A body that runs three centres knows three answers, so three of its centres are one contributor.
 */
export type ContributorBasis = 'siren' | 'name' | 'own';

export interface Contributor {
  readonly key: string;
  /** How it was recognised; anything but `siren` is said in the report. */
  readonly basis: ContributorBasis;
}

/** With a SIREN, the SIREN; without, the same normalised name in the same commune is one contributor; without a body, the structure counts as its own. */
export function contributorOf(body: { readonly siren?: string | null; readonly normalisedName?: string | null; readonly commune?: string | null; readonly structureId: string }): Contributor {
  if (body.siren) return { key: `siren:${body.siren}`, basis: 'siren' };
  if (body.normalisedName && body.commune) return { key: `name:${body.normalisedName}|${body.commune}`, basis: 'name' };
  return { key: `structure:${body.structureId}`, basis: 'own' };
}
