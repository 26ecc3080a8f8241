/** Questions in the order of their rubrics, each rubric's own order kept; those of no known rubric last. */
export function inRubricOrder<T extends { readonly rubric: string }>(questions: readonly T[], rubrics: readonly string[]): readonly T[] {
  const rank = (q: T): number => (rubrics.indexOf(q.rubric) + rubrics.length + 1) % (rubrics.length + 1);
  return questions.toSorted((a, b) => rank(a) - rank(b));
}
