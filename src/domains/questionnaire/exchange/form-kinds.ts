/** The kind of question that a type of XLSForm becomes, and what is said of those that have none. Pure but for what it tells the form. */
import type { QuestionKind } from '../model.ts';
import type { Raw } from '../parsing.ts';
import { leftTypeReason } from './form-leftovers.ts';
import type { OpenForm } from './open-form.ts';
import { type FormRow, OWN, typeOf } from './xlsform.ts';

/** Undefined when the row gives no question: the form then tells why. */
export function kindOf(form: OpenForm, word: string, type: string, row: FormRow, line: number): { readonly kind: QuestionKind; readonly more: Raw } | undefined {
  const name = row['name'] ?? '';
  const own = row[`${OWN}kind`] as QuestionKind | undefined;
  if (own && own !== 'table' && typeOf(own, name) === type) return { kind: own, more: {} };
  const subject = `Question « ${name || type} », ligne ${line}`;
  switch (word) {
    case 'integer':
    case 'decimal':
    case 'text':
    case 'date':
      return { kind: word, more: {} };
    case 'string':
      return { kind: 'text', more: {} };
    case 'int':
      return { kind: 'integer', more: {} };
    case 'range': {
      const given = Object.fromEntries([...(row['parameters'] ?? '').matchAll(/(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)/g)].map((m) => [m[1], Number(m[2])])) as { start?: number; end?: number; step?: number };
      const { start = 1, end = 10, step = 1 } = given;
      const whole = [start, end, step].every((n) => Number.isInteger(n));
      form.leave(subject, 'un curseur (range) devient un nombre avec les mêmes bornes.');
      return { kind: whole ? 'integer' : 'decimal', more: { min: Math.min(start, end), max: Math.max(start, end), step } };
    }
    case 'select_one':
    case 'select1':
    case 'select_multiple':
    case 'select': {
      const options = form.options(type.split(' ')[1], type.endsWith(' or_other'), subject);
      return options ? { kind: word.endsWith('multiple') || word === 'select' ? 'multiple' : 'single', more: { options } } : undefined;
    }
    case 'acknowledge':
    case 'trigger':
      form.leave(subject, 'une case à confirmer (acknowledge) devient un choix unique « OK ».');
      return { kind: 'single', more: { options: [{ code: 'OK', label: 'OK' }] } };
    case 'barcode':
      form.leave(subject, 'le code-barres se tape comme un texte.');
      return { kind: 'text', more: {} };
    case 'time':
      form.leave(subject, 'l’heure devient un texte de la forme 14:30.');
      return { kind: 'text', more: { pattern: String.raw`^([01]\d|2[0-3]):[0-5]\d$` } };
    case 'dateTime':
    case 'datetime':
      form.leave(subject, 'de la date et de l’heure, seule la date est reprise.');
      return { kind: 'date', more: {} };
    case 'calculate':
      if (row['calculation'] && form.translate(row['calculation']).ok) return { kind: 'decimal', more: { required: false } };
      form.leave(subject, `ce calcul n’est pas repris : ${row['calculation'] ? form.why(row['calculation']) : 'il est vide.'}`);
      return undefined;
    default:
      form.leave(subject, leftTypeReason(word));
      return undefined;
  }
}

/** A question is required or not: a condition is told and left. */
export function requiredOf(form: OpenForm, row: FormRow): boolean {
  const text = (row['required'] ?? '').trim();
  if (/^(yes|true|true\(\)|oui)$/i.test(text)) return true;
  if (text !== '' && !/^(no|false|false\(\)|non)$/i.test(text)) form.leave(`Question « ${row['name']} », « required »`, `« ${text} » : une question est nécessaire ou non, sans condition ; elle est reprise comme non nécessaire.`);
  return false;
}
