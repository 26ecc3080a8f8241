/** All that the page of one rubric shows, from a response and its questionnaire: pure, the same on the server and from the copy kept in a browser. */
import type { Part } from '../../domains/access/index.ts';
import { contextOf, lastWords, type ResponseView, sourceLabel } from '../../domains/entry/index.ts';
import { askedKeys, type CompiledVersion, computedAnswer } from '../../domains/questionnaire/index.ts';
import type { Asking, InterpretationWords } from './asked-note.tsx';
import { judgePage } from './judge-page.ts';
import { rubricProgress, rubricsAsked, steps } from './progress.ts';

/** Where a guest by link finds his rubrics. */
export const PART_HOME = '/ma-part';

export interface RubricOptions {
  readonly dataYear: number;
  readonly rubric: string;
  /** Who opens it, and for whom. */
  readonly account: string;
  readonly as: 'structure' | 'caf' | 'federation';
  readonly editable: boolean;
  /** What correspondents ask about values of this rubric. */
  readonly asks: readonly { readonly key: string; readonly text: string }[];
  /** Interpretations of the help. None in an older copy. */
  readonly interpretations?: InterpretationWords | undefined;
  /** What an answer on record stands for, by question: the name of a commune beside its code. None without the register. */
  readonly beside?: { readonly [key: string]: string };
  /** Of a guest by link: the page then leads to his rubrics only. */
  readonly part?: Part | null;
  /** The rubric was just saved by the form. */
  readonly saved: boolean;
}
export type RubricPage = ReturnType<typeof rubricPageOf>;

export function rubricPageOf(compiled: CompiledVersion, view: ResponseView, options: RubricOptions) {
  const { dataYear, rubric, as, editable, part } = options;
  const opens = (year: number, code: string): boolean => !part || (part.dataYears.includes(year) && part.rubrics.includes(code));
  const home = part ? PART_HOME : `/centre/${view.id}/transmettre`;
  const asked = new Set(askedKeys(compiled, { structureKind: view.structureKind, territory: view.territoryCode, dataYear }));
  const questions = compiled.version.questions.filter((q) => q.rubric === rubric && asked.has(q.key));
  const sheet = view.sheets[dataYear];
  const answers = sheet?.answers ?? {};
  const previous = view.previous[dataYear] ?? {};
  const judged = judgePage(compiled, { ...view, dataYear, rubric: rubric, previous, stored: view.findings }, answers);
  const ctx = contextOf(compiled, view, dataYear);
  const proposed = Object.fromEntries(
    questions.flatMap((q) => {
      if (answers[q.key] || !editable) return [];
      const offer = q.prefill === 'computed' ? computedAnswer(compiled, ctx, q.key) : q.prefill === 'previous' ? previous[q.key] : undefined;
      return offer ? [[q.key, offer]] : [];
    }),
  );
  const path = steps(compiled, view).filter((s) => opens(s.dataYear, s.rubric));
  const here = path.findIndex((s) => s.dataYear === dataYear && s.rubric === rubric);
  const next = path[here + 1];
  const hasHistory = Object.keys(answers);
  const words = lastWords(view.inquiries ?? [], dataYear);
  return {
    responseId: view.id, structureName: view.structureName, structureKind: view.structureKind, territoryCode: view.territoryCode, campaignYear: view.campaignYear,
    questionnaireYear: view.questionnaireYear, edition: compiled.edition, dataYear, years: compiled.dataYears.filter((year) => opens(year, rubric)).map((year) => ({ year, rubric: rubricsAsked(compiled, view, year).includes(rubric) ? rubric : rubricsAsked(compiled, view, year)[0]! })), rubric: rubric,
    rubricLabel: compiled.version.rubrics[rubric] ?? rubric, questions, answers, previous, cuts: view.cuts?.[dataYear] ?? {}, proposed, editable, as,
    stored: view.findings, findings: judged.findings, hidden: questions.filter((q) => judged.hidden.has(q.key)).map((q) => q.key), required: judged.required, answered: judged.answered,
    origins: Object.fromEntries(questions.flatMap((q) => (sheet?.provenance[q.key] ? [[q.key, originOf(sheet.provenance[q.key]!, view.onBehalf.find((v) => v.dataYear === dataYear && v.key === q.key)?.verdict ?? null)]] : []))),
    rubrics: rubricProgress(compiled, view, dataYear).filter((r) => opens(dataYear, r.code)), next: next ? `/centre/${view.id}/${next.dataYear}/${next.rubric}` : home, guest: part !== null && part !== undefined,
    nextLabel: next ? (next.dataYear === dataYear ? 'Enregistrer et continuer' : `Enregistrer et passer à ${next.dataYear}`) : part ? 'Enregistrer et revenir à ma part' : 'Enregistrer et voir ce qui reste',
    asking: Object.fromEntries(
      questions.flatMap(({ key }): [string, Asking][] => (words[key] || options.interpretations?.[key] ? [[key, { interpretations: options.interpretations?.[key] ?? [], last: words[key] ?? null }]] : [])),
    ),
    askPage: `/centre/${view.id}/questions`, beside: options.beside ?? {}, asks: options.asks, conflicts: (view.conflicts ?? []).filter((k) => k.dataYear === dataYear && questions.some((q) => q.key === k.key)), labels: Object.fromEntries(compiled.version.questions.map((q) => [q.key, `${q.code} ${q.label}`])), hasHistory,
    saved: options.saved, revision: view.revision, account: options.account, state: view.state,
  };
}

function originOf(source: Parameters<typeof sourceLabel>[0], verdict: 'accepted' | 'contested' | null): string {
  const words = source === 'register' ? 'D’après le répertoire : vérifiez, et corrigez si besoin.' : source === 'previous' || source === 'computed' || source === 'import' ? `Repris d’après ${sourceLabel(source)}.` : `Saisi par ${sourceLabel(source)}.`;
  return verdict === 'accepted' ? `${words} Vous l’avez accepté.` : verdict === 'contested' ? `${words} Vous l’avez contesté.` : source === 'caf' || source === 'federation' ? `${words} À relire avant de transmettre.` : words;
}
