/** `/service-worker.js`: the file of `public/`, told the build and the files that the page without the network needs. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ServerBuild } from 'react-router';

/** The script's text. `client`: folder of the built files. */
export function serviceWorkerText(assets: ServerBuild['assets'], client: string): string {
  const [frame, page] = [assets.routes['root']!, assets.routes['centre/offline']!];
  const fonts = readdirSync(path.join(client, 'assets')).filter((name) => /-latin-(?!ext).*\.woff2$/.test(name)).map((name) => `/assets/${name}`);
  const files = [...new Set([assets.entry.module, ...assets.entry.imports, ...(page.imports ?? []), ...(frame.css ?? []), ...(page.css ?? []), ...fonts, '/favicon.svg'])];
  const quoted = files.map((file) => JSON.stringify(file)).join(', ');
  return readFileSync(path.join(client, 'service-worker.js'), 'utf8').replace("'__FILES__'", quoted).replace('__BUILD__', assets.version);
}
