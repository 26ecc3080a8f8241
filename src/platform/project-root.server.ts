/** The folder that holds `content/` and `database/`, found from the running file: sources, tests and the built bundle alike. */
import { existsSync } from 'node:fs';
import path from 'node:path';

function find(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'database', 'migrations'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('the project folder was not found around this program');
    folder = parent;
  }
  return folder;
}

let root: string | undefined;

/** Absolute path of a file or folder of the project. */
export function projectPath(...parts: string[]): string {
  root ??= find();
  return path.join(root, ...parts);
}
