/** `/service-worker.js`: the file of `public/`, told the build and the files that the page without the network needs. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ServerBuild } from 'react-router';

const ROUTES = ['root', 'centre/offline'];

/** The script's text. `client`: folder of the built files. */
export function serviceWorkerText(assets: ServerBuild['assets'], client: string): string {
  const parts = [assets.entry, ...ROUTES.flatMap((id) => assets.routes[id] ?? [])];
  const styles = parts.flatMap((part) => ('css' in part ? (part.css ?? []) : []));
  const fonts = readdirSync(path.join(client, 'assets')).filter((name) => /-latin-(?!ext).*\.woff2$/.test(name)).map((name) => `/assets/${name}`);
  const files = [...new Set([assets.url, ...parts.flatMap((part) => [part.module, ...(part.imports ?? [])]), ...styles, ...fonts, '/favicon.svg'])];
  const quoted = files.map((file) => JSON.stringify(file)).join(', ');
  return readFileSync(path.join(client, 'service-worker.js'), 'utf8').replace("'__FILES__'", quoted).replace('__BUILD__', assets.version);
}
