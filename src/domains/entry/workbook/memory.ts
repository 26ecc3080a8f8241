/** What a workbook remembers in its hidden sheet: whose it is, of which version, and every answer that stood when it was downloaded. Pure. */
import type { Answers } from '../../questionnaire/index.ts';
import type { BookCell, FoundSheet } from '../../../platform/spreadsheet/book.ts';

export const MEMORY_SHEET = 'SENACS';
const FORMAT = 1;

export interface Memory {
  readonly responseId: string;
  readonly campaignYear: number;
  readonly structureName: string;
  /** Content hash of the version of the questionnaire. */
  readonly versionHash: string;
  /** ISO 8601. */
  readonly downloadedAt: string;
  readonly sheets: readonly { readonly name: string; readonly dataYear: number; readonly rubric: string }[];
  readonly answers: { readonly [dataYear: number]: Answers };
}

/** A cell holds 32,767 characters at most (Excel): a longer text goes on in the next cells of its row. */
const LONGEST = 30_000;

export function memoryRows(memory: Memory): BookCell[][] {
  const { answers, ...head } = memory;
  const line = (name: string, value: unknown): BookCell[] => {
    // Only characters that every spreadsheet keeps as they are.
    const json = JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ud800-\udfff\ufffe\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const pieces = Array.from({ length: Math.max(1, Math.ceil(json.length / LONGEST)) }, (_, i) => json.slice(i * LONGEST, (i + 1) * LONGEST));
    return [name, ...pieces].map((content) => ({ content: `${content}`, style: 'memory' }));
  };
  return [
    line('Feuille du programme', 'Ce classeur se souvient ici de ce qui a été téléchargé. Ne modifiez rien.'),
    line('format', FORMAT),
    line('head', head),
    ...Object.entries(answers).flatMap(([year, sheet]) => Object.entries(sheet).map(([key, answer]) => line(`${year}/${key}`, answer))),
  ];
}

/** undefined: this workbook was not downloaded here, or its hidden sheet was altered. */
export function readMemory(sheets: readonly FoundSheet[]): Memory | undefined {
  const rows = sheets.find((s) => s.name === MEMORY_SHEET)?.rows ?? [];
  const lines = new Map(rows.flatMap(([name, ...rest]) => (name ? [[name.text, rest.map((c) => c?.text ?? '').join('')] as const] : [])));
  try {
    if (JSON.parse(lines.get('format') ?? '0') !== FORMAT) return undefined;
    const head = JSON.parse(lines.get('head') ?? '') as Omit<Memory, 'answers'>;
    const answers: { [year: string]: { [key: string]: Answers[string] } } = {};
    for (const [name, json] of lines) {
      const [, year, key] = /^(\d{4})\/(\w+)$/.exec(name) ?? [];
      if (year && key) (answers[year] ??= {})[key] = JSON.parse(json) as Answers[string];
    }
    const whole = typeof head.responseId === 'string' && typeof head.versionHash === 'string' && Array.isArray(head.sheets) && Number.isInteger(head.campaignYear);
    return whole ? { ...head, answers } : undefined;
  } catch {
    return undefined;
  }
}
