/** The form's own fields, read and written: they stay the truth of what a person typed. */
import type { Answer, Question } from '../../domains/questionnaire/index.ts';
import { fieldName, formFields, stateField } from '../../domains/questionnaire/index.ts';
import { cellInputOf, inputOf, tickedOf } from './typed.ts';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const fieldsNamed = (form: HTMLFormElement, name: string): Field[] => [...form.querySelectorAll<Field>(`[name="${CSS.escape(name)}"]`)];
const isBox = (field: Field): field is HTMLInputElement => field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox');

/** Key of the question to which an element belongs. */
export const keyOf = (target: EventTarget | null): string | undefined => (target as HTMLElement | null)?.closest<HTMLElement>('[data-key]')?.dataset['key'];

/** What the fields of one question would send, by name: the form has hundreds of others. */
export function sentBy(form: HTMLFormElement, key: string): (name: string) => string[] {
  const sent = new Map<string, string[]>();
  for (const field of form.querySelectorAll<Field>(`[data-key="${CSS.escape(key)}"] :is(input, select, textarea)[name]:not(:disabled)`)) {
    if (!isBox(field) || field.checked) sent.set(field.name, [...(sent.get(field.name) ?? []), field.value]);
  }
  return (name) => sent.get(name) ?? [];
}

/** Whether the person is in a field of this question. */
export const isBeingTyped = (form: HTMLFormElement, key: string): boolean => form.contains(document.activeElement) && keyOf(document.activeElement) === key && !isBox(document.activeElement as Field) && document.activeElement?.tagName !== 'BUTTON';

/** Writes an answer in the fields of its question, as the server would have sent them. */
export function fill(form: HTMLFormElement, question: Question, answer: Answer | undefined): void {
  const set = (name: string, texts: readonly string[]): void => {
    for (const field of fieldsNamed(form, name)) {
      if (isBox(field)) field.checked = texts.includes(field.value);
      else if (field.type !== 'hidden') field.value = texts[0] ?? '';
    }
  };
  if (question.kind === 'table') {
    for (const row of question.table!.rows) {
      for (const column of question.table!.columns) {
        const text = cellInputOf(question, column, row.code, answer, undefined);
        set(fieldName(question.key, row.code, column.code), column.kind === 'boolean' ? (text === '' ? [] : ['1']) : [text]);
      }
    }
  } else set(question.key, question.kind === 'multiple' ? tickedOf(question, answer, undefined) : [inputOf(question, answer, undefined)]);
  set(stateField(question.key), answer && answer.state !== 'value' ? [answer.state] : []);
}

/** Whether a field no longer holds what the page came with. */
export function touched(field: HTMLInputElement): boolean {
  if (field.dataset['explanation'] !== undefined || field.type === 'hidden' || field.tagName === 'BUTTON') return false;
  if (field.type === 'radio' || field.type === 'checkbox') return field.checked !== field.defaultChecked;
  if (field.tagName === 'SELECT') return [...(field as unknown as HTMLSelectElement).options].some((o) => o.selected !== o.defaultSelected && (o.defaultSelected || o.value !== ''));
  return field.value !== field.defaultValue;
}

/** "Ne sait pas" and a value exclude each other: a ticked state empties the fields beside it… */
export function clearBeside(form: HTMLFormElement, question: Question, box: HTMLInputElement): void {
  for (const name of formFields(question)) {
    for (const field of fieldsNamed(form, name)) {
      if (field === box || field.type === 'hidden') continue;
      if (isBox(field)) field.checked = false;
      else field.value = '';
    }
  }
}

/** … and a value unticks the states. */
export function untickStates(form: HTMLFormElement, key: string, field: HTMLInputElement): void {
  if (field.value === '') return;
  for (const box of fieldsNamed(form, stateField(key))) (box as HTMLInputElement).checked = false;
}
