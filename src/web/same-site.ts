/**
 * Whether a request that changes something comes from this site. A browser names where it comes from: this host, or the public address when a proxy
 * stands before and names another host; programs without a browser send neither header and carry no cookie by accident.
 */
import type { IncomingHttpHeaders } from 'node:http';

export function isFromThisSite(headers: Pick<IncomingHttpHeaders, 'origin' | 'host' | 'sec-fetch-site'>, publicUrl: string): boolean {
  const { origin } = headers;
  if (origin && origin !== 'null') return URL.canParse(origin) && [headers.host, new URL(publicUrl).host].includes(new URL(origin).host);
  const site = headers['sec-fetch-site'];
  return site === undefined ? origin === undefined : site === 'same-origin' || site === 'none';
}
