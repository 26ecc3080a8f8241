/** An erratum from the command line: words of a questionnaire, and nothing else. */
import { expect, it } from 'vitest';
import { senacs, temporaryFolder } from '../support/program.ts';

it('corrects words once, and refuses what is no word', async () => {
  const env = { SENACS_DATA: `${temporaryFolder()}/data` };
  const run = async (...words: readonly string[]) => {
    const { code, out, err } = await senacs(words, env);
    expect(err).not.toMatch(/\n\s+at /);
    return { code, said: out + err };
  };
  const erratum = (...words: readonly string[]) => run('questionnaire', 'erratum', '--year', '2026', '--reason', 'Mot manquant.', ...words);
  expect((await run('migrate')).code).toBe(0);
  expect((await run('questionnaire', 'import', '--year', '2026')).code).toBe(0);
  const words = ['--question', 'address', '--field', 'label', '--text', 'Adresse du site principal'];
  expect(await erratum(...words)).toMatchObject({ code: 0, said: expect.stringContaining('Erratum enregistré') as string });
  // it stands: the same words change nothing any more
  expect(await erratum(...words)).toMatchObject({ code: 1, said: expect.stringContaining('différent de l’ancien') as string });
  expect(await erratum('--question', 'address', '--field', 'kind', '--text', 'x')).toMatchObject({ code: 2, said: expect.stringContaining('--field attend') as string });
  expect(await erratum('--field', 'label', '--text', 'x')).toMatchObject({ code: 2, said: expect.stringContaining('--question') as string });
  expect(await erratum('--question', 'address', '--field', 'option_label', '--item', 'nulle_part', '--text', 'x')).toMatchObject({ code: 1, said: expect.stringContaining('seulement des mots') as string });
  // a question that is not there is called by its name, and one called by its code by its key
  expect(await erratum('--question', 'nulle_part', '--field', 'label', '--text', 'x')).toMatchObject({ code: 1, said: expect.stringContaining('n’a pas de question « nulle_part »') as string });
  expect(await erratum('--question', 'a03', '--field', 'label', '--text', 'x')).toMatchObject({ code: 1, said: expect.stringContaining('la clé de la question, address') as string });
});
