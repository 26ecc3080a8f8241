/**
 * An expression: its text, the fault under its character, and, with scripts, names to complete the word being typed. The very parser of the server judges
 * while one types; without scripts the same fault comes back with the page.
 */
import { useRef, useState } from 'react';
import { checkExpression, type ExpressionScope, FUNCTIONS, parseExpression, type Question, type StudioFault } from '../../../domains/questionnaire/index.ts';
import { Field } from '../../ui/page.tsx';
import { completionsAt, type Completion } from './completion.ts';
import styles from './studio.module.css';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly value: string;
  /** The fault that came back from the server. */
  readonly fault: StudioFault | undefined;
  readonly scope: { readonly questions: readonly Question[]; readonly rubrics: { readonly [code: string]: string }; readonly params?: readonly string[] };
  readonly expected: 'truth' | 'number';
  readonly required?: boolean;
}

export function ExpressionField({ id, label, help, value, fault: sent, scope, expected, required }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  // undefined: as the server sent it, not touched yet
  const [live, setLive] = useState<{ readonly fault: { readonly message: string; readonly pointer: string } | undefined; readonly completions: readonly Completion[] }>();
  const fault = live ? live.fault : sent;
  const look = (): void => {
    const { value: text, selectionStart } = area.current!;
    setLive({ fault: text.trim() === '' ? undefined : faultIn(text.trim(), scope, expected), completions: completionsAt(text, selectionStart, scope.questions, Object.keys(FUNCTIONS)) });
  };
  const complete = ({ from, to, insert }: Completion): void => {
    const field = area.current!;
    field.setRangeText(insert, from, to, 'end');
    field.focus();
    look();
  };
  return (
    <Field id={id} label={label} help={help} error={fault?.message}>
      {(aria) => (
        <>
          {fault?.pointer && <pre className={styles.pointer} aria-hidden="true">{fault.pointer}</pre>}
          <textarea {...aria} ref={area} name={id} rows={2} defaultValue={value} className={styles.expression} spellCheck={false} autoCapitalize="off" onInput={look} onClick={look} required={required} />
          {live && (
            <ul className={styles.suggestions} aria-label="Noms possibles">
              {live.completions.map((c) => (
                <li key={c.insert}>
                  <button type="button" onClick={() => complete(c)}><code>{c.insert}</code> <small>{c.label}</small></button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Field>
  );
}

function faultIn(text: string, scope: Props['scope'], expected: Props['expected']): { readonly message: string; readonly pointer: string } | undefined {
  const parsed = parseExpression(text);
  if (!parsed.ok) return parsed.error;
  const byKey = new Map(scope.questions.map((q) => [q.key, q]));
  const names: ExpressionScope = {
    question: (key) => byKey.get(key), rubrics: new Set(Object.keys(scope.rubrics)), keysOfRubric: (rubric) => scope.questions.filter((q) => q.rubric === rubric).map((q) => q.key),
    ...(scope.params ? { params: new Set(scope.params) } : {}),
  };
  return checkExpression(text, parsed.value, names, expected).faults[0];
}
