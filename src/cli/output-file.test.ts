import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeOutput } from './output-file.ts';

const bytes = new Uint8Array([1, 2, 3]);

describe('the file that a command writes', () => {
  it('says why it cannot be, and ends with code 1', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'senacs-'));
    await writeOutput(path.join(folder, 'a.pdf'), bytes);
    expect(readFileSync(path.join(folder, 'a.pdf'))).toHaveLength(3);
    await expect(writeOutput(path.join(folder, 'nowhere', 'a.pdf'), bytes)).rejects.toMatchObject({ code: 1, message: expect.stringContaining('son dossier n’existe pas') });
    await expect(writeOutput(folder, bytes)).rejects.toMatchObject({ code: 1, message: expect.stringContaining('c’est un dossier') });
  });
});
