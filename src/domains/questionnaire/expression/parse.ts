/**
 * Reads an expression. Recursive descent over this grammar, one function per line of it:
 *
 *   expr  = and { '||' and }            and = not { '&&' not }            not = [ '!' ] cmp
 *   cmp   = add [ ( '==' | '!=' | '<=' | '>=' | '<' | '>' ) add ]         add = mul { ( '+' | '-' ) mul }
 *   mul   = unary { ( '*' | '/' ) unary }                                 unary = [ '-' ] atom
 *   atom  = number | string | call | ref | '(' expr ')'                   call = name '(' [ expr { ',' expr } ] ')'
 *   ref   = name [ '.' ( name | '*' ) '.' name ]                          string = "'" { any but an apostrophe } "'"
 *
 * Written by hand rather than generated: see docs/decisions (the words of a fault matter more here than the shape of a table).
 */
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { faultAt, type BinaryOperator, type Expression, type ExpressionFault } from './syntax.ts';

/** Deeper than any rule a person writes; keeps a hostile text from exhausting the stack. */
const MAX_DEPTH = 200;
const MAX_LENGTH = 10_000;

interface Token {
  readonly type: 'number' | 'text' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

class Stop extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

const TOKEN = /(\d+(?:\.\d+)?)|'([^']*)'|([A-Za-z][A-Za-z0-9_]*)|(\|\||&&|==|!=|<=|>=|[-+*/<>!().,])/y;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at++;
    if (at >= text.length) break;
    TOKEN.lastIndex = at;
    const m = TOKEN.exec(text);
    if (!m) {
      const c = text[at]!;
      if (c === "'") throw new Stop(at, 'Cette apostrophe n’est pas refermée.');
      if (c === '=') throw new Stop(at, 'Signe « = » seul : écrivez « == » pour comparer.');
      if (c === '&' || c === '|') throw new Stop(at, `Signe « ${c} » seul : écrivez « ${c}${c} ».`);
      if (c === '"') throw new Stop(at, 'Les textes s’écrivent entre apostrophes : \'oui\'.');
      throw new Stop(at, `Caractère inattendu : « ${c} ».`);
    }
    const type = m[1] !== undefined ? 'number' : m[2] !== undefined ? 'text' : m[3] !== undefined ? 'name' : 'symbol';
    tokens.push({ type, text: m[1] ?? m[2] ?? m[3] ?? m[4]!, start: at, end: TOKEN.lastIndex });
    at = TOKEN.lastIndex;
  }
  tokens.push({ type: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

/** The tree of `text`, or the fault with the place of its character. Never throws. */
export function parseExpression(text: string): Result<Expression, ExpressionFault> {
  if (text.length > MAX_LENGTH) return refuse(faultAt(text, MAX_LENGTH, `Expression trop longue : ${MAX_LENGTH} caractères au plus.`));
  try {
    return ok(new Parser(tokensOf(text)).whole());
  } catch (error) {
    if (error instanceof Stop) return refuse(faultAt(text, error.offset, error.message));
    throw error;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #token(): Token {
    return this.#tokens[this.#at]!;
  }

  #is(...symbols: readonly string[]): boolean {
    return this.#token.type === 'symbol' && symbols.includes(this.#token.text);
  }

  #take(): Token {
    return this.#tokens[this.#at++]!;
  }

  #expect(symbol: string, why: string): Token {
    if (!this.#is(symbol)) throw new Stop(this.#token.start, `« ${symbol} » attendu${why}, et non ${this.#found()}.`);
    return this.#take();
  }

  #found(): string {
    const { type, text } = this.#token;
    return type === 'end' ? 'la fin' : type === 'text' ? `'${text}'` : `« ${text} »`;
  }

  whole(): Expression {
    const expression = this.#or();
    if (this.#token.type !== 'end') {
      const chained = this.#is('==', '!=', '<=', '>=', '<', '>') ? ' Une comparaison n’a que deux côtés : reliez-en deux par « && ».' : '';
      throw new Stop(this.#token.start, `Opérateur attendu avant ${this.#found()}.${chained}`);
    }
    return expression;
  }

  #left(next: () => Expression, ...operators: readonly BinaryOperator[]): Expression {
    let left = next();
    while (this.#is(...operators)) {
      const operator = this.#take().text as BinaryOperator;
      const right = next();
      left = { type: 'binary', operator, left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #or(): Expression {
    if (++this.#depth > MAX_DEPTH) throw new Stop(this.#token.start, 'Trop de parenthèses emboîtées.');
    const expression = this.#left(() => this.#and(), '||');
    this.#depth--;
    return expression;
  }

  #and(): Expression {
    return this.#left(() => this.#not(), '&&');
  }

  #not(): Expression {
    if (!this.#is('!')) return this.#comparison();
    const { start } = this.#take();
    const operand = this.#comparison();
    return { type: 'unary', operator: '!', operand, start, end: operand.end };
  }

  #comparison(): Expression {
    const left = this.#sum();
    if (!this.#is('==', '!=', '<=', '>=', '<', '>')) return left;
    const operator = this.#take().text as BinaryOperator;
    const right = this.#sum();
    return { type: 'binary', operator, left, right, start: left.start, end: right.end };
  }

  #sum(): Expression {
    return this.#left(() => this.#product(), '+', '-');
  }

  #product(): Expression {
    return this.#left(() => this.#negation(), '*', '/');
  }

  #negation(): Expression {
    if (!this.#is('-')) return this.#atom();
    const { start } = this.#take();
    const operand = this.#atom();
    return { type: 'unary', operator: '-', operand, start, end: operand.end };
  }

  #atom(): Expression {
    const token = this.#token;
    if (token.type === 'number') {
      this.#take();
      return { type: 'number', value: Number(token.text), start: token.start, end: token.end };
    }
    if (token.type === 'text') {
      this.#take();
      return { type: 'text', value: token.text, start: token.start, end: token.end };
    }
    if (token.type === 'name') {
      this.#take();
      if (this.#is('(')) return this.#call(token);
      return this.#is('.') ? this.#cell(token) : { type: 'reference', key: token.text, start: token.start, end: token.end };
    }
    if (this.#is('(')) {
      this.#take();
      const inner = this.#or();
      this.#expect(')', ' pour refermer la parenthèse');
      return inner;
    }
    throw new Stop(token.start, `Nombre, texte, question ou fonction attendu, et non ${this.#found()}.`);
  }

  #call(name: Token): Expression {
    this.#take();
    const args: Expression[] = [];
    if (!this.#is(')')) {
      args.push(this.#or());
      while (this.#is(',')) {
        this.#take();
        args.push(this.#or());
      }
    }
    const close = this.#expect(')', ` après les arguments de « ${name.text} »`);
    return { type: 'call', name: name.text, args, start: name.start, end: close.end };
  }

  #cell(key: Token): Expression {
    this.#take();
    const row = this.#take();
    if (row.type !== 'name' && !(row.type === 'symbol' && row.text === '*')) throw new Stop(row.start, `Nom de ligne ou « * » attendu après « ${key.text}. ».`);
    this.#expect('.', ` puis une colonne après « ${key.text}.${row.text} »`);
    const column = this.#take();
    if (column.type !== 'name') throw new Stop(column.start, `Nom de colonne attendu après « ${key.text}.${row.text}. ».`);
    return row.text === '*'
      ? { type: 'column', key: key.text, column: column.text, start: key.start, end: column.end }
      : { type: 'reference', key: key.text, row: row.text, column: column.text, start: key.start, end: column.end };
  }
}
