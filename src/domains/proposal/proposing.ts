/** Proposals limited to what the version asks: a question, a row or a column that is not asked is silently not proposed. */
import { formatNumber } from '../../kernel/french-number.ts';
import type { Question } from '../questionnaire/index.ts';
import type { Proposal, Scope } from './model.ts';

export interface Proposing {
  readonly question: (key: string) => Question | undefined;
  readonly put: (proposal: Proposal) => void;
  readonly made: readonly Proposal[];
}

export function proposing(scope: Scope): Proposing {
  const questions = new Map(scope.questions.map((q) => [q.key, q]));
  const made: Proposal[] = [];
  return {
    question: (key) => questions.get(key),
    put: (proposal) => {
      const question = questions.get(proposal.key);
      if (!question) return;
      if (proposal.row !== undefined) {
        if (!question.table?.rows.some((r) => r.code === proposal.row) || !question.table.columns.some((c) => c.code === proposal.column)) return;
      } else if (question.table) return;
      if (typeof proposal.value === 'string' && !question.options?.some((o) => o.code === proposal.value)) return;
      made.push(proposal);
    },
    made,
  };
}

/** Rows of a table question as options to choose from. */
export const rowOptions = (question: Question | undefined): { code: string; label: string }[] => (question?.table?.rows ?? []).map(({ code, label }) => ({ code, label }));

export const plural = (count: number, one: string, many = `${one}s`): string => `${formatNumber(count)} ${count > 1 ? many : one}`;
