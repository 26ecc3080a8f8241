/** Fills a rubric as a person who has only a keyboard: Tab from field to field, letters, space and arrows. */
import type { Page } from 'playwright-core';
import { type Answers, cellOf, type CompiledVersion, formatInput } from '../../src/domains/questionnaire/index.ts';

/** The least time between two keys of a fast typist. */
const HUMAN_MS = 80;

interface Field {
  readonly tag: string;
  readonly type: string;
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  /** Rank of the wanted option among the choices, from the first. */
  readonly options: readonly string[];
}

/** Tabs through the page until the last button of the form, giving `answers` on its way, round again when a question has shown behind; then presses Enter there. Returns the keys answered. */
export async function fillByKeyboard(page: Page, compiled: CompiledVersion, answers: Answers): Promise<string[]> {
  const done = new Set<string>();
  for (let tabs = 0; tabs < 900; tabs++) {
    await page.keyboard.press('Tab');
    const field = (await page.evaluate(`(() => {
      const e = document.activeElement;
      if (!e || !e.closest('form[method=post]') || !e.closest('main')) return null;
      const options = e.type === 'radio' ? [...document.querySelectorAll('input[type=radio][name="' + e.name + '"]')].map((o) => o.value) : e.tagName === 'SELECT' ? [...e.options].map((o) => o.value) : [];
      return { tag: e.tagName, type: e.type ?? '', name: e.name ?? '', value: e.value ?? '', checked: e.checked === true, options };
    })()`)) as Field | null;
    if (!field) continue;
    if (field.tag === 'BUTTON' && field.name === 'suite' && field.value !== '') {
      // Shown behind the cursor on a busy machine: the page says that questions are left, and one goes round again.
      const shown = (await page.evaluate("[...document.querySelectorAll('form [data-key]')].filter((e) => !e.hidden).map((e) => e.dataset.key)")) as string[];
      if (tabs < 500 && shown.some((key) => answers[key]?.state === 'value' && !done.has(key))) continue;
      await page.keyboard.press('Enter');
      return [...done];
    }
    const [key = '', row, column] = field.name.split('.');
    const answer = answers[key];
    const question = compiled.questions.get(key);
    if (!question || answer?.state !== 'value') continue;
    const wanted = row ? cellOf(answer, row, column!) : answer.value;
    if (field.type === 'checkbox') {
      const tick = row ? wanted === true : Array.isArray(wanted) && wanted.includes(field.value);
      if (tick !== field.checked) await page.keyboard.press('Space');
    } else if (field.type === 'radio' || field.tag === 'SELECT') {
      const at = field.options.indexOf(String(wanted));
      if (field.type === 'radio' && at === 0) await page.keyboard.press('Space');
      for (let n = 0; n < at; n++) await page.keyboard.press('ArrowDown');
    } else if (field.tag === 'INPUT' || field.tag === 'TEXTAREA') {
      if (wanted === undefined) continue;
      await page.keyboard.press('ControlOrMeta+a');
      const kind = row ? question.table!.columns.find((c) => c.code === column)!.kind : question.kind;
      await page.keyboard.type(formatInput(kind, wanted as string | number).replaceAll(/\s/g, question.kind === 'text' ? ' ' : ''));
    }
    done.add(key);
    // An answer may show the next question: it is there before the fastest typist goes on.
    await page.waitForTimeout(HUMAN_MS);
  }
  throw new Error('the last button of the rubric was never reached');
}
