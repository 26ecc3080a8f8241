import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenArrows, readModules } from './imports.ts';

describe('the arrows of the house', () => {
  it('hold over every module', () => {
    const modules = readModules(path.resolve(import.meta.dirname, '../..'));
    const { violations, imports } = brokenArrows(modules);
    console.log(`import guard: ${modules.length} modules, ${imports} imports`);
    expect(violations).toEqual([]);
    expect(imports).toBeGreaterThan(50);
  });

  it('see a planted violation of each rule', () => {
    const planted = brokenArrows([
      { file: 'src/kernel/a.ts', text: `import '../platform/b.ts';` },
      { file: 'src/domains/registry/a.ts', text: `import '../entry/index.ts';` },
      { file: 'src/domains/entry/b.server.ts', text: `import { x } from '../registry/model.ts';` },
      { file: 'src/domains/entry/c.ts', text: `const x = () => import('./b.server.ts');` },
    ]);
    expect(planted.violations.map((v) => v.rule)).toEqual(['kernel may not import platform', 'registry stands above entry', 'a domain is entered by its doors only', 'a pure module may not import a server module']);
  });

  it('refuse to judge an empty house', () => {
    expect(() => brokenArrows([])).toThrow(/no module/);
  });
});
