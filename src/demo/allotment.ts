/** Which members have which options, when it is only known how many have each. */
import type { Chance } from './random.ts';

/**
 * For each option, `counts[option]` different members out of `members`; each member gets at least one option, and no option twice.
 * `fixed` names members that an option must hold. Throws when fewer places than members are offered.
 */
export function allot<O extends string>(
  random: Chance,
  members: readonly number[],
  counts: { readonly [option in O]: number },
  fixed: { readonly [option in O]?: readonly number[] } = {},
): Map<number, O[]> {
  const options = Object.keys(counts) as O[];
  const held = new Map<O, Set<number>>();
  for (const option of options) {
    const must = fixed[option] ?? [];
    const others = random.sample(members.filter((m) => !must.includes(m)), counts[option] - must.length);
    if (must.length + others.length !== counts[option]) throw new RangeError(`${option}: ${counts[option]} of ${members.length} members asked for`);
    held.set(option, new Set([...must, ...others]));
  }
  const of = (member: number): O[] => options.filter((o) => held.get(o)!.has(member));
  for (const empty of members.filter((m) => of(m).length === 0)) {
    const move = options
      .flatMap((option) => [...held.get(option)!].filter((giver) => of(giver).length > 1 && !(fixed[option] ?? []).includes(giver)).map((giver) => ({ option, giver })))
      .at(0);
    if (!move) throw new RangeError('fewer places than members');
    held.get(move.option)!.delete(move.giver);
    held.get(move.option)!.add(empty);
  }
  return new Map(members.map((m) => [m, of(m)]));
}
