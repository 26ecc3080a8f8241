/** The XPath of a form as our expressions. What they cannot say is refused with its reason, in French. Pure; recursive descent, as expression/parse.ts. */
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { printExpression, type BinaryOperator, type Expression } from '../expression/syntax.ts';

/** What a name of the form has become here. */
export type Named =
  | { readonly kind: 'question'; readonly key: string; readonly choice?: 'single' | 'multiple' }
  | { readonly kind: 'cell'; readonly key: string; readonly row: string; readonly column: string; readonly box: boolean }
  /** A question inside a repeat: only its sum has a meaning. */
  | { readonly kind: 'column'; readonly key: string; readonly column: string };

export interface FormScope {
  readonly named: (name: string) => Named | undefined;
  /** What `.` stands for. */
  readonly self?: string;
}

class Unreadable extends Error {}
const MAX_DEPTH = 100;
const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|'([^']*)'|"([^"]*)"|\$\{\s*([^}]*?)\s*\}|(!=|<=|>=|[-+*=<>(),])|([A-Za-z_][\w-]*)|(\.))/y;

interface Token {
  readonly type: 'number' | 'text' | 'place' | 'symbol' | 'name' | 'self' | 'end';
  readonly text: string;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const m = TOKEN.exec(text);
    if (!m) throw new Unreadable(`« ${text.slice(at).trim().slice(0, 12)} » ne se lit pas ici.`);
    const [, number, single, double, place, symbol, name] = m;
    tokens.push(
      number !== undefined ? { type: 'number', text: number }
      : single !== undefined || double !== undefined ? { type: 'text', text: single ?? double! }
      : place !== undefined ? { type: 'place', text: place }
      : symbol !== undefined ? { type: 'symbol', text: symbol }
      : name !== undefined ? { type: 'name', text: name }
      : { type: 'self', text: '.' },
    );
    at = TOKEN.lastIndex;
  }
  tokens.push({ type: 'end', text: '' });
  return tokens;
}

/** Our text of an XPath, or why there is none. Never throws. */
export function fromXPath(text: string, scope: FormScope): Result<string, string> {
  try {
    return ok(printExpression(new Reader(tokensOf(text), scope).whole()));
  } catch (error) {
    if (error instanceof Unreadable) return refuse(error.message);
    throw error;
  }
}

const at = { start: 0, end: 0 };
const binary = (operator: BinaryOperator, left: Expression, right: Expression): Expression => ({ type: 'binary', operator, left, right, ...at });
const not = (operand: Expression): Expression => ({ type: 'unary', operator: '!', operand, ...at });
const call = (name: string, ...args: readonly Expression[]): Expression => ({ type: 'call', name, args, ...at });
const word = (value: string): Expression => {
  if (value.includes("'")) throw new Unreadable('un texte qui contient une apostrophe ne s’écrit pas dans une condition.');
  return { type: 'text', value, ...at };
};

const COMPARISONS: { readonly [theirs: string]: BinaryOperator } = { '=': '==', '!=': '!=', '<=': '<=', '>=': '>=', '<': '<', '>': '>' };

