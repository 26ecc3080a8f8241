#!/usr/bin/env node
// Starts SENACS on the Node that the project brings (24), builds it when the sources changed, then hands over to the command line.
// Plain JavaScript for any Node from 20 on: nothing here may need a newer one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const NEEDED = 24;

function bundledNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = path.join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(file) ? file : undefined;
}

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  const node = bundledNode();
  if (!node) {
    console.error(`SENACS demande Node ${NEEDED} ou plus ; ce système a Node ${process.versions.node} et le projet n’apporte pas le sien pour lui. Installez Node ${NEEDED}, puis relancez.`);
    process.exit(3);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
} else {
  // Compiled code is kept between starts, in the build folder.
  module.enableCompileCache?.(path.join(root, 'build', 'cache'));
  const builder = path.join(root, 'scripts', 'build.ts');
  if (existsSync(builder)) {
    const { buildIfNeeded } = await import(pathToFileURL(builder).href);
    if (!buildIfNeeded()) process.exit(70);
  }
  process.env.NODE_ENV ??= 'production';
  const { main } = await import(pathToFileURL(path.join(root, 'build', 'server', 'senacs.js')).href);
  process.exitCode = await main(process.argv.slice(2));
  // What a command leaves open (a pool, a worker) must not hold the terminal.
  process.stdout.write('', () => process.exit());
}
