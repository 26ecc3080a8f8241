/**
 * The codebook of one version of the questionnaire: each question with its codes, its conditions, whom it is asked of, the checks that read it, its history
 * and what the technical committee said of it. For those who write the questionnaire, and those who read its data years later.
 */
import {
  CATEGORY_LABELS, type CompiledVersion, expressionWords, type Interpretation, KIND_LABELS, LEVEL_LABELS, type Lineage, lineageSentence, PERIOD_LABELS, PREFILL_LABELS, type Question, type QuestionnaireVersion, type Rule, ruleWords,
  SENSITIVITY_LABELS, seriesOf, SEVERITY_LABELS, STAGE_LABELS, STATE_LABELS, unitLabel,
} from '../domains/questionnaire/index.ts';
import { formatDate, parisDay } from '../kernel/french-date.ts';
import { formatNumber, NBSP } from '../kernel/french-number.ts';
import { typeset } from './typesetter.server.ts';

export interface CodebookMatter {
  readonly compiled: CompiledVersion;
  /** Every version kept, in any order: the history of a question is read from them. */
  readonly versions: readonly QuestionnaireVersion[];
  /** By question key: those that belong to the help of this version. */
  readonly interpretations: { readonly [key: string]: readonly Interpretation[] };
  readonly demonstration: boolean;
}

export async function typesetCodebook(matter: CodebookMatter): Promise<Uint8Array> {
  const { pdf } = await typeset({ template: 'codebook.typ', data: codebook(matter), files: new Map() });
  return pdf;
}

/** What the template reads; pure. Dated by the year of the campaign: the same version gives the same bytes. */
export function codebook({ compiled, versions, interpretations, demonstration }: CodebookMatter) {
  const { version } = compiled;
  const whole = compiled.rules.filter((r) => r.reads.length === 0);
  return {
    title: `Dictionnaire des questions ${version.year}`,
    subtitle: [version.title, `${formatNumber(version.questions.length)} questions`, `${formatNumber(version.rules.length)} contrôles`].join(' · '),
    year: version.year,
    demonstration,
    words: `Chaque question porte un code, imprimé devant elle, et une clé, nom durable dans les fichiers et les calculs. Une clé garde son sens d’une année à l’autre${NBSP}; ce qui change est dit sous «${NBSP}Histoire${NBSP}».`,
    fingerprint: `Empreinte du contenu${NBSP}: ${version.contentHash}`,
    years: version.dataYears.map((d) => (d.keys === 'all' ? `Données ${d.year}${NBSP}: toutes les questions.` : `Données ${d.year}${NBSP}: ${formatNumber(d.keys.length)} questions, signalées sous «${NBSP}Demandée${NBSP}».`)),
    rubrics: Object.entries(version.rubrics).flatMap(([code, label]) => {
      const questions = version.questions.filter((q) => q.rubric === code);
      return questions.length === 0 ? [] : [{ label: `${code}. ${label}`, questions: questions.map((q) => entryOf(q, compiled, versions, interpretations[q.key] ?? [])) }];
    }),
    whole: whole.map(({ rule }) => checkWords(rule, compiled)),
    dropped: (version.lineage ?? []).filter((l) => l.to.length === 0).map((l) => ({ keys: l.from.join(', '), words: lineageSentence(l, versions.find((v) => v.year === version.follows)) })),
  };
}

function entryOf(question: Question, compiled: CompiledVersion, versions: readonly QuestionnaireVersion[], interpretations: readonly Interpretation[]) {
  const { version } = compiled;
  const { table } = question;
  return {
    code: question.code,
    key: question.key,
    label: question.label,
    help: question.help,
    facts: [
      ['Nature', natureWords(question)],
      ['Demandée', askedWords(question, compiled)],
      ['Condition', question.relevance ? `Seulement si ${expressionWords(version, question.relevance)}.` : ''],
      ['Calcul', question.computed ? `Proposée par calcul${NBSP}: ${expressionWords(version, question.computed)}.` : ''],
      ['Période', `${PERIOD_LABELS[question.referencePeriod]}.${question.prefill === 'none' ? '' : ` Réponse proposée${NBSP}: ${PREFILL_LABELS[question.prefill].toLowerCase()}.`}`],
      ['Niveau', levelWords(question, version)],
      ['Diffusion', `${SENSITIVITY_LABELS[question.sensitivity]}.${question.internal ? ' Jamais publiée.' : ''}`],
      ['Note', question.note ?? ''],
    ].filter(([, said]) => said !== ''),
    options: question.options?.map((o) => [o.code, o.exclusive ? `${o.label} (exclut les autres)` : o.label]) ?? [],
    table: table
      ? {
          rows: table.rows.map((r) => [r.code, r.label]),
          columns: table.columns.map((c) => [c.code, c.label, columnWords(question, c.code, compiled)]),
        }
      : null,
    checks: compiled.rules.filter((r) => r.reads.includes(question.key)).map(({ rule }) => checkWords(rule, compiled)),
    history: historyOf(question, version, versions),
    interpretations: interpretations.map((i) => ({ date: `${formatDate(parisDay(new Date(i.publishedAt)))}, questionnaire ${i.year}`, asked: i.asked, answer: i.answer })),
  };
}

