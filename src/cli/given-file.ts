/** A file named on the command line. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandRefused } from './command.ts';

/** Its bytes and its name without folder. Throws CommandRefused when it cannot be read. */
export async function givenFile(name: string): Promise<{ readonly fileName: string; readonly bytes: Uint8Array }> {
  const bytes = await readFile(name).catch(() => {
    throw new CommandRefused(`Le fichier « ${name} » n’a pas été trouvé ou ne peut pas être lu.`);
  });
  return { fileName: path.basename(name), bytes };
}
