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

/** The compiler's own words quote the text at fault, which may be an answer: only a code leaves the thread. */
export type TypesettingFault = 'template_failed' | 'pdf_not_accessible' | 'typesetter_broke';

export type WorkerAnswer = { readonly id: number; readonly pdf: Uint8Array; readonly pages: number } | { readonly id: number; readonly fault: TypesettingFault };

// A root that exists nowhere: everything the template reads is handed over.
const ROOT = path.resolve('/senacs-typesetting');
const faces = (workerData as WorkerSettings).faces.map((file) => readFileSync(file));

function typeset(job: WorkerJob): WorkerAnswer {
  const compiler = NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs: faces }] });
  compiler.mapShadow(path.join(ROOT, 'data.json'), Buffer.from(job.data));
  for (const [name, text] of job.files) compiler.mapShadow(path.join(ROOT, name), Buffer.from(text));
  const compiled = compiler.compile({ mainFileContent: job.source });
  const document = compiled.result;
  if (!document) return { id: job.id, fault: 'template_failed' };
  let pdf: Buffer;
  try {
    pdf = compiler.pdf(document, { pdfStandard: 'ua-1' });
  } catch {
    return { id: job.id, fault: 'pdf_not_accessible' };
  }
  // Memoised results of earlier documents would otherwise stay for the life of the thread.
  compiler.evictCache(3);
  return { id: job.id, pdf: new Uint8Array(pdf), pages: document.numOfPages };
}

parentPort!.on('message', (job: WorkerJob) => {
  let answer: WorkerAnswer;
  try {
    answer = typeset(job);
  } catch {
    answer = { id: job.id, fault: 'typesetter_broke' };
  }
  parentPort!.postMessage(answer);
});
