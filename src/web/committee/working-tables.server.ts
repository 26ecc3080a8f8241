/** The working tables of a territory, for its data steward only: read by the page and by the file. */
import type { RouterContextProvider } from 'react-router';
import { computeTables, latestRelease } from '../../domains/statistics/index.server.ts';
import type { TableRow } from '../../domains/statistics/index.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { refusal } from '../request-context.ts';
import { committeeRoom } from './committee-room.server.ts';
import { SECTION_LABELS } from './section-labels.ts';

export async function workingTables(context: Readonly<RouterContextProvider>, request: Request, params: { territory: string; year: string }) {
  const room = await committeeRoom(context, request, params);
  if (!room.rights.steward) throw refusal('Les tableaux de travail sont réservés à la personne en charge des documents de travail du comité. Les chiffres diffusables sont sur la page du comité.');
  const asked = { campaignYear: room.year, territoryCode: room.place.code as string };
  const release = await latestRelease(room.db, asked);
  return { ...room, release, rows: release ? await computeTables(room.db, asked) : [], sections: SECTION_LABELS };
}

/** Years of the survey, figures of stories, numbers that a printed edition did not leave, what an institution has not given: nothing computed here, neither open nor withheld. */
const isComputed = (row: TableRow): boolean => row.origin !== 'metadata' && row.origin !== 'lost' && row.origin !== 'editorial' && !(row.origin === 'administrative' && row.status === 'withheld');

/** Where a row stands: `diffusables` and `retenues` are those that the committee's room counts too. */
export const standingOf = (row: TableRow): 'diffusables' | 'retenues' | 'hors-calcul' => (!isComputed(row) ? 'hors-calcul' : row.status === 'withheld' ? 'retenues' : 'diffusables');

/** The unrounded value in French, with enough decimals to be worked on. A year is not cut in thousands. */
export const exactText = (row: TableRow): string =>
  row.value === null ? '' : row.unit === 'year' ? [row.value].flat().join(' et ') : typeof row.value === 'number' ? formatNumber(row.value, 4) : row.value.map((v) => formatNumber(v, 4)).join(' ; ');
