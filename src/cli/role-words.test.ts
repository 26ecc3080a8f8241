import { describe, expect, it } from 'vitest';
import { ROLE_LABELS } from '../domains/access/index.ts';
import { roleList, roleNamed, ROLE_WORDS } from './role-words.ts';

describe('a role on the command line', () => {
  it('is understood by its word, its label and its code', () => {
    for (const [role, word] of Object.entries(ROLE_WORDS)) for (const said of [word, word.toUpperCase(), role, ROLE_LABELS[role as keyof typeof ROLE_LABELS]]) expect(roleNamed(said), said).toBe(role);
    expect(roleNamed('directeur')).toBe('director');
    expect(roleNamed('président')).toBeUndefined();
    expect(roleList()).toContain('correspondant-caf (correspondant Caf)');
  });
});
