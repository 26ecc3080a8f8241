/** The copy of a response that a browser keeps, to open, read and answer without the network. Pure but for the device handed in. */
import { applyChanges, type ResponseView } from '../../domains/entry/index.ts';
import type { Answer, QuestionnaireVersion } from '../../domains/questionnaire/index.ts';
import type { InterpretationWords } from './asked-note.tsx';
import type { Device } from './device-store.ts';
import type { QueuedSave } from './save-queue.ts';

export interface ResponseCopy {
  readonly view: ResponseView;
  readonly edition: string;
  readonly account: string;
  readonly editable: boolean;
  readonly asks: readonly { readonly dataYear: number; readonly key: string; readonly text: string }[];
  /** Absent from a copy taken by an earlier version of the program. */
  readonly interpretations?: InterpretationWords;
  /** Other responses of the same account that are being answered. */
  readonly others: readonly string[];
}
export interface KeptCopy extends ResponseCopy {
  /** Milliseconds. */
  readonly takenAt: number;
}

const HOUR_MS = 3_600_000;
const copyName = (responseId: string): string => `reponse ${responseId}`;
const versionName = (hash: string): string => `questionnaire ${hash}`;

/** Brings the copy of a response up to date, then those of the account's other responses that are more than an hour old. `ready`: the page may be used without the network. */
export async function keepCopy(device: Device, responseId: string, ready: () => void): Promise<void> {
  try {
    const copy = await take(device, responseId);
    if (copy && navigator.serviceWorker) {
      await navigator.serviceWorker.register('/service-worker.js');
      await navigator.serviceWorker.ready;
      ready();
    }
    for (const other of copy?.others ?? []) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, beside what the person does
      const kept = await device.read<KeptCopy>(copyName(other));
      // a copy of an earlier version of the program may not name its edition
      // oxlint-disable-next-line no-await-in-loop
      if (!kept?.edition || Date.now() - kept.takenAt > HOUR_MS) await take(device, other);
    }
  } catch {
    // without the network, or a full disk: the copy stays as it was
  }
}

async function take(device: Device, responseId: string): Promise<ResponseCopy | undefined> {
  const answered = await fetch(`/centre/${responseId}/copie.json`);
  if (!answered.ok || answered.redirected) return undefined;
  const copy = (await answered.json()) as ResponseCopy;
  if (copy.account !== device.account) return undefined;
  if (!(await device.names()).includes(versionName(copy.edition))) {
    const version = await fetch(`/centre/questionnaire/${copy.view.questionnaireYear}?v=${copy.edition.slice(0, 12)}`);
    if (!version.ok) return undefined;
    await device.write(versionName(copy.edition), await version.json());
  }
  const kept: KeptCopy = { ...copy, takenAt: Date.now() };
  await device.write(copyName(responseId), kept);
  return copy;
}

export const readCopy = (device: Device, responseId: string): Promise<KeptCopy | undefined> => device.read<KeptCopy>(copyName(responseId));
export const readVersion = (device: Device, hash: string): Promise<QuestionnaireVersion | undefined> => device.read<QuestionnaireVersion>(versionName(hash));
export const keptResponses = async (device: Device): Promise<string[]> => (await device.names()).filter((name) => name.startsWith('reponse ')).map((name) => name.slice('reponse '.length));

/** A response as the person left it: the copy with the answers that wait for the network. */
export function withWaiting(view: ResponseView, waiting: readonly QueuedSave[]): ResponseView {
  const sheets = { ...view.sheets };
  for (const save of waiting) {
    if (save.responseId === view.id && !save.key.includes('~')) sheets[save.dataYear] = applyChanges(sheets[save.dataYear], [{ key: save.key, answer: (save.answer as Answer | null) ?? undefined }], 'structure');
  }
  return { ...view, sheets };
}

let remembering = Promise.resolve();

/** An acknowledged answer takes its place in the copy, one after the other. */
export function rememberAnswer(device: Device, save: QueuedSave): Promise<void> {
  remembering = remembering.then(async () => {
    const copy = await readCopy(device, save.responseId);
    if (copy) await device.write(copyName(save.responseId), { ...copy, view: withWaiting(copy.view, [save]) });
  }, () => {});
  return remembering;
}
