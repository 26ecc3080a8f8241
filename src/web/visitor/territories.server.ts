/** Published territories, grouped by level, with the map that leads to them. */
import { coarseContours } from '../../charts/geography/coarse-contours.ts';
import { nationalMap } from '../../charts/national-map.ts';
import { type PublishedTerritory, publishedTerritories } from '../../domains/publication/index.server.ts';
import type { Db } from '../../platform/database.server.ts';

export async function readTerritories(db: Db) {
  const all = await publishedTerritories(db);
  const departments = all.filter((t) => t.level === 'department');
  return { nation: all.find((t) => t.code === 'FR') ?? null, regions: all.filter((t) => t.level === 'region'), departments, map: departments.length > 0 ? mapOf(all, departments) : null };
}

let drawn: { readonly of: string; readonly map: ReturnType<typeof nationalMap> } | undefined;

/** Drawing takes a tenth of a second and changes only with a publication: the last drawing is kept. */
function mapOf(all: readonly PublishedTerritory[], departments: readonly PublishedTerritory[]): ReturnType<typeof nationalMap> {
  const of = JSON.stringify(all.map((t) => [t.code, t.name, t.year, t.brochureYear]));
  if (drawn?.of !== of) drawn = { of, map: draw(all, departments) };
  return drawn.map;
}

function draw(all: readonly PublishedTerritory[], departments: readonly PublishedTerritory[]): ReturnType<typeof nationalMap> {
  const byCode = new Map(all.map((t) => [t.code as string, t]));
  return nationalMap({
    id: 'publies',
    title: departments.length === 1 ? 'Un département a publié ses résultats' : `${departments.length} départements ont publié leurs résultats`,
    subtitle: 'Choisissez un département',
    source: 'SENACS ; contours Natural Earth',
    description: `Carte de France des départements dont les résultats sont publiés : ${departments.length}.`,
    territories: [...coarseContours()].map(([code, c]) => {
      const page = byCode.get(code);
      return { code, name: page?.name ?? code, geometry: c.geometry, class: page ? (page.brochureYear !== null ? 0 : 2) : null, text: page ? `résultats ${page.year}${page.brochureYear === null ? '' : `, plaquette ${page.brochureYear}`}` : 'pas encore publié', ...(page ? { href: `/territoires/${code}` } : {}) };
    }),
    classes: ['avec une plaquette', '', 'résultats seuls'],
    none: 'pas encore',
    column: 'Résultats',
    width: 520,
    legendApart: true,
  });
}
