/** The documents of `content/entry/documents.json`, read once. */
import { readFile } from 'node:fs/promises';
import { projectPath } from '../../platform/project-root.server.ts';
import { parseDocuments, type SourceDocument } from './documents.ts';

let read: Promise<readonly SourceDocument[]> | undefined;

export function sourceDocuments(): Promise<readonly SourceDocument[]> {
  read ??= readFile(projectPath('content', 'entry', 'documents.json'), 'utf8').then((text) => parseDocuments(JSON.parse(text)));
  return read;
}