function numberWords({ min, max, decimals }: Pick<Question, 'min' | 'max' | 'decimals'>): string[] {
  const bounds = min !== undefined && max !== undefined ? `de ${formatNumber(min, 6)} à ${formatNumber(max, 6)}` : min !== undefined ? `au moins ${formatNumber(min, 6)}` : max !== undefined ? `au plus ${formatNumber(max, 6)}` : '';
  return [bounds, decimals ? `${decimals} décimales au plus` : ''].filter(Boolean);
}

function natureWords(question: Question): string {
  const states = [...(question.unknownAllowed ? [STATE_LABELS.unknown] : []), ...(question.notConcernedAllowed ? [STATE_LABELS.not_concerned] : [])];
  const unit = question.kind === 'table' ? '' : unitLabel(question.unit);
  const parts = [
    `${KIND_LABELS[question.kind]}${unit ? `, en ${unit}` : ''}`,
    ...numberWords(question),
    question.maxLength === undefined ? '' : `${formatNumber(question.maxLength)} caractères au plus`,
    question.pattern ? `de la forme ${question.pattern}` : '',
    question.maxChoices === undefined ? '' : `${question.maxChoices} choix au plus`,
    question.required ? '' : 'facultative',
    question.sharedFact ? 'donnée aussi par le gestionnaire' : '',
  ].filter(Boolean);
  return `${parts.join(', ')}.${states.length > 0 ? ` Aussi${NBSP}: ${states.map((s) => `«${NBSP}${s}${NBSP}»`).join(', ')}.` : ''}`;
}

const askedWords = (question: Question, compiled: CompiledVersion): string => {
  const years = compiled.dataYears.filter((year) => {
    const asked = compiled.askedIn.get(year)!;
    return asked === 'all' || asked.has(question.key);
  });
  return `Aux ${question.appliesTo.join(' et aux ')}, données ${years.join(' et ')}.`;
};

function levelWords({ level, module }: Question, version: QuestionnaireVersion): string {
  const found = version.modules.find((m) => m.code === module);
  return `${LEVEL_LABELS[level]}${found ? `${NBSP}: ${found.label}${found.territory ? ` (territoire ${found.territory})` : ''}` : ''}.`;
}

/** `Nombre entier, en personnes, au moins 0 ; total : C01.` */
function columnWords(question: Question, code: string, compiled: CompiledVersion): string {
  const column = question.table!.columns.find((c) => c.code === code)!;
  const total = question.table!.total?.[code];
  const unit = unitLabel(column.unit);
  const [key = '', ...cell] = typeof total === 'string' ? total.split('.') : [];
  const held = compiled.questions.get(key)?.code;
  const kind = column.kind === 'boolean' ? 'Case à cocher' : KIND_LABELS[column.kind];
  return `${[`${kind}${unit ? `, en ${unit}` : ''}`, ...numberWords(column)].join(', ')}${total === undefined ? '' : held ? `${NBSP}; total${NBSP}: ${[held, ...cell].join('.')}` : `${NBSP}; total montré`}.`;
}

/** In the codebook a check speaks of the main data year. */
function checkWords(rule: Rule, compiled: CompiledVersion) {
  const facts = [SEVERITY_LABELS[rule.severity], CATEGORY_LABELS[rule.category] ?? rule.category, rule.stage === 'review' ? STAGE_LABELS.review : '', rule.appliesTo.length < 2 ? `${rule.appliesTo.join()} seulement` : ''].filter(Boolean);
  return { id: rule.id, facts: facts.join(', '), message: ruleWords(rule.message, compiled.mainDataYear) };
}

/** What happened on the way to this question, latest first: each year's event as that version tells it. */
function historyOf(question: Question, version: QuestionnaireVersion, versions: readonly QuestionnaireVersion[]): string[] {
  const kept = versions.some((v) => v.year === version.year) ? versions : [...versions, version];
  const points = seriesOf(kept, version.year, question.key);
  const told = points.flatMap(({ year, event }) => (event ? [`${year}. ${eventWords(event, kept, year)}`] : []));
  const first = points.at(-1);
  return [...told, ...(points.length > 1 && first ? [`Posée depuis le questionnaire ${first.year}${first.keys.join() === question.key ? '' : ` (${first.keys.join(', ')})`}.`] : [])];
}

const eventWords = (event: Lineage, versions: readonly QuestionnaireVersion[], year: number): string =>
  lineageSentence(event, versions.filter((v) => v.year < year).toSorted((a, b) => b.year - a.year)[0]);
