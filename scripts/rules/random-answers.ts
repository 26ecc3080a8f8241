/** Random answers of every kind, states included. Safe in a browser. */
import type { Answer, Cell, Question } from '../../src/domains/questionnaire/index.ts';

/** Any answer that the question can hold, in bounds or not. */
export function randomAnswer(question: Question, random: () => number): Answer {
  const states: Answer[] = [...(question.unknownAllowed ? [{ state: 'unknown' } as const] : []), ...(question.notConcernedAllowed ? [{ state: 'not_concerned' } as const] : [])];
  if (states.length > 0 && random() < 0.1) return states[Math.floor(random() * states.length)]!;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  switch (question.kind) {
    case 'single':
      return { state: 'value', value: pick(question.options!).code };
    case 'multiple': {
      const some = question.options!.filter(() => random() < 0.4).map((o) => o.code);
      return { state: 'value', value: some.length > 0 ? some : [pick(question.options!).code] };
    }
    case 'text':
      return { state: 'value', value: pick(['62041', '12345678901234', 'Un texte, « avec » des signes', 'x'.repeat(130)]) };
    case 'date':
      return { state: 'value', value: `20${10 + Math.floor(random() * 20)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 9)}` };
    case 'table': {
      const cells = question.table!.rows.map((row) => [
        row.code,
        Object.fromEntries(
          question.table!.columns.flatMap((column): (readonly [string, Cell])[] => {
            if (column.kind === 'boolean') return [[column.code, random() < 0.4]];
            if (random() < 0.05) return [];
            if (random() < 0.05 && question.unknownAllowed) return [[column.code, 'unknown']];
            if (random() < 0.05 && question.notConcernedAllowed) return [[column.code, 'not_concerned']];
            return [[column.code, amount(column.decimals ?? 0, random)]];
          }),
        ),
      ]);
      const filled = cells.filter(([, c]) => Object.keys(c as object).length > 0);
      return filled.length > 0 ? { state: 'value', value: Object.fromEntries(filled) as never } : randomAnswer(question, random);
    }
    default:
      return { state: 'value', value: amount(question.decimals ?? 0, random) };
  }
}

function amount(decimals: number, random: () => number): number {
  const size = random() < 0.25 ? 0 : random() < 0.05 ? -3 : 10 ** Math.floor(random() * 7);
  return Number((size * (size > 0 ? 1 + random() * 8 : 1)).toFixed(random() < 0.03 ? 3 : decimals));
}
