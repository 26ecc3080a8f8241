/**
 * The typesetter's own thread: Typst 0.14 with the two faces of the house and nothing of the machine's. Started from this very file by
 * `typesetter.server.ts`; a compilation holds its thread for half a second, and must not hold the saves of everyone else.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

export interface WorkerSettings {
  /** Absolute paths of the faces. */
  readonly faces: readonly string[];
}

export interface WorkerJob {
  readonly id: number;
  /** Words of the template. */
  readonly source: string;
  /** Written as /data.json. */
  readonly data: string;
  /** Other files, by path: drawings. */
  readonly files: readonly (readonly [string, string])[];
}

export type WorkerAnswer = { readonly id: number; readonly pdf: Uint8Array; readonly pages: number } | { readonly id: number; readonly fault: string };

// A root that exists nowhere: everything the template reads is handed over.
const ROOT = path.resolve('/senacs-typesetting');
const faces = (workerData as WorkerSettings).faces.map((file) => readFileSync(file));

function typeset(job: WorkerJob): WorkerAnswer {
  const compiler = NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs: faces }] });
  compiler.mapShadow(path.join(ROOT, 'data.json'), Buffer.from(job.data));
  for (const [name, text] of job.files) compiler.mapShadow(path.join(ROOT, name), Buffer.from(text));
  const compiled = compiler.compile({ mainFileContent: job.source });
  const document = compiled.result;
  if (!document) {
    const error = compiled.takeError();
    return { id: job.id, fault: error ? JSON.stringify(error.shortDiagnostics) : 'no reason given' };
  }
  const pdf = compiler.pdf(document, { pdfStandard: 'ua-1' });
  // Memoised results of earlier documents would otherwise stay for the life of the thread.
  compiler.evictCache(3);
  return { id: job.id, pdf: new Uint8Array(pdf), pages: document.numOfPages };
}

parentPort!.on('message', (job: WorkerJob) => {
  let answer: WorkerAnswer;
  try {
    answer = typeset(job);
  } catch (error) {
    answer = { id: job.id, fault: String((error as Error).message ?? error) };
  }
  parentPort!.postMessage(answer);
});
