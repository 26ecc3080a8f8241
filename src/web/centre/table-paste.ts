/** Paste of several cells in the fields of a table question, in one gesture that one gesture undoes. What the fields then hold is read and saved like anything typed. */
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import { fieldName, type Question } from '../../domains/questionnaire/index.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { clipboardCells, type PastePlan, pastePlan } from './paste-cells.ts';

interface Held {
  readonly field: HTMLInputElement;
  readonly before: string;
  readonly after: string;
}

export interface TablePaste {
  /** What was done, for eyes and screen readers; '' before any paste. */
  readonly said: string;
  readonly undoable: boolean;
  readonly undo: () => void;
  readonly onPaste: (event: ClipboardEvent<HTMLTableElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLTableElement>) => void;
}

const held = (field: HTMLInputElement): string => (field.type === 'checkbox' ? (field.checked ? '1' : '') : field.value);

/** The form listens to `input` and `change` as if a hand had typed; one `change` is enough, the question is read whole. */
function fill(values: readonly { readonly field: HTMLInputElement; readonly value: string }[]): void {
  for (const { field, value } of values) {
    if (field.type === 'checkbox') field.checked = value !== '';
    else field.value = value;
  }
  const last = values.at(-1)?.field;
  last?.dispatchEvent(new Event('input', { bubbles: true }));
  last?.dispatchEvent(new Event('change', { bubbles: true }));
}

export function useTablePaste(question: Question): TablePaste {
  const [state, setState] = useState({ said: '', undoable: false });
  const last = useRef<readonly Held[]>([]);

  const undo = (): void => {
    if (last.current.length === 0) return;
    fill(last.current.map(({ field, before }) => ({ field, value: before })));
    last.current[0]!.field.focus();
    last.current = [];
    setState({ said: 'Collage annulé\u00a0: les cases ont retrouvé leurs valeurs.', undoable: false });
  };

  return {
    ...state,
    undo,
    onPaste: (event) => {
      const target = event.target as HTMLInputElement;
      const text = event.clipboardData.getData('text/plain');
      const pasted = clipboardCells(text);
      // One cell is pasted by the browser itself, with its own undo.
      if (target.tagName !== 'INPUT' || target.disabled || !target.form || (pasted.length === 1 && pasted[0]!.length === 1)) return;
      const { rows, columns } = question.table!;
      const names = rows.map((row) => columns.map((column) => fieldName(question.key, row.code, column.code)));
      const row = names.findIndex((line) => line.includes(target.name));
      if (row < 0) return;
      event.preventDefault();
      const plan = pastePlan(pasted, { rows: rows.length, columns }, { row, column: names[row]!.indexOf(target.name) });
      const { elements } = target.form;
      const changes = plan.cells.flatMap((cell) => {
        const field = elements.namedItem(names[cell.row]![cell.column]!);
        return field instanceof HTMLInputElement ? [{ field, value: cell.value }] : [];
      });
      last.current = changes.map(({ field, value }) => ({ field, before: held(field), after: value }));
      fill(changes);
      setState({ said: sentence(plan), undoable: true });
    },
    onKeyDown: (event) => {
      const undoes = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      // As long as nothing was typed since: else the browser undoes the typing first.
      if (!undoes || last.current.length === 0 || last.current.some(({ field, after }) => held(field) !== after)) return;
      event.preventDefault();
      undo();
    },
  };
}

function sentence({ cells, outside, unread }: PastePlan): string {
  const many = (n: number, one: string, several: string): string => `${formatNumber(n)} ${n < 2 ? one : several}`;
  return [
    `${many(cells.length, 'case remplie', 'cases remplies')} par collage.`,
    outside > 0 ? `${many(outside, 'valeur dépassait', 'valeurs dépassaient')} du tableau et n’${outside < 2 ? 'a' : 'ont'} pas été collée${outside < 2 ? '' : 's'}.` : '',
    unread > 0 ? `${many(unread, 'valeur n’est pas un nombre', 'valeurs ne sont pas des nombres')}\u00a0: corrigez-${unread < 2 ? 'la' : 'les'}.` : '',
  ].filter(Boolean).join(' ');
}