class Reader {
  readonly #tokens: readonly Token[];
  readonly #scope: FormScope;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], scope: FormScope) {
    this.#tokens = tokens;
    this.#scope = scope;
  }

  get #token(): Token {
    return this.#tokens[this.#at]!;
  }

  #is(type: Token['type'], ...texts: readonly string[]): boolean {
    return this.#token.type === type && (texts.length === 0 || texts.includes(this.#token.text));
  }

  #take(): Token {
    return this.#tokens[this.#at++]!;
  }

  #expect(symbol: string): void {
    if (!this.#is('symbol', symbol)) throw new Unreadable(`« ${symbol} » manque${this.#token.text ? ` avant « ${this.#token.text} »` : ' à la fin'}.`);
    this.#take();
  }

  whole(): Expression {
    const expression = this.#or();
    if (!this.#is('end')) throw new Unreadable(`« ${this.#token.text} » ne se lit pas ici.`);
    return expression;
  }

  #or(): Expression {
    if (++this.#depth > MAX_DEPTH) throw new Unreadable('trop de parenthèses emboîtées.');
    let left = this.#and();
    while (this.#is('name', 'or')) {
      this.#take();
      left = binary('||', left, this.#and());
    }
    this.#depth--;
    return left;
  }

  #and(): Expression {
    let left = this.#comparison();
    while (this.#is('name', 'and')) {
      this.#take();
      left = binary('&&', left, this.#comparison());
    }
    return left;
  }

  #comparison(): Expression {
    const left = this.#sum();
    const operator = this.#is('symbol') ? COMPARISONS[this.#token.text] : undefined;
    if (!operator) return left;
    this.#take();
    const right = this.#sum();
    if (this.#is('symbol') && COMPARISONS[this.#token.text]) throw new Unreadable('une comparaison n’a que deux côtés.');
    return compared(operator, left, right);
  }

  #sum(): Expression {
    let left = this.#product();
    while (this.#is('symbol', '+', '-')) left = binary(this.#take().text as '+' | '-', left, this.#product());
    return left;
  }

  #product(): Expression {
    let left = this.#negation();
    while (this.#is('symbol', '*') || this.#is('name', 'div', 'mod')) {
      const operator = this.#take().text;
      if (operator === 'mod') throw new Unreadable('le reste d’une division (mod) n’a pas d’équivalent.');
      left = binary(operator === '*' ? '*' : '/', left, this.#negation());
    }
    return left;
  }

  #negation(): Expression {
    if (!this.#is('symbol', '-')) return this.#atom();
    this.#take();
    return { type: 'unary', operator: '-', operand: this.#atom(), ...at };
  }

  #atom(): Expression {
    const token = this.#take();
    switch (token.type) {
      case 'number':
        return { type: 'number', value: Number(token.text), ...at };
      case 'text':
        return word(token.text);
      case 'place':
        return this.#place(token.text);
      case 'self':
        if (this.#scope.self === undefined) throw new Unreadable('« . » ne désigne rien ici.');
        return this.#place(this.#scope.self);
      case 'name':
        if (this.#is('symbol', '(')) return this.#call(token.text);
        throw new Unreadable(`« ${token.text} » ne se lit pas ici.`);
      case 'symbol':
        if (token.text === '(') {
          const inner = this.#or();
          this.#expect(')');
          return inner;
        }
        throw new Unreadable(`« ${token.text} » ne se lit pas ici.`);
      case 'end':
        throw new Unreadable('l’expression n’est pas finie.');
    }
  }

  #place(name: string): Expression {
    if (name.startsWith('last-saved#')) throw new Unreadable('la dernière réponse enregistrée (last-saved) n’a pas d’équivalent.');
    const named = this.#scope.named(name);
    if (!named) throw new Unreadable(`« ${name} » n’a pas été reprise.`);
    if (named.kind === 'question') return { type: 'reference', key: named.key, ...at };
    if (named.kind === 'cell') return { type: 'reference', key: named.key, row: named.row, column: named.column, ...at };
    return { type: 'column', key: named.key, column: named.column, ...at };
  }

  #argument(): Expression {
    return this.#or();
  }

  #call(name: string): Expression {
    this.#take();
    const selfName = this.#is('place') ? this.#token.text : this.#is('self') ? this.#scope.self : undefined;
    const args: Expression[] = [];
    if (!this.#is('symbol', ')')) {
      args.push(this.#argument());
      while (this.#is('symbol', ',')) {
        this.#take();
        args.push(this.#argument());
      }
    }
    this.#expect(')');
    const [first, second] = args;
    switch (name) {
      case 'not':
        if (args.length === 1) return not(first!);
        break;
      case 'selected': {
        const named = selfName === undefined ? undefined : this.#scope.named(selfName);
        if (args.length !== 2 || second!.type !== 'text' || named?.kind !== 'question' || !named.choice) break;
        return named.choice === 'multiple' ? call('has', first!, second!) : binary('==', first!, second!);
      }
      case 'coalesce':
        if (args.length === 2 && first!.type === 'reference' && second!.type === 'number' && second!.value === 0) return call('nz', first!);
        throw new Unreadable('« coalesce » ne se reprend que sous la forme coalesce(${question}, 0).');
      case 'number':
        if (args.length === 1 && first!.type === 'reference') return first!;
        break;
      case 'abs':
        if (args.length === 1) return call('abs', first!);
        break;
      case 'sum':
        if (args.length === 1 && first!.type === 'column') return call('sum', first!);
        throw new Unreadable('« sum » ne se reprend que sur une question d’un groupe répété.');
      case 'min':
      case 'max':
        if (args.length === 1 && first!.type === 'column') return call(`${name}_of`, first!);
        if (args.length > 1) return call(name, ...args);
        break;
    }
    throw new Unreadable(`la fonction « ${name} » n’a pas d’équivalent.`);
  }
}

/** Emptiness is asked of a question, never of a value. */
function compared(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  const empty = (e: Expression): boolean => e.type === 'text' && e.value === '';
  if (!empty(left) && !empty(right)) return binary(operator, left, right);
  const asked = empty(right) ? left : right;
  if (asked.type !== 'reference' || (operator !== '==' && operator !== '!=')) throw new Unreadable('le texte vide ne se compare qu’à une question.');
  return operator === '!=' ? call('filled', asked) : not(call('filled', asked));
}
