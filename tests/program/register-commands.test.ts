/** The register by hand, from the command line: zones, an area, a merger; each refusal says what to do. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { senacs, temporaryFolder } from '../support/program.ts';

const saying = (text: string): string => expect.stringContaining(text) as string;

it('writes zones, areas and successions, and refuses what does not hold', async () => {
  const folder = temporaryFolder();
  const env = { SENACS_DATA: `${folder}/data` };
  const run = async (...words: readonly string[]) => {
    const { code, out, err } = await senacs(words, env);
    expect(err).not.toMatch(/\n\s+at /);
    return { code, said: out + err };
  };
  const written = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  expect((await run('migrate')).code).toBe(0);
  const register = written('repertoire.csv', 'Code structure;Type;Nom;Code Insee\nA1;Centre social;Un;62510\nA2;Centre social;Deux;62510\n');
  expect((await run('registry', 'import', register, '--on', '01/01/2017')).code).toBe(0);

  const zones = (file: string, zoning = 'QPV') => run('registry', 'zones', file, '--zoning', zoning, '--year', '2024', '--source', 'essai');
  expect(await zones(written('qpv.csv', 'code;nom;commune\nQN1;République;62510\n'))).toMatchObject({ code: 0, said: saying('1\u00a0zone enregistrée') });
  expect(await zones(written('faux.csv', 'QN1;République;62510\nQN2;Calonne;99999\n'))).toMatchObject({ code: 1, said: saying('Ligne 2, colonne «\u00a0commune\u00a0»') });
  const asJson = await senacs(['registry', 'zones', path.join(folder, 'faux.csv'), '--zoning', 'QPV', '--year', '2024', '--source', 'essai', '--json'], env);
  expect(JSON.parse(asJson.out)).toMatchObject({ error: { code: 1, message: expect.any(String) }, faults: [{}] });
  expect(await zones(path.join(folder, 'absent.csv'))).toMatchObject({ code: 1, said: saying('n’a pas été trouvé') });

  expect(await run('registry', 'area', 'z-62-bassin', '--name', 'Bassin minier', '--communes', '62510,62498')).toMatchObject({ code: 0, said: saying('Z-62-BASSIN\u00a0: 2\u00a0communes') });
  expect(await run('registry', 'area', 'BASSIN', '--name', 'x', '--communes', '62510')).toMatchObject({ code: 1, said: saying('commence par') });

  const merge = (from: string, to: string, kind = 'merger') => run('registry', 'succession', '--kind', kind, '--from', from, '--to', to, '--on', '01/01/2020');
  expect(await merge('A1,A2', 'A2')).toMatchObject({ code: 0, said: saying('Un → Deux (fusion, ') });
  expect(await merge('A9', 'A2')).toMatchObject({ code: 1, said: saying('«\u00a0A9\u00a0»') });
  expect(await merge('A1', 'A1')).toMatchObject({ code: 1, said: saying('ne succède pas à elle-même') });
  expect(await merge('A1', 'A2', 'mariage')).toMatchObject({ code: 2, said: saying('--kind attend') });
  const institution = (...words: string[]) => run('registry', 'institution', 'Collectif d’essai', '--kind', 'collective', '--side', 'federation', '--territory', '62', ...words);
  expect(await institution('--from', '01/01/2015')).toMatchObject({ code: 0, said: saying('Collectif d’essai') });
  expect((await institution('--from', '01/01/2015', '--to', '01/01/2020')).said).not.toContain('Collectif d’essai');
  expect(await institution('--from', 'demain')).toMatchObject({ code: 2, said: saying('--from attend une date') });

  expect((await run('account', 'create', '--email', 'caf@exemple.fr', '--name', 'Caf', '--role', 'correspondant-caf', '--territory', '62')).code).toBe(0);
  const end = (...words: string[]) => run('mandate', 'end', '--email', 'caf@exemple.fr', '--role', 'correspondant-caf', ...words);
  expect(await end('--territory', '59')).toMatchObject({ code: 1, said: saying('Aucun mandat en cours') });
  expect(await end('--territory', '62')).toMatchObject({ code: 0, said: saying('1\u00a0mandat terminé') });
  expect((await end()).code).toBe(1);
  expect(await run('release', 'verify', '--campaign', '2017', '--territory', '62')).toMatchObject({ code: 1, said: saying('Aucune publication') });
});
