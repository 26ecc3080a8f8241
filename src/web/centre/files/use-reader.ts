/** The files being read, by kind; the reading itself happens in a worker, made when the first file is chosen. */
import { startTransition, useEffect, useRef, useState } from 'react';
import type { Choices, Derived, FileGuides, FileKind, KeptChoice, Scope } from '../../../domains/proposal/index.ts';
import type { FromReader, ToReader } from './messages.ts';

export type Reading =
  | { readonly step: 'waiting' }
  | { readonly step: 'reading'; readonly names: readonly string[] }
  | { readonly step: 'refused'; readonly names: readonly string[]; readonly message: string }
  | { readonly step: 'read'; readonly names: readonly string[]; readonly derived: Derived; readonly choices: Choices };

export type Readings = { readonly [kind in FileKind]: Reading };
const WAITING: Readings = { accounts: { step: 'waiting' }, payroll: { step: 'waiting' }, members: { step: 'waiting' } };

export interface Reader {
  readonly readings: Readings;
  /** False until the script is there. */
  readonly ready: boolean;
  readonly open: (kind: FileKind, files: readonly File[]) => void;
  readonly choose: (kind: FileKind, choices: Choices) => void;
}

export function useReader(given: { readonly guides: FileGuides; readonly scope: Scope; readonly kept: readonly KeptChoice[] }): Reader {
  const [readings, setReadings] = useState(WAITING);
  const [ready, setReady] = useState(false);
  const worker = useRef<Worker | null>(null);

  useEffect(() => {
    setReady(true);
    return () => {
      worker.current?.terminate();
      worker.current = null;
    };
  }, []);

  const set = (kind: FileKind, next: (before: Reading) => Reading): void => setReadings((all) => ({ ...all, [kind]: next(all[kind]) }));
  const namesOf = (reading: Reading): readonly string[] => ('names' in reading ? reading.names : []);

  function send(message: ToReader): void {
    if (!worker.current) {
      worker.current = new Worker(new URL('./reading-worker.ts', import.meta.url), { type: 'module' });
      worker.current.addEventListener('message', ({ data }: MessageEvent<FromReader>) => {
        if (data.told === 'refused') set(data.kind, (before) => ({ step: 'refused', names: namesOf(before), message: data.message }));
        // Drawn in slices: some ninety values and as many lists of choices.
        else startTransition(() => set(data.kind, (before) => ({ step: 'read', names: namesOf(before), derived: data.derived, choices: data.choices })));
      });
      worker.current.addEventListener('error', () => {
        worker.current?.terminate();
        worker.current = null;
        setReadings((all) => Object.fromEntries(Object.entries(all).map(([kind, r]) => [kind, r.step === 'reading' ? { step: 'refused', names: r.names, message: 'La lecture s’est arrêtée dans ce navigateur : rechargez la page, puis choisissez de nouveau le fichier.' } : r])) as Readings);
      });
    }
    worker.current.postMessage(message);
  }

  return {
    readings,
    ready,
    open: (kind, files) => {
      if (files.length === 0) return;
      set(kind, () => ({ step: 'reading', names: files.map((file) => file.name) }));
      send({ act: 'open', kind, files, ...given });
    },
    choose: (kind, choices) => send({ act: 'choose', kind, choices }),
  };
}
