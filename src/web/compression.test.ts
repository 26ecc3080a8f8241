import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codingFor, compressedResponse } from './compression.server.ts';

describe('compression', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'], ['gzip, deflate', 'gzip'], ['br;q=0, gzip;q=0.5', 'gzip'], ['BR', 'br'], ['identity', undefined], ['gzip;q=0', undefined], [null, undefined],
  ])('of « %s » is %s', (accepted, coding) => expect(codingFor(accepted)).toBe(coding));

  it('gives back the text, and says that it depends on the request', async () => {
    const text = 'Les réponses sont enregistrées. '.repeat(50);
    for (const [accepted, open] of [['br', brotliDecompressSync], ['gzip', gunzipSync]] as const) {
      const response = await compressedResponse(new Request('http://localhost/', { headers: { 'Accept-Encoding': accepted } }), text, { headers: { 'Content-Type': 'text/html' } });
      expect([response.headers.get('Content-Encoding'), response.headers.get('Vary')]).toEqual([accepted, 'Accept-Encoding']);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.length).toBeLessThan(text.length / 5);
      expect(open(bytes).toString()).toBe(text);
    }
    const plain = await compressedResponse(new Request('http://localhost/'), text);
    expect([plain.headers.get('Content-Encoding'), await plain.text()]).toEqual([null, text]);
  });
});
