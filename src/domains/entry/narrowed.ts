/** What a guest by link sees of a response: the answers of his part, their N-1, the findings that read nothing else. Pure. */
import { inPart, type Part } from '../access/index.ts';
import type { Answers, CompiledVersion } from '../questionnaire/index.ts';
import type { ResponseView, Sheet, StoredFinding } from './model.ts';

const kept = <T>(part: Part, dataYear: number, of: { readonly [key: string]: T }): { [key: string]: T } => Object.fromEntries(Object.entries(of).filter(([key]) => inPart(part, dataYear, key)));
const years = <T, U>(of: { readonly [dataYear: number]: T }, part: Part, narrow: (value: T, dataYear: number) => U): { [dataYear: number]: U } =>
  Object.fromEntries(Object.entries(of).flatMap(([year, value]) => (part.dataYears.includes(Number(year)) ? [[year, narrow(value, Number(year))]] : [])));

/** Whether a finding tells of questions of the part only: the rule that gives one finding per question, of the question that it names; any other, of all that it reads. */
export function readsOnlyPart(compiled: CompiledVersion, part: Part, finding: Pick<StoredFinding, 'ruleId' | 'subject' | 'dataYear'>): boolean {
  const rule = compiled.ruleById.get(finding.ruleId);
  if (!rule || (rule.wide && !rule.perQuestion)) return false;
  const keys = rule.perQuestion ? [finding.subject.split('.')[0]!] : rule.reads;
  return keys.length > 0 && keys.every((key) => inPart(part, finding.dataYear, key));
}

/** Each field is named: one that is added to a response does not reach a guest by itself. */
export function narrowedTo(part: Part, compiled: CompiledVersion, view: ResponseView): ResponseView {
  const { id, campaignYear, questionnaireYear, structureId, structureName, structureKind, communeName, territoryCode, ancestors, state, phase, closesOn, completeness, revision, noticeReadAt, thirdPartyRequested, updatedAt, submittedAt, validatedAt } = view;
  return {
    id, campaignYear, questionnaireYear, structureId, structureName, structureKind, communeName, territoryCode, ancestors, state, phase, closesOn, completeness, revision, noticeReadAt, thirdPartyRequested, updatedAt, submittedAt, validatedAt,
    stateReason: null,
    counters: { required: 0, answered: 0, openHard: 0, openSoft: 0, openInfo: 0 },
    sheets: years(view.sheets, part, (sheet, year): Sheet => ({ answers: kept(part, year, sheet.answers), provenance: kept(part, year, sheet.provenance) })),
    previous: years(view.previous, part, (answers, year): Answers => kept(part, year, answers)),
    ...(view.cuts ? { cuts: years(view.cuts, part, (words, year): { readonly [key: string]: string } => kept(part, year, words)) } : {}),
    findings: view.findings.filter((finding) => readsOnlyPart(compiled, part, finding)),
    onBehalf: view.onBehalf.filter((value) => inPart(part, value.dataYear, value.key)),
    // What the structure and its correspondents say to each other is theirs.
    inquiries: [],
    conflicts: view.conflicts?.filter((conflict) => inPart(part, conflict.dataYear, conflict.key)) ?? [],
    answeredCommunes: Object.fromEntries(Object.entries(view.answeredCommunes ?? {}).filter(([year]) => inPart(part, Number(year), 'commune'))),
  };
}
