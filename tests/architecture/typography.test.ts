/** French typography in what people read: no ordinary space before a double sign, none inside guillemets. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const files = ['src/web/**/*.{ts,tsx}', 'src/cli/**/*.ts', 'src/domains/**/*.ts', 'src/charts/**/*.ts', 'src/platform/**/*.ts', 'src/compose.server.ts', 'src/server.ts']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .filter((file) => !/\.test\.tsx?$/.test(file) && !/[\\/]fixtures[\\/]/.test(file));

/** Words of the file with an ordinary space where French asks for a no-break one. SQL, class names and import paths are not prose. */
export function looseSpaces(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const words = node.getText(source);
    if (/[\p{L}»)’…}] [:;!?»](?=[\s.,»)'"`<$]|$)|« \S/u.test(words) && /\p{L}{3}|[«»]/u.test(words)) found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1} ${words.trim().slice(0, 80)}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText(source).startsWith('sql')) return;
    if (ts.isCallExpression(node) && /^sql\b/.test(node.expression.getText(source))) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isJsxText(node) || [ts.SyntaxKind.TemplateHead, ts.SyntaxKind.TemplateMiddle, ts.SyntaxKind.TemplateTail].includes(node.kind)) look(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('words in French', () => {
  it('keep their double signs and guillemets on the line of their word', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((file) => looseSpaces(file, readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
  });

  it('are seen when they do not', () => {
    expect(looseSpaces('x.ts', `const a = 'Voici la suite : « bien »';`)).toHaveLength(1);
    expect(looseSpaces('x.ts', `const a = 'Voici la suite\u00a0: «\u00a0bien\u00a0»';`)).toEqual([]);
  });
});
