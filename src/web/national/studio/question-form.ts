/** A question as the fields of a plain form, and back. What a form does not show (`feeds`, `step`) is kept from the question it changes. Pure. */
import {
  type LineFault, type Lines, type Module, type Question, type QuestionKind, readColumns, readGroups, readOptions, readRows, readTotals, type StudioFault, writeColumns, writeGroups, writeOptions, writeRows, writeTotals,
} from '../../../domains/questionnaire/index.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';

export type Typed = { readonly [name: string]: string };
type Raw = { readonly [name: string]: unknown };

const number = (n: number | undefined): string => (n === undefined ? '' : String(n).replace('.', ','));
const tick = (value: boolean | undefined): string => (value ? '1' : '');

/** What stands in the fields for a question; `kinds` is the list of structure kinds that are ticked, by a space. */
export function fieldsOf(q: Question): Typed {
  return {
    code: q.code, key: q.key, rubric: q.rubric, dimension: q.dimension, module: q.module ?? '', label: q.label, help: q.help, note: q.note ?? '', kind: q.kind, unit: q.unit ?? '', min: number(q.min), max: number(q.max), decimals: number(q.decimals),
    maxLength: number(q.maxLength), pattern: q.pattern ?? '', options: writeOptions(q.options ?? []), maxChoices: number(q.maxChoices), rows: writeRows(q.table?.rows ?? []), columns: writeColumns(q.table?.columns ?? []),
    totals: writeTotals(q.table?.total), groups: writeGroups(q.table?.groups), rowsExclusive: tick(q.table?.rowsExclusive), appliesTo: q.appliesTo.join(' '), relevance: q.relevance ?? '', required: tick(q.required), zeroNotBlank: tick(q.zeroNotBlank),
    unknownAllowed: tick(q.unknownAllowed), notConcernedAllowed: tick(q.notConcernedAllowed), sharedFact: tick(q.sharedFact), referencePeriod: q.referencePeriod, prefill: q.prefill, computed: q.computed ?? '', sensitivity: q.sensitivity, internal: tick(q.internal),
  };
}

/** Fields of a question that does not exist yet. */
export const blankFields = (rubric: string, module: string, kinds: readonly string[]): Typed => ({
  code: '', key: '', rubric, dimension: '', module, label: '', help: '', note: '', kind: 'integer', unit: '', min: '', max: '', decimals: '', maxLength: '', pattern: '', options: '', maxChoices: '', rows: '', columns: '', totals: '', groups: '',
  rowsExclusive: '', appliesTo: kinds.join(' '), relevance: '', required: '1', zeroNotBlank: '', unknownAllowed: '', notConcernedAllowed: '', sharedFact: '', referencePeriod: 'N-1', prefill: 'none', computed: '', sensitivity: 'declared', internal: '',
});

/** What was typed, field by field; ticked kinds joined. */
export const typedOf = (form: FormData, names: readonly string[]): Typed => Object.fromEntries(names.map((name) => [name, form.getAll(name).map(String).join(' ').replaceAll('\r\n', '\n')]));
export const QUESTION_FIELDS = Object.keys(blankFields('', '', []));

const NUMERIC: readonly QuestionKind[] = ['integer', 'decimal', 'money', 'percentage'];

/** The question as operations take it; or the fields that do not read. Fields of another kind of question are left out. */
export function rawQuestion(typed: Typed, modules: readonly Module[], before: Question | undefined): Result<Raw, readonly StudioFault[]> {
  const faults: StudioFault[] = [];
  const t = (name: string): string => (typed[name] ?? '').trim();
  const amount = (name: string): number | undefined => {
    if (t(name) === '') return undefined;
    const value = Number(t(name).replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
    if (!Number.isFinite(value)) faults.push({ field: name, message: 'Un nombre est attendu.' });
    return value;
  };
  const lines = <T>(name: string, read: (text: string) => Lines<T>): T | undefined => {
    const list = read(t(name));
    if (list.ok) return list.value;
    faults.push(...list.error.map((f: LineFault) => ({ field: name, message: `Ligne ${f.line} : ${f.message}` })));
    return undefined;
  };
  const kind = t('kind') as QuestionKind;
  const numeric = NUMERIC.includes(kind);
  const module = t('module');
  const exclusive = typed['rowsExclusive'] ? true : before?.table?.rowsExclusive === false ? false : undefined;
  const raw: Raw = {
    code: t('code'), key: t('key'), rubric: t('rubric'), dimension: t('dimension'), label: t('label'), ...(t('help') ? { help: t('help') } : {}), ...(t('note') ? { note: t('note') } : {}), kind,
    level: module === '' ? 'core' : modules.find((m) => m.code === module)?.territory === undefined ? 'optional' : 'local', ...(module ? { module } : {}),
    unit: numeric && t('unit') ? t('unit') : null,
    ...(numeric ? { min: amount('min'), max: amount('max'), decimals: amount('decimals'), step: before?.step } : {}),
    ...(kind === 'text' ? { maxLength: amount('maxLength'), pattern: t('pattern') || undefined } : {}),
    ...(kind === 'single' || kind === 'multiple' ? { options: lines('options', readOptions) } : {}),
    ...(kind === 'multiple' ? { maxChoices: amount('maxChoices') } : {}),
    ...(kind === 'table' ? { table: { rows: lines('rows', readRows), columns: lines('columns', readColumns), total: lines('totals', readTotals), groups: lines('groups', readGroups), rowsExclusive: exclusive } } : {}),
    appliesTo: t('appliesTo').split(' ').filter(Boolean), relevance: t('relevance') || null, required: t('required') !== '', zeroNotBlank: t('zeroNotBlank') !== '', unknownAllowed: t('unknownAllowed') !== '',
    notConcernedAllowed: t('notConcernedAllowed') !== '', ...(t('sharedFact') ? { sharedFact: true } : {}), referencePeriod: t('referencePeriod'), prefill: t('prefill'), ...(t('computed') ? { computed: t('computed') } : {}), sensitivity: t('sensitivity'), internal: t('internal') !== '',
    feeds: before?.feeds ?? [],
  };
  if ((raw['appliesTo'] as string[]).length === 0) faults.push({ field: 'appliesTo', message: 'Choisissez au moins un type de structure.' });
  return faults.length > 0 ? refuse(faults) : ok(raw);
}
