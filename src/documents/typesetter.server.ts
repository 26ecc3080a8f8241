/**
 * The typesetter: templates and data are handed as text to a thread that sets them with Typst, one document after the other. PDF/UA-1 is asked
 * for, so a picture without words or a missing title stops the document instead of leaving it. A missing letter would stop it too: what no face holds
 * is replaced beforehand (`printableText`).
 */
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { printableText } from '../kernel/printable-text.ts';
import { SpokenFailure } from '../platform/log.server.ts';
import { projectPath } from '../platform/project-root.server.ts';
import { TEXT_FACES, TITLE_FACES } from './faces.server.ts';
import type { TypesettingFault, WorkerAnswer, WorkerJob, WorkerSettings } from './typesetter-worker.ts';

/** An unused thread is let go after this long, with its memory. */
const IDLE_MS = 20_000;

export interface TypesetJob {
  /** Name of a template beside this file. */
  readonly template: string;
  /** Written as /data.json. */
  readonly data: unknown;
  /** Other files, by path: drawings. */
  readonly files: ReadonlyMap<string, string>;
}

export interface TypesetResult {
  readonly pdf: Uint8Array;
  readonly pages: number;
}

interface Waiting {
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: Error) => void;
}

interface Press {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  idle: NodeJS.Timeout | undefined;
}

let press: Press | undefined;
let jobs = 0;

function openPress(): Press {
  const settings: WorkerSettings = { faces: [...TEXT_FACES, ...TITLE_FACES] };
  const worker = new Worker(projectPath('src/documents/typesetter-worker.ts'), { workerData: settings });
  const opened: Press = { worker, waiting: new Map(), idle: undefined };
  const close = (error: Error): void => {
    if (press === opened) press = undefined;
    for (const { reject } of opened.waiting.values()) reject(error);
    opened.waiting.clear();
  };
  worker.on('message', (answer: WorkerAnswer) => {
    const waiting = opened.waiting.get(answer.id);
    opened.waiting.delete(answer.id);
    if (opened.waiting.size === 0) rest(opened);
    waiting?.resolve(answer);
  });
  worker.on('error', close);
  worker.on('exit', () => close(new Error('the typesetting thread ended')));
  return opened;
}

/** Without work the thread holds neither the process nor, after a while, its memory. */
function rest(opened: Press): void {
  opened.worker.unref();
  opened.idle = setTimeout(() => {
    if (press === opened) press = undefined;
    void opened.worker.terminate();
  }, IDLE_MS);
  opened.idle.unref();
}

/** Says which template and what went wrong, never which words: they may be an answer, and failures are logged. */
export class TypesettingError extends SpokenFailure {
  override readonly name = 'TypesettingError';
  readonly code: TypesettingFault;
  constructor(template: string, code: TypesettingFault) {
    super(`typesetting of ${template}: ${code}`);
    this.code = code;
  }
}

const printable = (_: string, value: unknown): unknown => (typeof value === 'string' ? printableText(value) : value);

/** Same job, same bytes. Throws a `TypesettingError` when the document cannot be set or is not accessible. */
export async function typeset(job: TypesetJob): Promise<TypesetResult> {
  const source = await readFile(projectPath('src/documents', job.template), 'utf8');
  const opened = (press ??= openPress());
  clearTimeout(opened.idle);
  opened.worker.ref();
  const sent: WorkerJob = { id: ++jobs, source, data: JSON.stringify(job.data, printable), files: [...job.files].map(([name, text]) => [name, printableText(text)]) };
  const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
    opened.waiting.set(sent.id, { resolve, reject });
    opened.worker.postMessage(sent);
  });
  if ('fault' in answer) throw new TypesettingError(job.template, answer.fault);
  return { pdf: answer.pdf, pages: answer.pages };
}
