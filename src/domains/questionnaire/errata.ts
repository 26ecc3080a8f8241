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
  /** Name of who made it; null: the command line. */
  readonly madeByName: string | null;
  readonly madeAt: string;
}
export type ErratumPlace = Pick<Erratum, 'questionKey' | 'ruleId' | 'field' | 'itemCode'>;

/** Every word of one question or one check that an erratum may touch, as it stands, in the order in which it is read. */
export function correctableWords(version: QuestionnaireVersion, of: { readonly questionKey: string } | { readonly ruleId: string }): readonly (ErratumPlace & { readonly text: string })[] {
  const places: ErratumPlace[] = [];
  if ('ruleId' in of) {
    for (const field of ['message', 'note'] as const) places.push({ questionKey: null, ruleId: of.ruleId, field, itemCode: null });
  } else {
    const question = version.questions.find((q) => q.key === of.questionKey);
    const at = (field: ErratumField, itemCode: string | null = null): void => void places.push({ questionKey: of.questionKey, ruleId: null, field, itemCode });
    at('label');
    at('help');
    for (const option of question?.options ?? []) at('option_label', option.code);
    for (const row of question?.table?.rows ?? []) at('row_label', row.code);
    for (const column of question?.table?.columns ?? []) at('column_label', column.code);
    at('note');
  }
  return places.flatMap((place) => {
    const text = wordsAt(version, place);
    return text === undefined ? [] : [{ ...place, text }];
  });
}

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
