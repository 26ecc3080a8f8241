/**
 * A version as a DDI-Codebook 2.5 document (DDI Alliance, XML Schema of 17 January 2012): what is asked, of whom, with which answers, bounds and checks.
 * One variable for each question, for each choice of a multiple one and for each cell of a table, named as in our exports. Never an answer nor a
 * count. Elements stand in the order of the schema. Pure.
 */
import { escapeXml } from '../../../platform/spreadsheet/book.ts';
import { KIND_LABELS, SEVERITY_LABELS, STATE_LABELS, unitLabel } from '../labels.ts';
import type { Question, QuestionnaireVersion, TableColumn } from '../model.ts';
import { lineageSentence } from '../studio/differences.ts';
import { LEVEL_LABELS, PERIOD_LABELS, SENSITIVITY_LABELS } from '../studio/field-labels.ts';

/** XML 1.0 has no place for other control characters. */
// oxlint-disable-next-line no-control-regex
const text = (words: string): string => escapeXml(words.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, ''));
type Attributes = { readonly [name: string]: string | number | undefined };

/** An element with finished content; nothing when it would be empty. */
function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const inside = content.join('');
  const said = Object.entries(attributes).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [` ${key}="${text(String(value))}"`])).join('');
  return inside === '' && said === '' ? '' : `<${name}${said}${inside === '' ? '/>' : `>${inside}</${name}>`}`;
}
const words = (name: string, content: string, attributes: Attributes = {}): string => (content === '' ? '' : element(name, attributes, text(content)));

/** An XML name for anything of ours: keys, codes and places hold letters, digits, `_` and `.` only. */
const idOf = (kind: 'V' | 'G' | 'F', name: string): string => `${kind}.${name}`;

interface Variable {
  readonly name: string;
  readonly label: string;
  readonly question: Question;
  /** What a cell of a table holds; a choice that is ticked or not; else the question itself. */
  readonly holds: 'question' | 'choice' | TableColumn;
}

/** Every variable of a question, in the order of its choices, or row by row. */
function variablesOf(question: Question): readonly Variable[] {
  const { key, label } = question;
  if (question.kind === 'multiple') return question.options!.map((o) => ({ name: `${key}.${o.code}`, label: `${label}, ${o.label}`, question, holds: 'choice' }));
  if (question.kind !== 'table') return [{ name: key, label, question, holds: 'question' }];
  const { rows, columns } = question.table!;
  return rows.flatMap((row) => columns.map((column): Variable => ({ name: `${key}.${row.code}.${column.code}`, label: `${label}, ${row.label}, ${column.label}`, question, holds: column })));
}

const NUMERIC = new Set(['integer', 'decimal', 'money', 'percentage']);

function variable(version: QuestionnaireVersion, { name, label, question, holds }: Variable): string {
  const cell = typeof holds === 'object' ? holds : undefined;
  const kind = cell?.kind ?? (holds === 'choice' ? 'boolean' : question.kind);
  const numeric = NUMERIC.has(kind);
  const { min, max, decimals, unit } = cell ?? question;
  const missing = [...(question.unknownAllowed ? (['unknown'] as const) : []), ...(question.notConcernedAllowed || question.relevance ? (['not_concerned'] as const) : [])];
  const values = kind === 'boolean' ? [['1', 'Oui'], ['0', 'Non']] as const : kind === 'single' ? question.options!.map((o) => [o.code, o.label] as const) : [];
  return element(
    'var', { ID: idOf('V', name), name, files: idOf('F', String(version.year)), dcml: numeric ? (decimals ?? (kind === 'integer' ? 0 : 2)) : undefined, intrvl: numeric ? 'contin' : 'discrete', measUnit: numeric ? unitLabel(unit) : undefined },
    words('labl', label),
    words('security', SENSITIVITY_LABELS[question.sensitivity]),
    element('qstn', {}, words('preQTxt', question.relevance ? `Si ${question.relevance}` : ''), words('qstnLit', question.label), words('ivuInstr', question.help)),
    numeric && (min !== undefined || max !== undefined) ? element('valrng', {}, element('range', { UNITS: kind === 'integer' ? 'INT' : 'REAL', min, max })) : '',
    words('universe', `Structures${nbsp}: ${question.appliesTo.join(', ')}${moduleWords(version, question)}`, { clusion: 'I' }),
    words('txt', `${question.code}. ${KIND_LABELS[question.kind]}. ${PERIOD_LABELS[question.referencePeriod]}. ${LEVEL_LABELS[question.level]}. ${question.required ? 'Réponse attendue' : 'Réponse facultative'}.`),
    ...values.map(([value, said]) => element('catgry', {}, words('catValu', value), words('labl', said))),
    ...missing.map((state) => element('catgry', { missing: 'Y' }, words('catValu', state), words('labl', STATE_LABELS[state]))),
    words('concept', version.dimensions[question.dimension] ?? question.dimension, { vocab: 'SENACS' }),
    question.computed && holds === 'question' ? element('derivation', {}, words('drvdesc', 'Valeur proposée par calcul.'), words('drvcmd', question.computed)) : '',
    element('varFormat', { type: numeric ? 'numeric' : 'character', schema: 'other' }),
    words('notes', question.note ?? ''),
  );
}

