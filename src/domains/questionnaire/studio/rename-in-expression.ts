/** A question's new key inside the expressions that name it; everything else of the text stays as its author wrote it. */
import { parseExpression } from '../expression/parse.ts';
import { nodesOf } from '../expression/syntax.ts';
import type { Question, QuestionnaireVersion } from '../model.ts';

/** The text with `from` called `to`. A text that does not read is given back as it is: the check says so elsewhere. */
export function renameInExpression(text: string, from: string, to: string): string {
  const parsed = parseExpression(text);
  if (!parsed.ok) return text;
  const places = [...nodesOf(parsed.value)].flatMap((n) => ((n.type === 'reference' || n.type === 'column') && n.key === from ? [n.start] : []));
  return places.toSorted((a, b) => b - a).reduce((t, at) => t.slice(0, at) + to + t.slice(at + from.length), text);
}

/** The version in which every expression, total and list of keys says `to` for `from`, and the question has that key. */
export function renameKey(version: QuestionnaireVersion, from: string, to: string): QuestionnaireVersion {
  const inText = (text: string): string => renameInExpression(text, from, to);
  const inTarget = (target: string | true): string | true => (target === true ? true : target.split('.')[0] === from ? to + target.slice(from.length) : target);
  const inQuestion = (q: Question): Question => ({
    ...q,
    key: q.key === from ? to : q.key,
    relevance: q.relevance === null ? null : inText(q.relevance),
    ...(q.computed === undefined ? {} : { computed: inText(q.computed) }),
    ...(q.table?.total ? { table: { ...q.table, total: Object.fromEntries(Object.entries(q.table.total).map(([column, target]) => [column, inTarget(target)])) } } : {}),
  });
  return {
    ...version,
    questions: version.questions.map(inQuestion),
    rules: version.rules.map((r) => ({ ...r, when: r.when === null ? null : inText(r.when), assert: inText(r.assert) })),
    dataYears: version.dataYears.map((d) => (d.keys === 'all' ? d : { ...d, keys: d.keys.map((k) => (k === from ? to : k)) })),
    ...(version.lineage ? { lineage: version.lineage.map((l) => ({ ...l, to: l.to.map((k) => (k === from ? to : k)) })) } : {}),
  };
}
