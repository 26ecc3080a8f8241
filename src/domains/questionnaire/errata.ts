/** Errata: after a version is in use, words may be corrected, never a code, a nature or a rule. The content stays; errata are laid over it. */
import type { QuestionnaireVersion } from './model.ts';

/** Words that an erratum may touch. */
export const ERRATUM_FIELDS = ['label', 'help', 'note', 'message', 'option_label', 'row_label', 'column_label'] as const;
export type ErratumField = (typeof ERRATUM_FIELDS)[number];

export interface Erratum {
  readonly id: string;
  readonly year: number;
  readonly questionKey: string | null;
  readonly ruleId: string | null;
  readonly field: ErratumField;
  /** Code of the option, row or column. */
  readonly itemCode: string | null;
  readonly oldText: string;
  readonly newText: string;
  readonly reason: string;
  readonly madeBy: string | null;
  readonly madeAt: string;
}
export type ErratumPlace = Pick<Erratum, 'questionKey' | 'ruleId' | 'field' | 'itemCode'>;

/** The words that stand at a place; undefined when there is no such place. */
export function wordsAt(version: QuestionnaireVersion, { questionKey, ruleId, field, itemCode }: ErratumPlace): string | undefined {
  if (ruleId !== null) {
    const rule = questionKey === null ? version.rules.find((r) => r.id === ruleId) : undefined;
    return field === 'message' ? rule?.message : field === 'note' ? rule && (rule.note ?? '') : undefined;
  }
  const question = version.questions.find((q) => q.key === questionKey);
  const item = (items: readonly { readonly code: string; readonly label: string }[] | undefined): string | undefined => items?.find((i) => i.code === itemCode)?.label;
  switch (field) {
    case 'label':
    case 'help':
      return question?.[field];
    case 'note':
      return question && (question.note ?? '');
    case 'option_label':
      return item(question?.options);
    case 'row_label':
      return item(question?.table?.rows);
    case 'column_label':
      return item(question?.table?.columns);
    case 'message':
      return undefined;
  }
}

/** The version as it reads once its errata are laid over it, in their order. Its content hash stays that of what was put in use. */
export function withErrata(version: QuestionnaireVersion, errata: readonly Erratum[]): QuestionnaireVersion {
  return errata.reduce(corrected, version);
}

function corrected(version: QuestionnaireVersion, { questionKey, ruleId, field, itemCode, newText }: Erratum): QuestionnaireVersion {
  if (ruleId !== null) return { ...version, rules: version.rules.map((r) => (r.id === ruleId ? { ...r, [field]: newText } : r)) };
  const relabelled = <T extends { readonly code: string; readonly label: string }>(items: readonly T[]): readonly T[] => items.map((i) => (i.code === itemCode ? { ...i, label: newText } : i));
  return {
    ...version,
    questions: version.questions.map((q) => {
      if (q.key !== questionKey) return q;
      if (field === 'option_label') return { ...q, options: relabelled(q.options ?? []) };
      if (field === 'row_label') return { ...q, table: { ...q.table!, rows: relabelled(q.table!.rows) } };
      if (field === 'column_label') return { ...q, table: { ...q.table!, columns: relabelled(q.table!.columns) } };
      return { ...q, [field]: newText };
    }),
  };
}