const nbsp = '\u00a0';

function moduleWords(version: QuestionnaireVersion, { module }: Question): string {
  const found = version.modules.find((m) => m.code === module);
  return found ? ` ; ${found.territory ? `module local du territoire ${found.territory}` : 'thème'} «${nbsp}${found.label}${nbsp}»` : '';
}

/** The document, UTF-8. `version` is a whole, checked version. */
export function ddiCodebook(version: QuestionnaireVersion): string {
  const variables = version.questions.flatMap(variablesOf);
  const years = version.dataYears.map((d) => d.year).toSorted((a, b) => a - b);
  const kinds = [...new Set(version.questions.flatMap((q) => q.appliesTo))].toSorted();
  const study = element(
    'stdyDscr', {},
    element(
      'citation', {},
      element('titlStmt', {}, words('titl', version.title), words('IDNo', `senacs-${version.year}`)),
      element('prodStmt', {}, words('producer', 'Cnaf'), words('producer', 'FCSF')),
      element('serStmt', {}, words('serName', 'SENACS, système d’échanges national des centres sociaux')),
      element('verStmt', {}, words('version', version.contentHash)),
    ),
    element(
      'stdyInfo', {},
      words('abstract', 'Enquête annuelle de l’observatoire partagé des centres sociaux et des espaces de vie sociale. Les réponses sont déclarées par les structures et publiées en agrégats seulement.'),
      element('sumDscr', {}, ...years.map((year) => words('timePrd', String(year), { event: 'single', date: year })), words('nation', 'France', { abbr: 'FRA' }), words('anlyUnit', 'Structure d’animation de la vie sociale'), words('universe', `Structures agréées${nbsp}: ${kinds.join(', ')}`, { clusion: 'I' }), words('dataKind', 'Enquête déclarative')),
    ),
    ...version.dataYears.flatMap((d) => (d.keys === 'all' ? [] : [words('notes', `L’année ${d.year} n’est demandée que pour${nbsp}: ${d.keys.join(', ')}.`, { type: 'data-year' })])),
  );
  const file = element('fileDscr', { ID: idOf('F', String(version.year)) }, element('fileTxt', {}, words('fileName', `senacs-${version.year}`), element('dimensns', {}, words('varQnty', String(variables.length)))));
  const groups = Object.entries(version.rubrics).map(([code, label]) => {
    const own = variables.filter((v) => v.question.rubric === code).map((v) => idOf('V', v.name));
    return own.length === 0 ? '' : element('varGrp', { ID: idOf('G', code), type: 'section', var: own.join(' '), name: code }, words('labl', `${code}. ${label}`));
  });
  const checks = version.rules.map((r) => words('notes', `${r.id}, ${SEVERITY_LABELS[r.severity].toLowerCase()} (${r.appliesTo.join(', ')})${nbsp}: ${r.message} Condition${nbsp}: ${r.when ? `si ${r.when}, ` : ''}${r.assert}`, { type: 'check', subject: r.id }));
  const lineage = (version.lineage ?? []).map((l) => words('notes', lineageSentence(l), { type: 'lineage', subject: [...l.from, ...l.to].join(' ') }));
  const data = element('dataDscr', {}, ...groups, ...variables.map((v) => variable(version, v)), ...lineage, ...checks);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('codeBook', { xmlns: 'ddi:codebook:2_5', version: '2.5', ID: `senacs-${version.year}`, 'xml:lang': 'fr' }, study, file, data)}\n`;
}
