/** `GET /comite/:territory/:year/tableaux.csv`: the working tables as a French spreadsheet reads them (semicolons, decimal commas). Journalled. */
import type { Route } from './+types/tables-file';
import { writeJournal } from '../../domains/access/index.server.ts';
import { refusal } from '../request-context.ts';
import { workingTables } from './working-tables.server.ts';

const HEAD = ['Identifiant', 'Thème', 'Chiffre', 'Imprimé', 'Valeur exacte', 'Unité', 'Base', 'Réponses', 'Année', 'Types de structures', 'Diffusion', 'Motif', 'Définition', 'Population', 'Source'];

/** A cell that begins like a formula would be run by a spreadsheet: a quote before it keeps it words (OWASP, CSV injection). Numbers keep their sign. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d ]+(,\d+)?$/.test(text) ? `'${text}` : text;
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const number = (value: number | null): string => (value === null ? '' : String(value).replace('.', ','));

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, actor, year, place, release, rows, sections, demonstration } = await workingTables(context, request, params);
  if (!release) throw refusal('Aucun jeu de données pour ce territoire et cette campagne : créez-le depuis la page du comité, après le gel.', 409);
  await writeJournal(db, { accountId: actor.accountId, action: 'tables.export', purpose: 'documents de travail du comité', territoryCode: place.code, campaignYear: year, detail: { release: release.number, rows: rows.length } });
  const lines = rows.map((r) => [
    r.id, sections[r.section] ?? r.section, r.label, r.text, typeof r.value === 'number' || r.value === null ? number(r.value) : r.value.map(number).join(' / '), r.unit,
    number(r.base), number(r.responses), String(r.year), r.kinds.join(' et '), r.status === 'publishable' ? 'diffusable' : 'retenu', r.reason ?? '', r.definition, r.population, r.source,
  ]);
  const fictional = demonstration ? [['Données fictives']] : [];
  const text = [...fictional, HEAD, ...lines].map((line) => line.map(cell).join(';')).join('\r\n');
  return new Response(`\uFEFF${text}\r\n`, {
    headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="tableaux-${place.code}-${year}${demonstration ? '-donnees-fictives' : ''}.csv"`, 'Cache-Control': 'no-store' },
  });
}
