/** What people send enters by one door, where it is made safe to keep: nothing else reads a form. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModules } from './imports.ts';

const DOOR = 'src/web/form-values.ts';
const readsAForm = (text: string): boolean => /\.formData\(\)/.test(text);

describe('a form', () => {
  it('is read by its door only', () => {
    const root = path.resolve(import.meta.dirname, '../..');
    const readers = readModules(root).map(({ file }) => file).filter((file) => readsAForm(readFileSync(path.join(root, file), 'utf8')));
    expect(readers).toEqual([DOOR]);
    expect(readsAForm('const form = await request.formData();')).toBe(true);
  });
});
