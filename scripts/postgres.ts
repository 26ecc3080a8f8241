/**
 * A private PostgreSQL server for tests, proofs and benchmarks: its own cluster in a temporary folder, on loopback, ended with the caller.
 * `node scripts/postgres.ts -- COMMAND…` runs COMMAND with TEST_DATABASE_URL set and passes its exit code on.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export interface PrivateServer {
  /** Address of a database `postgres` where new ones may be created. */
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** Starts again after a stop or a kill. */
  readonly start: () => Promise<void>;
  /** Ends every process at once, as a power cut of the server would. */
  readonly kill: () => void;
  readonly stop: () => void;
  /** Stops and removes the cluster. */
  readonly remove: () => void;
}

const run = (command: string, args: readonly string[], user: number | undefined): void => {
  const done = spawnSync(command, args, { encoding: 'utf8', ...(user === undefined ? {} : { uid: user, gid: user }), cwd: os.tmpdir() });
  if (done.status !== 0) throw new Error(`${path.basename(command)} ${args[0]} failed: ${done.stderr || done.stdout}`);
};

/** Folder of initdb and pg_ctl, newest version first; undefined where PostgreSQL is not installed. */
export function postgresFolder(): string | undefined {
  const folders = globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) => Number(b.split('/')[4]) - Number(a.split('/')[4]));
  return [...folders, '/usr/local/pgsql/bin', '/opt/homebrew/bin', '/usr/bin'].find((folder) => existsSync(path.join(folder, 'initdb')));
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Makes and starts a cluster with `fsync` on (PostgreSQL's own default) and room for 200 connections. */
export async function startPostgres(): Promise<PrivateServer> {
  const bin = postgresFolder();
  if (!bin) throw new Error('PostgreSQL is not installed here (initdb was not found)');
  // initdb refuses to run as root: the account that the package made does it, else a number without rights.
  const user = process.getuid?.() === 0 ? (Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout) || 65_534) : undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'senacs-postgres-'));
  if (user !== undefined) chownSync(folder, user, user);
  const data = path.join(folder, 'data');
  const port = await freePort();
  run(path.join(bin, 'initdb'), ['-D', data, '-U', 'senacs', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], user);
  const start = async (): Promise<void> =>
    run(path.join(bin, 'pg_ctl'), ['-D', data, '-w', '-t', '60', '-l', path.join(folder, 'log'), '-o', `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c max_connections=200`, 'start'], user);
  const end = (mode: 'fast' | 'immediate'): void => void spawnSync(path.join(bin, 'pg_ctl'), ['-D', data, '-w', '-m', mode, 'stop'], { ...(user === undefined ? {} : { uid: user, gid: user }), cwd: os.tmpdir() });
  await start();
  return {
    url: `postgres://senacs@127.0.0.1:${port}/postgres`,
    port,
    folder,
    start,
    kill: () => end('immediate'),
    stop: () => end('fast'),
    remove: () => {
      end('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

if (import.meta.main) {
  const command = process.argv.slice(process.argv.indexOf('--') + 1);
  const server = await startPostgres();
  const child = spawn(command[0]!, command.slice(1), { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: server.url } });
  const code = await new Promise<number>((resolve) => child.on('exit', (status) => resolve(status ?? 1)));
  server.remove();
  process.exit(code);
}
