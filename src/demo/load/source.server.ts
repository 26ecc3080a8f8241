/** Reads the files of `content/demonstration`. */
import { readFile } from 'node:fs/promises';
import { projectPath } from '../../platform/project-root.server.ts';
import type { Centre, FactFile } from '../pas-de-calais/source.ts';

export interface AdministrativeFigure {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly year: number;
  readonly institution: string;
  readonly author: string;
  readonly recordedOn: string;
  readonly source: string;
}

export interface PersonaFile {
  readonly persona: string;
  readonly name: string;
  readonly line: string;
  readonly mandates: readonly { readonly role: string; readonly structure?: string; readonly territory?: string; readonly institution?: string;
    /** A structure that the managing body runs: of a managing body's agent. */
    readonly bodyOf?: string }[];
}

const read = async <T>(...parts: string[]): Promise<T> => JSON.parse(await readFile(projectPath('content', 'demonstration', ...parts), 'utf8')) as T;

export const readCentres = (): Promise<Centre[]> => read('pas-de-calais-2017', 'centres.json');
export const readFacts = (): Promise<FactFile> => read('pas-de-calais-2017', 'facts.json');
export const readAdministrativeFigures = (): Promise<AdministrativeFigure[]> => read('pas-de-calais-2017', 'administrative.json');
export const readPersonas = (): Promise<PersonaFile[]> => read('personas.json');
/** Words of the committee of Pas-de-Calais; what is absent keeps the defaults of the frame. */
export const readTexts = (): Promise<unknown> => read('pas-de-calais-2017', 'texts.json');
