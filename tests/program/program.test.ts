/** The program seen from outside: its words, its refusals, how it starts and stops. */
import { existsSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrations } from '../../src/platform/migrate.server.ts';
import { senacs, type Started, startProgram, temporaryFolder } from '../support/program.ts';

describe('the command line', () => {
  it('answers a program in JSON, and makes no house by looking', async () => {
    const env = { SENACS_DATA: path.join(temporaryFolder(), 'data') };
    const said = async (...words: string[]) => {
      const { code, out } = await senacs([...words, '--json'], env);
      return { code, said: JSON.parse(out) as { error?: { code: number; message: string }; engine?: string } };
    };
    const register = path.resolve('README.md');
    for (const words of [['registry', 'import', register, '--on', '01/01/2026', '--preview'], ['questionnaire', 'export', '--year', '2026'], ['tables', '--campaign', '2017', '--territory', '62']])
      expect([words[0], await said(...words)]).toEqual([words[0], { code: 3, said: { error: { code: 3, message: expect.stringContaining('npx senacs migrate') as string } } }]);
    expect(existsSync(path.join(env.SENACS_DATA, 'database'))).toBe(false);
    expect(await said('dancer')).toMatchObject({ code: 2, said: { error: { code: 2 } } });
    const migrations = (await readMigrations(path.resolve('database/migrations'))).map((one) => one.name);
    expect(await said('migrate')).toEqual({ code: 0, said: { engine: 'pglite', upToDate: true, applied: migrations, last: migrations.at(-1) } });
    expect(await said('migrate')).toMatchObject({ code: 0, said: { applied: [], last: migrations.at(-1) } });
  });

  it('refuses an address before it makes a database for it', async () => {
    const folder = path.join(temporaryFolder(), 'data');
    expect(await senacs(['serve'], { HOST: 'not.a.host.invalid', PORT: '0', SENACS_DATA: folder })).toMatchObject({ code: 3 });
    expect(existsSync(folder)).toBe(false);
  });

  it('makes no database for a damaged backup', async () => {
    const place = temporaryFolder();
    const file = path.join(place, 'abimee.gz');
    writeFileSync(file, gzipSync('{"format":"senacs-backup-1","migrations":[]}\n{"end":true,"tables":0,"rows":0,"hash":"faux"}\n'));
    const { code, err } = await senacs(['restore', file], { SENACS_DATA: path.join(place, 'data') });
    expect([code, err]).toEqual([1, expect.stringContaining('incomplète ou abîmée')]);
    expect(existsSync(path.join(place, 'data'))).toBe(false);
  });

  it('says its commands in French, and each one its help', async () => {
    const help = await senacs(['--help']);
    expect(help.code).toBe(0);
    expect(help.out).toContain('Usage : npx senacs');
    expect((await senacs(['backup', '--help'])).out).toContain('--out FICHIER');
    const group = await senacs(['registry', '--help']);
    expect([group.code, group.out.includes('registry zones'), group.out.includes('brochure')]).toEqual([0, true, false]);
  });

  it('refuses with a code that means something and without a stack trace', async () => {
    const cases: [string[], { [name: string]: string }, number, RegExp][] = [
      [['dancer'], {}, 2, /n’existe pas/],
      [['account', 'create', '--email', 'bad', '--name', 'A', '--role', 'mission'], {}, 2, /adresse électronique complète/],
      [['backup'], {}, 2, /Il manque --out/],
      [['questionnaire', 'import'], {}, 2, /Dites quel questionnaire charger.*--year.*--format xlsform/],
      [['backup', '--ou', 'x'], {}, 2, /--ou n’existe pas/],
      [['serve'], { PORT: 'abc' }, 3, /PORT vaut « abc »/],
      [['migrate'], { DATABASE_URL: 'postgres://x@127.0.0.1:1/x' }, 3, /ne répond pas/],
      [['serve'], { HOST: 'not.a.host.invalid', PORT: '0', SENACS_DATA: temporaryFolder() }, 3, /HOST vaut «\u00a0not\.a\.host\.invalid/],
      [['migrate'], { SENACS_DATA: import.meta.filename }, 3, /un fichier est à cette place.*SENACS_DATA/],
      [['account', 'create', '--email', 'a@exemple.fr', '--name', 'A', '--role', 'chef', '--territory', '62'], {}, 2, /direction \(direction de structure\)/],
      [['restore', '/nulle/part.gz'], { SENACS_DATA: temporaryFolder() }, 1, /n’existe pas/],
      [['restore', path.resolve('README.md')], { SENACS_DATA: temporaryFolder() }, 1, /n’est pas une sauvegarde de SENACS/],
      [['restore', temporaryFolder()], { SENACS_DATA: temporaryFolder() }, 1, /ne peut pas être lu/],
      [['migrate'], { SENACS_DATA: '/proc/senacs' }, 3, /ne peut pas être créé/],
    ];
    const results = await Promise.all(cases.map(([words, env]) => senacs(words, env)));
    for (const [i, [words, , code, words2]] of cases.entries()) {
      expect({ words, code: results[i]!.code }).toEqual({ words, code });
      expect(results[i]!.err).toMatch(words2);
      expect(results[i]!.err).not.toMatch(/\n\s+at /);
    }
  });
});

