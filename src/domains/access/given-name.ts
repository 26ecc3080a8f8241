/** A name that a person gives, to itself or to another: of a guest, of the two people named, of whom a link is for. Pure. */

/** Letters. */
export const SHORTEST_NAME = 2;
export const LONGEST_NAME = 80;

/** The name without the spaces around it and with single ones inside; undefined when it is shorter or longer than a name may be. */
export function readName(text: string): string | undefined {
  const name = text.trim().replaceAll(/\s+/g, ' ');
  return name.length >= SHORTEST_NAME && name.length <= LONGEST_NAME ? name : undefined;
}
