/** What travels compressed, by what the browser says that it reads: on a slow line a page costs a fifth. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

type Coding = 'br' | 'gzip';
const toGzip = promisify<Uint8Array, { level: number }, Buffer>(gzip);
const toBrotli = promisify<Uint8Array, { params: { [name: number]: number } }, Buffer>(brotliCompress);

/** The best coding that an `Accept-Encoding` header allows; `q=0` forbids (RFC 9110, 12.5.3). Browsers say `br` over HTTPS only. */
export function codingFor(accepted: string | null | undefined): Coding | undefined {
  const allowed = (accepted ?? '').split(',').flatMap((part) => {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
    return parameters.some((p) => /^\s*q=0(\.0+)?\s*$/.test(p)) ? [] : [name.trim()];
  });
  return (['br', 'gzip'] as const).find((coding) => allowed.includes(coding));
}

/** `once`: a text that is sent many times is worth a harder look than one made for this request. */
export async function compressed(text: string | Uint8Array, coding: Coding, once = false): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const packed = coding === 'br' ? await toBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: once ? 9 : 4 } }) : await toGzip(bytes, { level: once ? 9 : 5 });
  return packed as Uint8Array<ArrayBuffer>;
}

/** A response whose body is compressed when the request allows it. */
export async function compressedResponse(request: Request, text: string, init: { readonly status?: number; readonly headers?: Headers | Record<string, string> } = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.append('Vary', 'Accept-Encoding');
  const coding = codingFor(request.headers.get('accept-encoding'));
  const status = init.status ?? 200;
  if (!coding) return new Response(text, { status, headers });
  headers.set('Content-Encoding', coding);
  return new Response(await compressed(text, coding), { status, headers });
}
