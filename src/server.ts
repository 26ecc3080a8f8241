/**
 * The HTTP server: static files, health, the save endpoint, then the pages. Each request has an identifier, security headers, and,
 * when it changes something, must come from this very site.
 */
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { createRequestListener } from '@react-router/node';
import { sql } from 'kysely';
import { createRequestHandler, RouterContextProvider } from 'react-router';
import { findActor } from './domains/access/index.server.ts';
import { newId } from './kernel/identifier.ts';
import { describeFailure } from './platform/log.server.ts';
import { projectPath } from './platform/project-root.server.ts';
import type { Services } from './services.server.ts';
import { sendFile } from './static-files.server.ts';
import { actorContext, nonceContext, refusalPageContext, refusedContext, type RefusedRequest, requestIdContext, servicesContext } from './web/request-context.ts';
import { handleSave, refusedByLength, SAVE_BODY_LIMIT, type SaveAnswered } from './web/centre/save-endpoint.server.ts';
import { Followers } from './web/centre/follow-endpoint.server.ts';
import { BUILD_HEADER } from './web/centre/save-call.ts';
import { readBody } from './web/request-body.server.ts';
import { serviceWorkerText } from './web/service-worker.server.ts';
import { isFromThisSite } from './web/same-site.ts';
import { sessionToken } from './web/session-cookie.server.ts';

export interface RunningServer {
  readonly url: string;
  /** Refuses new connections, lets requests in flight end (10 s at most), then resolves. */
  readonly stop: () => Promise<void>;
}

const STOP_AFTER_MS = 10_000;
/** Bytes of a form, of a workbook that a centre brings back, and of a register file. */
const FORM_LIMIT = 1024 * 1024;
const WORKBOOK_LIMIT = 9 * 1024 * 1024;
const FILE_LIMIT = 32 * 1024 * 1024;
/** Longest refused body that is let go by. */
const PASSED_OVER = 64 * 1024 * 1024;
/** Addresses that open something by themselves: what follows is never written down. */
const SECRET_ADDRESS = /^(\/(?:lien|invitation)\/).+/;
/** An address that no page has. */
const NO_PAGE = '/adresse-sans-page';

