/** A whole version as the files of `content/questionnaires/<year>/`: what folder.server.ts reads gives the same content hash. Pure. */
import type { Question, QuestionnaireVersion, Rule } from '../model.ts';
import { canonical } from '../fingerprint.ts';

export interface VersionFile {
  /** Inside the folder of the year: `questions/A.json`. */
  readonly path: string;
  readonly text: string;
}

/** Values that parsing gives when a field is left out: not written, so that what is written is what somebody chose. */
const QUESTION_DEFAULTS: { readonly [field in keyof Question]?: unknown } = {
  level: 'core', help: '', unit: null, appliesTo: ['CS', 'EVS'], relevance: null, required: true, zeroNotBlank: false, unknownAllowed: false, notConcernedAllowed: false, prefill: 'none', internal: false, feeds: [],
};
const RULE_DEFAULTS: { readonly [field in keyof Rule]?: unknown } = { stage: 'submit', appliesTo: ['CS', 'EVS'], when: null, params: {}, justification: false, serverOnly: false };

const QUESTION_ORDER: readonly (keyof Question)[] = [
  'code', 'key', 'dimension', 'level', 'module', 'label', 'help', 'kind', 'unit', 'min', 'max', 'decimals', 'step', 'maxLength', 'pattern', 'options', 'maxChoices', 'table', 'appliesTo', 'relevance', 'required', 'zeroNotBlank',
  'unknownAllowed', 'notConcernedAllowed', 'sharedFact', 'referencePeriod', 'prefill', 'computed', 'sensitivity', 'internal', 'feeds', 'note',
];
const RULE_ORDER: readonly (keyof Rule)[] = ['id', 'category', 'severity', 'stage', 'appliesTo', 'when', 'assert', 'params', 'message', 'justification', 'serverOnly', 'note'];

function written<T extends object>(item: T, order: readonly (keyof T)[], defaults: { readonly [field in keyof T]?: unknown }): object {
  return Object.fromEntries(order.flatMap((field) => {
    const value = item[field];
    return value === undefined || (field in defaults && canonical(value) === canonical(defaults[field])) ? [] : [[field, value]];
  }));
}

const text = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** The files of a version, whole: they rest on no earlier year. */
export function versionFiles(version: QuestionnaireVersion): readonly VersionFile[] {
  const { year, title, dataYears, dimensions, rubrics, modules, follows, lineage, becomes } = version;
  return [
    { path: 'version.json', text: text({ year, title, ...(follows === undefined ? {} : { follows }), dataYears, dimensions, rubrics, modules, ...(lineage === undefined ? {} : { lineage }), ...(becomes === undefined ? {} : { becomes }) }) },
    ...Object.keys(rubrics).flatMap((rubric): VersionFile[] => {
      const questions = version.questions.filter((q) => q.rubric === rubric);
      return questions.length > 0 ? [{ path: `questions/${rubric}.json`, text: text(questions.map((q) => written(q, QUESTION_ORDER, QUESTION_DEFAULTS))) }] : [];
    }),
    { path: 'rules.json', text: text(version.rules.map((r) => written(r, RULE_ORDER, RULE_DEFAULTS))) },
  ];
}
