/** Reads `content/figures/`: every JSON file, checked; a fault names the file and the place. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectPath } from '../../platform/project-root.server.ts';
import { type FigureFile, parseFigureFile } from './definition-parsing.ts';

let loaded: Promise<readonly FigureFile[]> | undefined;

export async function readFigureFolder(folder: string): Promise<readonly FigureFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted((a, b) => sectionRank(a) - sectionRank(b) || (a < b ? -1 : 1));
  const files = await Promise.all(names.map(async (name) => {
    const { file, faults } = parseFigureFile(JSON.parse(await readFile(path.join(folder, name), 'utf8')));
    if (!file) throw new Error(`${name}\n${faults.map((fault) => `  ${fault.place}: ${fault.message}`).join('\n')}`);
    return file;
  }));
  return files;
}

/** Order of the working table; it also decides which of two figures that cannot both be shown is kept. */
const SECTIONS = ['campaign', 'register', 'ages', 'staff', 'project', 'families', 'youth', 'seniors', 'governance', 'partnership', 'budget'];
const sectionRank = (name: string): number => (SECTIONS.indexOf(name.replace('.json', '')) + 1 || 99);

/** Where the program's own definitions are. */
export const figureFolder = (): string => projectPath('content', 'figures');

/** The program's own definitions, read once. */
export function figureFiles(): Promise<readonly FigureFile[]> {
  loaded ??= readFigureFolder(figureFolder());
  return loaded;
}
