/**
 * Many like objects kept by columns, each value said once: a territory's six hundred figures repeat the same sources, populations and roundings, and weigh
 * a third of their plain JSON. Pure; order is kept.
 */
interface Column {
  /** Distinct values. */
  readonly said: readonly unknown[];
  /** Row by row, the place in `said`, joined by spaces; `-` where the field is absent. */
  readonly at: string;
}
export type Columns = { readonly [field: string]: Column };

export function toColumns(rows: readonly object[]): Columns {
  const fields = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries([...fields].map((field) => {
    const said: unknown[] = [];
    // a word or number is its own key; a list or object is known by its JSON, behind a mark that no word begins with
    const places = new Map<unknown, number>();
    const at = rows.map((row) => {
      const value = (row as { readonly [field: string]: unknown })[field];
      if (value === undefined) return '-';
      const key = typeof value === 'object' && value !== null ? `\u0000${JSON.stringify(value)}` : value;
      let place = places.get(key);
      if (place === undefined) {
        place = said.push(value) - 1;
        places.set(key, place);
      }
      return place;
    });
    return [field, { said, at: at.join(' ') }];
  }));
}

export function fromColumns(columns: Columns): object[] {
  const rows: { [field: string]: unknown }[] = [];
  for (const [field, { said, at }] of Object.entries(columns)) {
    if (at === '') continue;
    at.split(' ').forEach((place, i) => {
      rows[i] ??= {};
      if (place !== '-') rows[i][field] = said[Number(place)];
    });
  }
  return rows;
}
