/** Finds communes and départements by code or by name, as register files write them. */
import type { TerritoryCode } from '../../../kernel/territory-code.ts';
import { normaliseName } from '../normalised-name.ts';

export interface Place {
  readonly code: TerritoryCode;
  readonly name: string;
  readonly departmentCode: TerritoryCode;
}

export interface Gazetteer {
  /** By Insee code, today's or that of a former commune or of a municipal arrondissement; a lost first zero is given back. */
  readonly commune: (insee: string) => Place | undefined;
  readonly communesCalled: (name: string, departmentCode?: string) => readonly Place[];
  /** The name written beside a code may be that of the commune, of its former part, or a part or extension of it. */
  readonly mayBeCalled: (place: Place, insee: string, name: string) => boolean;
  readonly department: (codeOrName: string) => TerritoryCode | undefined;
  readonly departmentOfPostalCode: (postalCode: string) => TerritoryCode | undefined;
}

/** `LENS CEDEX 2`, `Lyon 3e`, `Paris 18` name the commune too. */
const bare = (name: string): string => normaliseName(name).replace(/ cedex.*$/, '').replace(/ \d+(er|e|eme)?( arrondissement)?$/, '');

export function gazetteer(
  communes: readonly Place[],
  departments: readonly { readonly code: TerritoryCode; readonly name: string }[],
  former: readonly { readonly code: string; readonly label: string; readonly territoryCode: string }[],
): Gazetteer {
  const byCode = new Map(communes.map((c) => [c.code.slice(1), c]));
  const formerByCode = new Map(former.map((f) => [f.code, f]));
  // fifty thousand names are made comparable only when a file names communes without their codes
  let byName: Map<string, Place[]> | undefined;
  let formerByName: Map<string, (typeof former)[number][]> | undefined;
  const departmentByName = new Map(departments.flatMap((d) => [[normaliseName(d.name), d.code] as const, [d.code.toLowerCase(), d.code] as const]));
  const inseeOf = (text: string): string => text.replaceAll(' ', '').toUpperCase().replace(/^C(?=\d)/, '').padStart(5, '0');
  const department = (text: string): TerritoryCode | undefined => departmentByName.get(normaliseName(text)) ?? departmentByName.get(text.trim().padStart(2, '0').toLowerCase());

  const communesCalled = (name: string, departmentCode?: string): readonly Place[] => {
    const here = (places: readonly Place[]): Place[] => places.filter((p) => !departmentCode || p.departmentCode === departmentCode);
    const now = here((byName ??= Map.groupBy(communes, (c) => bare(c.name))).get(bare(name)) ?? []);
    if (now.length > 0) return now;
    const then = ((formerByName ??= Map.groupBy(former, (f) => bare(f.label))).get(bare(name)) ?? []).flatMap((f) => byCode.get(f.territoryCode.slice(1)) ?? []);
    return [...new Set(here(then))];
  };
  const commune = (insee: string): Place | undefined => {
    const code = inseeOf(insee);
    return byCode.get(code) ?? byCode.get(formerByCode.get(code)?.territoryCode.slice(1) ?? '');
  };
  return {
    commune,
    communesCalled,
    mayBeCalled: (place, insee, name) => {
      const wanted = bare(name);
      return [place.name, formerByCode.get(inseeOf(insee))?.label ?? ''].map(bare).some((known) => known !== '' && (known.includes(wanted) || wanted.includes(known)));
    },
    department,
    departmentOfPostalCode: (postalCode) => {
      const digits = postalCode.replaceAll(' ', '').padStart(5, '0');
      if (!/^\d{5}$/.test(digits) || postalCode === '') return undefined;
      if (digits.startsWith('20')) return (digits < '20200' ? '2A' : '2B') as TerritoryCode;
      return department(digits.startsWith('97') ? digits.slice(0, 3) : digits.slice(0, 2));
    },
  };
}
