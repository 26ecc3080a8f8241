/**
 * `node scripts/printed-characters.ts` · Writes src/kernel/printed-characters.ts anew: the characters for which every face of the running text has a
 * glyph, read from the character maps of the fonts. To run after a change of fonts (a test compares).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TEXT_FACES } from '../src/documents/faces.server.ts';

/** Unicode values that a TrueType or OpenType font maps to a glyph (formats 4 and 12 of the table `cmap`). */
function charactersOf(font: Buffer): Set<number> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + 16 * i);
  const record = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap');
  if (record === undefined) throw new Error('a font without a character map');
  const cmap = font.readUInt32BE(record + 8);
  const found = new Set<number>();
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const map = cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4);
    const format = font.readUInt16BE(map);
    if (format === 12) readGroups(font, map, found);
    else if (format === 4) readSegments(font, map, found);
    else throw new Error(`a character map of format ${format} is not read here`);
  }
  return found;
}

function readGroups(font: Buffer, map: number, found: Set<number>): void {
  for (let i = 0; i < font.readUInt32BE(map + 12); i++) {
    const at = map + 16 + 12 * i;
    for (let code = font.readUInt32BE(at); code <= font.readUInt32BE(at + 4); code++) found.add(code);
  }
}

function readSegments(font: Buffer, map: number, found: Set<number>): void {
  const bytes = font.readUInt16BE(map + 6);
  for (let at = 0; at < bytes; at += 2) {
    const end = font.readUInt16BE(map + 14 + at);
    const start = font.readUInt16BE(map + 16 + bytes + at);
    const delta = font.readUInt16BE(map + 16 + 2 * bytes + at);
    const offsetAt = map + 16 + 3 * bytes + at;
    const offset = font.readUInt16BE(offsetAt);
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const glyph = offset === 0 ? (code + delta) & 0xffff : font.readUInt16BE(offsetAt + offset + 2 * (code - start));
      if (glyph !== 0) found.add(code);
    }
  }
}

/** The file as it should be. */
export function printedCharactersFile(): string {
  const [first = new Set<number>(), ...others] = TEXT_FACES.map((file) => charactersOf(readFileSync(file)));
  const ranges: [number, number][] = [];
  for (const code of [...first].filter((c) => others.every((face) => face.has(c))).toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  const lines: string[] = [''];
  for (const [from, to] of ranges) {
    const words = from === to ? from.toString(16) : `${from.toString(16)}-${to.toString(16)}`;
    if (`${lines.at(-1)} ${words}`.length > 140) lines.push(words);
    else lines[lines.length - 1] = `${lines.at(-1)} ${words}`.trim();
  }
  return `/** Characters that the faces of our documents hold, hexadecimal ranges. Written by scripts/printed-characters.ts, not by hand. */
export const PRINTED_CHARACTERS = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join(' ');
`;
}

if (import.meta.main) writeFileSync(path.resolve(import.meta.dirname, '../src/kernel/printed-characters.ts'), printedCharactersFile());
