/** Brings the keys of the dense form to its fields. It only moves the focus and sets fields as a person would: saving is the form's own affair. */
import { type RefObject, useEffect, useState } from 'react';
import { STATE_LABELS, stateField } from '../../../domains/questionnaire/index.ts';
import { keyOf } from '../form-fields.ts';
import { type FieldFacts, type FieldSort, meaningOf, STATE_KEYS, type StateOnKey } from './entry-keys.ts';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What is shown of a field that cannot be hidden twice: neither its question nor its row. */
const shown = (element: HTMLElement): boolean => element.closest('[hidden]') === null;
const blockOf = (field: Field): HTMLElement | null => field.closest<HTMLElement>('[data-key]');

/** Fields in which one stops, in order: of a group of boxes the first, and the button that goes on. */
function stops(form: HTMLFormElement): HTMLElement[] {
  const fields = [...form.querySelectorAll<Field>('[data-key] :is(input, select, textarea):not([type=hidden], :disabled, [data-explanation], [name$="~state"])')].filter(shown);
  const first = fields.filter((field, i) => field.name !== fields[i - 1]?.name);
  const going = form.querySelector<HTMLElement>('button[data-goes-on]');
  return going ? [...first, going] : first;
}

const boxesOf = (block: HTMLElement, name: string): HTMLInputElement[] => [...block.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${CSS.escape(name)}"]`)];
const stateBox = (block: HTMLElement, key: string, state: string): HTMLInputElement | null => block.querySelector(`input[name="${CSS.escape(stateField(key))}"][value="${state}"]`);

function factsOf(field: Field, block: HTMLElement, key: string): FieldFacts {
  const boxes = field.type === 'checkbox' ? boxesOf(block, field.name).length : 0;
  const sort: FieldSort = field.tagName === 'SELECT' ? 'list' : field.tagName === 'TEXTAREA' ? 'long' : boxes > 1 ? 'boxes' : field.type === 'checkbox' ? 'box' : field.inputMode === '' ? 'text' : 'figure';
  const states = (Object.keys(STATE_KEYS) as StateOnKey[]).filter((state) => stateBox(block, key, state));
  return { sort, states, empty: sort === 'box' || field.value === '', options: sort === 'list' ? (field as HTMLSelectElement).options.length - 1 : boxes };
}

/** The sentence to say of the last key, when it did nothing. */
export function useEntryKeys(form: RefObject<HTMLFormElement | null>): string {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const on = form.current;
    if (!on) return;
    const press = (event: KeyboardEvent): void => {
      const field = event.target as Field;
      const block = blockOf(field);
      const key = keyOf(field);
      if (!block || !key || event.isComposing || field.tagName === 'BUTTON' || field.dataset['explanation'] !== undefined) return;
      const meaning = meaningOf({ key: event.key, shift: event.shiftKey, held: event.ctrlKey || event.altKey || event.metaKey }, factsOf(field, block, key));
      setSaid(meaning?.does === 'not-offered' ? `«\u00a0${STATE_LABELS[meaning.state]}\u00a0» n’est pas proposé à cette question.` : '');
      if (!meaning) return;
      event.preventDefault();
      if (meaning.does === 'state') stateBox(block, key, meaning.state)!.click();
      else if (meaning.does === 'choose') choose(field, block, meaning.place);
      else if (meaning.does !== 'not-offered') go(on, field, meaning.does);
    };
    on.addEventListener('keydown', press);
    // Typing begins at once; an address that names a question leads there by itself.
    if (window.location.hash === '') stops(on)[0]?.focus();
    return () => on.removeEventListener('keydown', press);
  }, [form]);
  return said;
}

function choose(field: Field, block: HTMLElement, place: number): void {
  if (field.tagName !== 'SELECT') {
    const box = boxesOf(block, field.name)[place];
    box?.focus();
    box?.click();
    return;
  }
  // the first option is « Choisir… »
  (field as HTMLSelectElement).selectedIndex = place + 1;
  for (const told of ['input', 'change']) field.dispatchEvent(new Event(told, { bubbles: true }));
}

function go(form: HTMLFormElement, from: Field, where: 'next' | 'previous'): void {
  const all = stops(form);
  // Inside a group of boxes, or on a state, one stands after the stop of that name, or of that question.
  const at = Math.max(all.indexOf(from), all.findLastIndex((stop) => (stop as Field).name === from.name), from.name.endsWith('~state') ? all.findLastIndex((stop) => keyOf(stop) === keyOf(from)) : -1);
  const to = all[at + (where === 'next' ? 1 : -1)];
  to?.focus();
  if (to instanceof HTMLInputElement && to.type === 'text') to.select();
}
