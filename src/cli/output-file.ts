/** Writes what a command was asked for; a place where nothing can be written is said in a sentence. */
import { writeFile } from 'node:fs/promises';
import { CommandRefused } from './command.ts';

const WHY: { readonly [code: string]: string } = {
  ENOENT: 'son dossier n’existe pas',
  ENOTDIR: 'son dossier n’en est pas un',
  EISDIR: 'c’est un dossier',
  EACCES: 'il n’est pas permis d’y écrire',
  EPERM: 'il n’est pas permis d’y écrire',
  EROFS: 'ce disque ne se modifie pas',
  ENOSPC: 'le disque est plein',
};

/** Does what writes `file`. Throws CommandRefused (code 1) that names it when nothing can be written there. */
export async function writing<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = WHY[(error as NodeJS.ErrnoException).code ?? ''];
    if (why === undefined) throw error;
    throw new CommandRefused(`« ${file} » n’a pas pu être écrit : ${why}. Donnez un autre fichier avec --out.`);
  }
}

export const writeOutput = (file: string, bytes: Uint8Array): Promise<void> => writing(file, () => writeFile(file, bytes));
