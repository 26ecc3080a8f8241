/** Where a territory's module stands in a version (R22, R25): told by the last thing that happened to it, so that no state can go stale. Pure. */
import type { Module, QuestionnaireVersion } from '../model.ts';
import type { Applied } from './operations.ts';

/** `carried`: as it was in the version followed or in the folder; nothing to decide. */
export type LocalModuleState = 'carried' | 'draft' | 'proposed' | 'validated';
export const LOCAL_MODULE_LABELS: { readonly [state in LocalModuleState]: string } = { carried: 'repris tel quel', draft: 'en préparation', proposed: 'proposé au comité', validated: 'validé par le comité' };

export type ModuleEvent = 'changed' | 'proposed' | 'validated' | 'returned';
const AFTER: { readonly [event in ModuleEvent]: LocalModuleState } = { changed: 'draft', returned: 'draft', proposed: 'proposed', validated: 'validated' };

/** State after the events of one module, oldest first. */
export const localModuleState = (events: readonly ModuleEvent[]): LocalModuleState => (events.length === 0 ? 'carried' : AFTER[events.at(-1)!]);

export const localModulesOf = (version: QuestionnaireVersion): readonly (Module & { readonly territory: string })[] => version.modules.flatMap((m) => (m.territory === undefined ? [] : [{ ...m, territory: m.territory }]));

/** Territories whose module a gesture touches; null stands for what belongs to the nation (core and themes). */
export function territoriesTouched(before: QuestionnaireVersion, { version: after, touched }: Pick<Applied, 'version' | 'touched'>): readonly (string | null)[] {
  const territoryOf = (code: string | null): string | null => (code === null ? null : ([...after.modules, ...before.modules].find((m) => m.code === code)?.territory ?? null));
  return [...new Set(touched.map(territoryOf))];
}
