/** `GET /centre/questionnaire/:year`: the version's content, for the checks in the browser. The name of its edition is in the address, so it may be kept. */
import type { Route } from './+types/questionnaire-json';
import { findVersion } from '../../domains/questionnaire/index.server.ts';
import { yearIn } from '../form-values.ts';
import { codingFor, compressed } from '../compression.server.ts';
import { refusal, requireActor, services } from '../request-context.ts';

export async function loader({ context, request, params }: Route.LoaderArgs) {
  requireActor(context, request);
  const compiled = await findVersion(services(context).db, yearIn(params.year) ?? 0);
  if (!compiled) throw refusal('Ce questionnaire n’existe pas.', 404);
  const known = new URL(request.url).searchParams.get('v') === compiled.edition.slice(0, 12);
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': known ? 'private, max-age=3600' : 'no-cache', Vary: 'Accept-Encoding' };
  const coding = codingFor(request.headers.get('accept-encoding'));
  const name = `${compiled.edition} ${coding}`;
  const body = packed.get(name) ?? (coding ? await compressed(JSON.stringify(compiled.version), coding, true) : JSON.stringify(compiled.version));
  if (!packed.has(name)) packed.set(name, body);
  return new Response(body, { headers: { ...headers, ...(coding ? { 'Content-Encoding': coding } : {}) } });
}

/** By edition and coding: a few versions, asked by every centre. */
const packed = new Map<string, string | Uint8Array<ArrayBuffer>>();
