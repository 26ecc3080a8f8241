/** Writes beside each text file of a folder its compressed forms (`.br`, `.gz`), once, as small as they can be; a form that gains nothing is not written. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TEXTS = /\.(js|css|svg|txt)$/;

export function compressFolder(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !TEXTS.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const plain = readFileSync(file);
    const forms = {
      '.br': brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
      '.gz': gzipSync(plain, { level: 9 }),
    };
    for (const [ending, form] of Object.entries(forms)) if (form.length < 0.9 * plain.length) writeFileSync(file + ending, form);
  }
}
