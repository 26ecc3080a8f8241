/**
 * The typesetter: Typst 0.14 in this process, with the two faces of the house and nothing of the machine's. Templates and data are handed over as
 * files in memory; PDF/UA-1 is asked for, so a picture without words, a missing title or a missing letter stops the document instead of leaving it.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { projectPath } from '../platform/project-root.server.ts';

const FACES = [
  'source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  'source-sans-3/400Regular_Italic/SourceSans3_400Regular_Italic.ttf',
  'source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf',
  'source-sans-3/700Bold/SourceSans3_700Bold.ttf',
  'bricolage-grotesque/500Medium/BricolageGrotesque_500Medium.ttf',
  'bricolage-grotesque/600SemiBold/BricolageGrotesque_600SemiBold.ttf',
  'bricolage-grotesque/700Bold/BricolageGrotesque_700Bold.ttf',
  'bricolage-grotesque/800ExtraBold/BricolageGrotesque_800ExtraBold.ttf',
];

let faces: Promise<Buffer[]> | undefined;
const loadFaces = (): Promise<Buffer[]> => (faces ??= Promise.all(FACES.map((face) => readFile(projectPath('node_modules/@expo-google-fonts', face)))));

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

// A root that exists nowhere: everything the template reads is handed over.
const ROOT = path.resolve('/senacs-typesetting');

/** Same job, same bytes. Throws with the compiler's words when the document cannot be set or is not accessible. */
export async function typeset(job: TypesetJob): Promise<TypesetResult> {
  const compiler = NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs: await loadFaces() }] });
  const source = await readFile(projectPath('src/documents', job.template), 'utf8');
  compiler.mapShadow(path.join(ROOT, 'data.json'), Buffer.from(JSON.stringify(job.data)));
  for (const [name, text] of job.files) compiler.mapShadow(path.join(ROOT, name), Buffer.from(text));
  const compiled = compiler.compile({ mainFileContent: source });
  const document = compiled.result;
  if (!document) {
    const error = compiled.takeError();
    throw new Error(`typesetting of ${job.template} failed: ${error ? JSON.stringify(error.shortDiagnostics) : 'no reason given'}`);
  }
  const pdf = compiler.pdf(document, { pdfStandard: 'ua-1' });
  // Memoised results of earlier documents would otherwise stay for the life of the process.
  compiler.evictCache(3);
  return { pdf: new Uint8Array(pdf), pages: document.numOfPages };
}
