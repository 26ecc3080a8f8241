/** Published territories, grouped by level, with the map that leads to them. */
import { coarseContours } from '../../charts/geography/coarse-contours.ts';
import { nationalMap } from '../../charts/national-map.ts';
import { publishedTerritories } from '../../domains/publication/index.server.ts';
import type { Db } from '../../platform/database.server.ts';

export async function readTerritories(db: Db) {
  const all = await publishedTerritories(db);
  const byCode = new Map(all.map((t) => [t.code, t]));
  const departments = all.filter((t) => t.level === 'department');
  const map = nationalMap({
    id: 'publies',
    title: departments.length === 1 ? 'Un département a publié ses résultats' : `${departments.length} départements ont publié leurs résultats`,
    subtitle: 'Choisissez un département',
    source: 'SENACS ; contours Natural Earth',
    description: `Carte de France des départements dont les résultats sont publiés : ${departments.length}.`,
    territories: [...coarseContours()].map(([code, c]) => {
      const page = byCode.get(code);
      return { code, name: page?.name ?? code, geometry: c.geometry, class: page ? (page.hasBrochure ? 0 : 2) : null, text: page ? `résultats ${page.year}` : 'pas encore publié', ...(page ? { href: `/territoires/${code}` } : {}) };
    }),
    classes: ['avec plaquette', '', 'résultats publiés'],
    none: 'pas encore',
    column: 'Résultats',
    width: 520,
  });
  return { nation: byCode.get('FR') ?? null, regions: all.filter((t) => t.level === 'region'), departments, map: departments.length > 0 ? map : null };
}
