/*
 * Opens the entry without the network. It keeps the files of one build and one empty page, never a page of a signed-in person: what such a page
 * shows comes from the encrypted copy (docs/guides/offline.md). BUILD and FILES are written by the server.
 */
const BUILD = '__BUILD__';
const FILES = ['__FILES__'];
const SHELL = '/hors-ligne';
const CACHE = `senacs-${BUILD}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then(async (cache) => {
        await cache.addAll(FILES);
        // Without cookies: the page of nobody.
        await cache.put(SHELL, await fetch(SHELL, { credentials: 'omit', cache: 'no-store' }));
      })
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (url.pathname === SHELL) event.respondWith(fetch(request).catch(() => caches.match(SHELL)));
    else if (/^\/(centre|mon-espace)(\/|$)/.test(url.pathname)) {
      event.respondWith(fetch(request).catch(() => Response.redirect(`${SHELL}#${url.pathname}`, 303)));
    }
    return;
  }
  if (request.method === 'GET' && url.pathname.startsWith('/assets/')) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});