/** What a browser asks for when a person follows a link or sends a form. */
const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
async function expectCalmPage(response: Response, words: string, title = 'Cette page ne peut pas s’ouvrir'): Promise<void> {
  const html = await response.text();
  expect(response.headers.get('content-type')).toContain('text/html');
  for (const part of [`<h1>${title}</h1>`, words, 'Revenir à l’accueil']) expect(html).toContain(part);
}

describe('the server', () => {
  const folder = `${temporaryFolder()}/data`;
  let started: Started;
  beforeAll(async () => {
    started = await startProgram(folder);
  });
  afterAll(async () => {
    if (started.child.exitCode === null) await started.stop();
  });

  it('says that it is alive and ready', async () => {
    const response = await fetch(`${started.url}/health`);
    expect([response.status, await response.json()]).toEqual([200, { alive: true, ready: true, engine: 'pglite', demonstration: false }]);
  });

  it('keeps a second process off its folder', async () => {
    const second = await senacs(['serve'], { SENACS_DATA: folder, PORT: '0' });
    expect([second.code, second.err]).toEqual([3, expect.stringContaining('déjà ouvert par un autre SENACS')]);
  });

  it('refuses a change that comes from another site', async () => {
    const response = await fetch(`${started.url}/connexion`, { method: 'POST', headers: { origin: 'https://ailleurs.example' }, body: new URLSearchParams({ email: 'a' }) });
    const save = await fetch(`${started.url}/api/saves`, { method: 'POST', headers: { origin: 'https://ailleurs.example' }, body: '{}' });
    expect(save.status).toBe(403);
    expect(response.status).toBe(403);
    const person = await fetch(`${started.url}/connexion`, { method: 'POST', headers: { origin: 'https://ailleurs.example', ...asBrowser }, body: new URLSearchParams({ email: 'a' }) });
    expect(person.status).toBe(403);
    await expectCalmPage(person, 'Cette demande vient d’un autre site');
  });

  it('sends its security headers and one calm page for an unknown address', async () => {
    const response = await fetch(`${started.url}/nulle-part`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await response.text()).toContain('Page introuvable');
  });

  it('serves nothing outside its folder of assets', async () => {
    const status = await new Promise((resolve) => http.get(`${started.url}/assets/..%2f..%2fsenacs.js`, (response) => resolve(response.statusCode)));
    expect(status).toBe(404);
  });

  it('stays up whatever the address asked', async () => {
    for (const address of ['/assets/%E0%A4%A', '/assets/', '/assets/%00', '/%E0%A4%A', '/territoires/%00', '/suivi/%00/2026', '/territoires?annee=%00']) {
      const status = await new Promise((resolve) => http.get(`${started.url}${address}`, (response) => resolve(response.resume().statusCode)));
      expect(status, address).toBeGreaterThanOrEqual(400);
      expect((await fetch(`${started.url}/health`)).status, address).toBe(200);
    }
  });

  it('refuses a body that is too long without keeping it, and says so', async () => {
    const body = new URLSearchParams({ email: 'x'.repeat(1_100_000) });
    const [program, person] = [await fetch(`${started.url}/connexion`, { method: 'POST', body }), await fetch(`${started.url}/connexion`, { method: 'POST', body, headers: asBrowser })];
    expect([program.status, await program.text()]).toEqual([413, expect.stringMatching(/^Cet envoi est trop volumineux/)]);
    expect(person.status).toBe(413);
    await expectCalmPage(person, 'Cet envoi est trop volumineux');
  });

  it('refuses a save that is too long in the words of a save', async () => {
    const answered = await fetch(`${started.url}/api/saves`, { method: 'POST', body: JSON.stringify({ answer: 'x'.repeat(1_100_000) }), headers: { 'Content-Type': 'application/json' } });
    expect([answered.status, answered.headers.get('content-type'), await answered.json()]).toEqual([413, 'application/json; charset=utf-8', { error: { code: 'too_large', message: expect.stringMatching(/raccourcissez/) as string } }]);
  });

  it('shows a person a page, and a program the bare answer, when a file is refused', async () => {
    const address = `${started.url}/territoires/62/plaquette/2017.pdf`;
    const person = await fetch(address, { headers: asBrowser });
    expect(person.status).toBe(404);
    await expectCalmPage(person, 'n’est pas encore publiée', 'Page introuvable');
    const program = await fetch(address);
    expect([program.status, await program.json()]).toEqual([404, { message: expect.stringMatching(/pas encore publiée/) as string }]);
  });

  it('does not turn an empty place into a real house by looking at it', async () => {
    const place = temporaryFolder();
    const looked = await senacs(['tables', '--campaign', '2017', '--territory', '62'], { SENACS_DATA: `${place}/data` });
    expect([looked.code, looked.err]).toEqual([3, expect.stringContaining('pas encore de base')]);
  });

  it('finishes the request in flight when told to stop, then ends with 0', async () => {
    const body = new URLSearchParams({ email: 'personne@exemple.fr', password: 'un mot de passe' }).toString();
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const request = http.request(`${started.url}/connexion`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) } }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      });
      request.on('error', reject);
      request.write(body.slice(0, 5));
      setTimeout(() => request.end(body.slice(5)), 400);
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const [status, code] = await Promise.all([answered, started.stop()]);
    // answered whole: nobody has that account
    expect([status, code]).toEqual([422, 0]);
    expect(started.log()).not.toContain('personne@exemple.fr');
  });
});

describe.skipIf(!process.env['TEST_DATABASE_URL'])('on a PostgreSQL server', () => {
  it('two processes start at once on an empty database and both serve it', async () => {
    const server = process.env['TEST_DATABASE_URL']!;
    const name = `senacs_program_${process.pid}`;
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(`create database ${name}`);
    try {
      const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
      const both = await Promise.all([startProgram(temporaryFolder(), [], { DATABASE_URL: url }), startProgram(temporaryFolder(), [], { DATABASE_URL: url })]);
      const health = await Promise.all(both.map(async (one) => (await fetch(`${one.url}/health`)).json()));
      expect(health).toEqual([1, 2].map(() => ({ alive: true, ready: true, engine: 'postgres', demonstration: false })));
      expect(await Promise.all(both.map((one) => one.stop()))).toEqual([0, 0]);
    } finally {
      await client.query(`drop database ${name} with (force)`);
      await client.end();
    }
  });
});
