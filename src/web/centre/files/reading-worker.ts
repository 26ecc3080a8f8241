/**
 * Reads the chosen files beside the page, so that nothing holds up typing. Records of persons stay in this worker's memory; the page receives
 * aggregates. It sends nothing anywhere: it only loads the spreadsheet library from this site when a workbook is opened.
 */
import { type Derivation, type FileKind, readFiles, recallChoices } from '../../../domains/proposal/index.ts';
import type { FromReader, ToReader } from './messages.ts';

const scope = globalThis as unknown as { readonly postMessage: (message: FromReader) => void; onmessage: ((event: { readonly data: ToReader }) => void) | null };
const derivations = new Map<FileKind, Derivation>();
/** The latest opening of each kind: an earlier one that ends after it says nothing. */
const openings = new Map<FileKind, number>();

async function open(message: Extract<ToReader, { act: 'open' }>): Promise<void> {
  const { kind } = message;
  const turn = (openings.get(kind) ?? 0) + 1;
  openings.set(kind, turn);
  derivations.delete(kind);
  const files = await Promise.all(message.files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
  const read = await readFiles(kind, files, message.guides, message.scope);
  if (openings.get(kind) !== turn) return;
  if (!read.ok) return scope.postMessage({ told: 'refused', kind, message: read.error.message });
  derivations.set(kind, read.value);
  const choices = recallChoices(message.kept, read.value({}).places.map((place) => place.id));
  scope.postMessage({ told: 'read', kind, derived: read.value(choices), choices });
}

scope.onmessage = ({ data }) => {
  if (data.act === 'choose') {
    const derivation = derivations.get(data.kind);
    if (derivation) scope.postMessage({ told: 'read', kind: data.kind, derived: derivation(data.choices), choices: data.choices });
    return;
  }
  // A file that was moved or is being written gives an error when it is read.
  open(data).catch(() => scope.postMessage({ told: 'refused', kind: data.kind, message: 'Ce fichier n’a pas pu être lu jusqu’au bout : vérifiez qu’il est toujours là et qu’il n’est pas ouvert dans un autre logiciel, puis choisissez-le de nouveau.' }));
};
