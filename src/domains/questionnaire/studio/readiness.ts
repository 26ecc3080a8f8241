/** What must hold before a version is proposed and validated, and what is worth a look. Pure. */
import { canonical } from '../fingerprint.ts';
import type { Interpretation } from '../interpretations.ts';
import type { Question, QuestionnaireVersion } from '../model.ts';
import { nameOfQuestion } from './differences.ts';
import type { LocalModuleState } from './local-modules.ts';

export interface ReadinessPoint {
  readonly code: string;
  /** French; says what to do. */
  readonly message: string;
  /** The question concerned, when there is one. */
  readonly key?: string;
  /** Code of the module concerned, when there is one. */
  readonly module?: string;
}
export interface Readiness {
  /** Each of them closes the door. */
  readonly blocking: readonly ReadinessPoint[];
  /** Worth a look; the door stays open. */
  readonly advice: readonly ReadinessPoint[];
}

export interface ReadinessFacts {
  readonly version: QuestionnaireVersion;
  /** The version that it follows, when there is one in the house. */
  readonly previous: QuestionnaireVersion | undefined;
  readonly localModules: ReadonlyMap<string, LocalModuleState>;
  /** Proposals from the field that nobody has answered. */
  readonly openProposals: number;
  /** Interpretations that still stand beside a help, by question. */
  readonly interpretations: { readonly [key: string]: readonly Interpretation[] };
}

/** Beyond this share of new questions, entry takes noticeably longer (R39). */
const MANY_MORE = 0.05;

export function readiness({ version, previous, localModules, openProposals, interpretations }: ReadinessFacts): Readiness {
  const blocking: ReadinessPoint[] = [];
  const advice: ReadinessPoint[] = [];
  const count = new Map<string, number>();
  for (const q of version.questions) if (q.module) count.set(q.module, (count.get(q.module) ?? 0) + 1);
  for (const { code, label, territory } of version.modules) {
    const questions = count.get(code) ?? 0;
    if (questions === 0) blocking.push({ code: 'empty_module', module: code, message: `Le module « ${label} » n’a aucune question : ajoutez-en une, ou retirez le module.` });
    const state = localModules.get(code) ?? 'carried';
    if (territory !== undefined && questions > 0 && (state === 'draft' || state === 'proposed'))
      blocking.push({ code: 'local_module_pending', module: code, message: state === 'draft' ? `Le module local « ${label} » a changé : ses correspondants le proposent à leur comité, ou retirez-le.` : `Le module local « ${label} » attend la validation de son comité.` });
  }
  for (const rubric of Object.keys(version.rubrics)) if (!version.questions.some((q) => q.rubric === rubric)) blocking.push({ code: 'empty_rubric', message: `La rubrique ${rubric} « ${version.rubrics[rubric]} » n’a aucune question : ajoutez-en une.` });
  for (const q of version.questions) if (!q.help.trim() && !q.internal) advice.push({ code: 'no_help', key: q.key, message: `${nameOfQuestion(q)} n’a pas d’aide : chaque question s’explique à côté de son champ.` });
  if (version.dataYears[0]!.year !== version.year - 1) advice.push({ code: 'data_year', message: `Le questionnaire ${version.year} porte d’abord sur ${version.dataYears[0]!.year}, et non sur ${version.year - 1}.` });
  if (openProposals > 0) advice.push({ code: 'open_proposals', message: openProposals === 1 ? 'Une proposition du terrain attend sa réponse.' : `${openProposals} propositions du terrain attendent leur réponse.` });
  for (const q of version.questions) if (interpretations[q.key]?.some((p) => p.year < version.year)) advice.push({ code: 'interpretation_beside', key: q.key, message: `${nameOfQuestion(q)} a été précisée depuis : écrivez la précision dans son aide, elle ne s’affichera plus à côté.` });
  if (previous) compare(version, previous, blocking, advice);
  return { blocking, advice };
}

function compare(version: QuestionnaireVersion, previous: QuestionnaireVersion, blocking: ReadinessPoint[], advice: ReadinessPoint[]): void {
  const lineage = version.lineage ?? [];
  const present = new Map(version.questions.map((q) => [q.key, q]));
  const old = new Map(previous.questions.map((q) => [q.key, q]));
  const explained = new Set(lineage.flatMap((l) => l.from));
  for (const q of previous.questions)
    if (!present.has(q.key) && !explained.has(q.key)) blocking.push({ code: 'untold_departure', key: q.key, message: `${nameOfQuestion(q)} était posée en ${previous.year} : dites ce qu’elle devient (abandonnée, renommée, scindée, fusionnée).` });
  for (const key of new Set(lineage.flatMap((l) => l.from))) if (!old.has(key)) blocking.push({ code: 'unknown_origin', key, message: `« ${key} » est donnée comme une ancienne question, mais le questionnaire ${previous.year} ne la pose pas.` });
  for (const q of version.questions) {
    const was = old.get(q.key);
    if (was && !lineage.some((l) => l.to.includes(q.key)) && natureOf(was) !== natureOf(q))
      blocking.push({ code: 'untold_break', key: q.key, message: `${nameOfQuestion(q)} change de nature : déclarez une rupture de comparabilité, avec son motif.` });
    else if (was && !lineage.some((l) => l.to.includes(q.key)) && was.label !== q.label) advice.push({ code: 'new_words', key: q.key, message: `${nameOfQuestion(q)} change de mots : si le sens change aussi, déclarez une rupture de comparabilité.` });
  }
  const asked = (v: QuestionnaireVersion, kind: string): number => v.questions.filter((q) => q.level !== 'local' && q.required && q.appliesTo.includes(kind)).length;
  for (const kind of new Set([...previous.questions, ...version.questions].flatMap((q) => q.appliesTo))) {
    const [before, now] = [asked(previous, kind), asked(version, kind)];
    if (before > 0 && now > before * (1 + MANY_MORE)) advice.push({ code: 'longer', message: `${now} questions obligatoires pour les ${kind}, ${before} en ${previous.year} : la saisie sera plus longue.` });
  }
}

/** What an answer is made of: if it changes, last year's answers do not read as this year's. */
const natureOf = (q: Question): string => canonical([q.kind, q.unit, q.table?.columns.map((c) => [c.code, c.kind, c.unit ?? null]) ?? null]);
