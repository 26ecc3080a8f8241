/** Reads every module's imports and says which ones break the arrows written in src/domains/dependencies.ts. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { DOMAINS, ROOMS } from '../../src/domains/dependencies.ts';

export interface Module {
  /** Path from the project's folder, with slashes. */
  readonly file: string;
  readonly text: string;
}

export interface Violation {
  readonly file: string;
  readonly imported: string;
  readonly rule: string;
}

export const readModules = (root: string): Module[] =>
  globSync('src/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !/\.test\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !/[\\/]fixtures[\\/]/.test(file))
    .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(path.join(root, file), 'utf8') }));

const roomOf = (file: string): string => {
  const parts = file.split('/');
  return parts.length === 2 ? 'root' : parts[1]!;
};
const domainOf = (file: string): string | undefined => (file.startsWith('src/domains/') && file.split('/').length > 3 ? file.split('/')[2] : undefined);
const isServerOnly = (file: string): boolean => /\.server\.tsx?$/.test(file);

/** Imports that leave types only are erased and weigh nothing in a browser, but they are arrows all the same. */
function importsOf(module: Module): { readonly target: string; readonly typeOnly: boolean }[] {
  const source = ts.createSourceFile(module.file, module.text, ts.ScriptTarget.ESNext, false, module.file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found: { target: string; typeOnly: boolean }[] = [];
  const add = (specifier: ts.Expression | undefined, typeOnly: boolean): void => {
    if (specifier && ts.isStringLiteral(specifier) && specifier.text.startsWith('.')) {
      found.push({ target: path.posix.normalize(path.posix.join(path.posix.dirname(module.file), specifier.text)), typeOnly });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Every broken arrow. Throws when it saw no module: a guard that sees nothing guards nothing. */
export function brokenArrows(modules: readonly Module[]): { readonly violations: Violation[]; readonly imports: number } {
  if (modules.length === 0) throw new Error('the import guard saw no module');
  const violations: Violation[] = [];
  let imports = 0;
  for (const module of modules) {
    for (const { target, typeOnly } of importsOf(module)) {
      if (!target.startsWith('src/') || target.includes('/+types/')) continue;
      imports++;
      const refuse = (rule: string): void => void violations.push({ file: module.file, imported: target, rule });
      const [from, to] = [roomOf(module.file), roomOf(target)];
      const [fromDomain, toDomain] = [domainOf(module.file), domainOf(target)];
      if (from !== to && !ROOMS[from]?.includes(to)) refuse(`${from} may not import ${to}`);
      if (toDomain && toDomain !== fromDomain && !/^src\/domains\/[a-z]+\/index(\.server)?\.ts$/.test(target)) refuse('a domain is entered by its doors only');
      if (fromDomain && toDomain && fromDomain !== toDomain && DOMAINS.indexOf(toDomain as never) > DOMAINS.indexOf(fromDomain as never)) refuse(`${fromDomain} stands above ${toDomain}`);
      if (!typeOnly && isServerOnly(target) && !isServerOnly(module.file) && (from === 'domains' || from === 'charts' || from === 'kernel')) refuse('a pure module may not import a server module');
    }
  }
  return { violations, imports };
}