/** Starts listening. The pages' bundle is loaded here, once. */
export async function startServer(services: Services): Promise<RunningServer> {
  // oxlint-disable-next-line no-unresolved -- given by the bundler
  const build = await import('virtual:react-router/server-build');
  const { log, configuration } = services;
  const client = projectPath('build', 'client');
  const serviceWorker = serviceWorkerText(build.assets, client);
  const followers = new Followers();
  let stopping = false;

  const handle = createRequestHandler(build);
  /** What was refused before any page, by request identifier, until the page that says so is sent. */
  const refusals = new Map<string, RefusedRequest>();
  const pages = createRequestListener({
    build,
    getLoadContext: async (request) => {
      const context = new RouterContextProvider();
      const token = sessionToken(request.headers.get('cookie'));
      context.set(servicesContext, services);
      context.set(actorContext, token ? await findActor(services.db, token) : undefined);
      context.set(requestIdContext, request.headers.get('x-request-id') ?? '-');
      context.set(nonceContext, request.headers.get('x-page-nonce') ?? '');
      context.set(refusedContext, refusals.get(context.get(requestIdContext)));
      context.set(refusalPageContext, (refused) => {
        context.set(refusedContext, refused);
        return handle(new Request(new URL(NO_PAGE, request.url), { headers: request.headers }), context);
      });
      return context;
    },
  });

  /** Refuses before any page: the page that says so for a person, the bare sentence for a program. */
  const refuse = async (request: http.IncomingMessage, response: http.ServerResponse, refused: RefusedRequest & { readonly message: string }): Promise<void> => {
    await passOver(request, response);
    if (!request.headers.accept?.includes('text/html')) {
      response.writeHead(refused.status, { 'Content-Type': 'text/plain; charset=utf-8' });
      return void response.end(refused.message);
    }
    const id = String(request.headers['x-request-id']);
    refusals.set(id, refused);
    response.on('close', () => refusals.delete(id));
    Object.assign(request, { method: 'GET', url: NO_PAGE });
    pages(request, response);
  };

  const server = http.createServer((request, response) => {
    const started = performance.now();
    const id = newId();
    const nonce = randomBytes(16).toString('base64');
    const pathname = (request.url ?? '/').split('?')[0]!;
    // Set here, whatever the visitor sent under these names.
    request.headers['x-request-id'] = id;
    request.headers['x-page-nonce'] = nonce;
    secure(response, pathname, nonce, id, configuration.publicUrl.startsWith('https:'));
    if (stopping) response.setHeader('Connection', 'close');
    response.on('finish', () => {
      if (!pathname.startsWith('/assets/')) {
        log(response.statusCode >= 500 ? 'error' : 'debug', 'request', { request: id, method: request.method, path: pathname.replace(SECRET_ADDRESS, '$1…'), status: response.statusCode, ms: Math.round(performance.now() - started) });
      }
    });
    // A NUL is in no name and no database: the address names nothing.
    if (/%00/.test(request.url ?? '')) request.url = NO_PAGE;
    if (pathname === '/service-worker.js') {
      response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' });
      return void response.end(serviceWorker);
    }
    if (pathname === '/health') return void health(services, stopping, response);
    if (pathname.startsWith('/assets/') || pathname === '/favicon.svg' || pathname === '/robots.txt') return sendFile(client, pathname, request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isFromThisSite(request.headers, configuration.publicUrl))
      return void refuse(request, response, { status: 403, message: 'Cette demande vient d’un autre site : revenez sur la page et recommencez.' });
    // The pages that are open compare it with their own.
    if (pathname.startsWith('/api/')) response.setHeader(BUILD_HEADER, build.assets.version);
    if (pathname === '/api/following') return void follow(services, followers, request, response).catch((error: unknown) => followFailed(services, id, response, error));
    if (pathname === '/api/saves') return void save(services, request, response).catch((error: unknown) => saveFailed(services, id, response, error));
    const tooLong = refusedLength(request, pathname);
    if (tooLong) return void refuse(request, response, tooLong);
    return void pages(request, response);
  });

  server.requestTimeout = 120_000;
  // Longer than the pause between two answers that a person gives, and than what proxies wait: a browser must not send on a line that closes.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(configuration.port, configuration.host, resolve);
  });
  const address = server.address() as { port: number };
  return {
    url: `http://${configuration.host}:${address.port}`,
    stop: async () => {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), STOP_AFTER_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** One answer, as it is given: read whole, or refused without changing anything. */
async function save(services: Services, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const { cookie } = request.headers;
  const refused = request.method === 'POST' ? refusedByLength(request.headers['content-length']) : undefined;
  if (refused) await passOver(request, response);
  answerSave(response, refused ?? (await handleSave(services.database, { method: request.method ?? '', body: (await readBody(request, SAVE_BODY_LIMIT)) ?? '', cookie })));
}

function answerSave(response: http.ServerResponse, answered: SaveAnswered): void {
  response.writeHead(answered.status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(answered.body);
}

/** Lets a body that is refused go by, so that the browser reads the answer instead of a broken line; a very long one is cut off. */
async function passOver(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  if (Number(request.headers['content-length'] ?? Infinity) > PASSED_OVER) return void response.setHeader('Connection', 'close');
  request.resume();
  await new Promise<void>((resolve) => request.once('close', resolve).once('end', resolve).once('error', () => resolve()));
}

/** Who else is in a response and what moved there. */
async function follow(services: Services, followers: Followers, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const answered = await followers.answer(services.database, new URL(request.url ?? '/', services.publicUrl), request.headers.cookie);
  response.writeHead(answered.status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(answered.body);
}

/** The page asks again by itself. */
function followFailed(services: Services, id: string, response: http.ServerResponse, error: unknown): void {
  services.log('error', 'following.failed', { request: id, ...describeFailure(error) });
  if (!response.headersSent) response.writeHead(503, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end('{}');
}

function saveFailed(services: Services, id: string, response: http.ServerResponse, error: unknown): void {
  services.log('error', 'save.failed', { request: id, ...describeFailure(error) });
  if (!response.headersSent) response.writeHead(503, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ error: { code: 'unavailable', message: 'L’enregistrement n’a pas pu se faire maintenant. Votre saisie est gardée sur cet appareil et repartira d’elle-même.' } }));
}

/** Headers of safety. A file and the answer to a save are never a page: they carry only what concerns them, which a slow line feels. */
function secure(response: http.ServerResponse, pathname: string, nonce: string, id: string, https: boolean): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (pathname.startsWith('/assets/')) return;
  response.setHeader('X-Request-Id', id);
  if (pathname === '/api/saves') return;
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Content-Security-Policy', `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`);
  if (https) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}

/** Alive: this answers. Ready: the database answers too, and the process is not stopping. */
async function health(services: Services, stopping: boolean, response: http.ServerResponse): Promise<void> {
  const ready = !stopping && (await sql`select 1`.execute(services.db).then(() => true, () => false));
  response.writeHead(ready ? 200 : 503, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify({ alive: true, ready, engine: services.engine, demonstration: services.demonstration }));
}

/** Bodies are announced and bounded: a register file may be large, everything else is a form. */
function refusedLength(request: http.IncomingMessage, pathname: string): { readonly status: number; readonly message: string } | undefined {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const announced = request.headers['content-length'];
  if (announced === undefined) return { status: 411, message: 'La longueur de cet envoi n’est pas annoncée : il est refusé.' };
  const limit = pathname.startsWith('/national/repertoire') ? FILE_LIMIT : /^\/centre\/[^/]+\/tableur$/.test(pathname) ? WORKBOOK_LIMIT : FORM_LIMIT;
  return Number(announced) <= limit ? undefined : { status: 413, message: 'Cet envoi est trop volumineux : réduisez le fichier ou le texte, puis recommencez.' };
}
