/** Names of a form and what they became: keys in small letters, each once. */
import type { Named } from './xpath-read.ts';

export class FormNames {
  readonly #named = new Map<string, Named>();
  readonly #keys = new Set<string>();

  /** The key that a name will have. */
  preview(name: string): string {
    const base = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9_]/g, '_');
    return /^[a-z]/.test(base) ? base : `q_${base}`;
  }

  /** Gives a name its key, and says when it had to change. `own`: the name is already one of our keys. */
  add(name: string, own: boolean, changed: (was: string, now: string) => void): string {
    const base = own ? name : this.preview(name);
    let key = base;
    for (let n = 2; !own && this.#keys.has(key); n++) key = `${base}_${n}`;
    this.#keys.add(key);
    if (key !== name) changed(name, key);
    return key;
  }

  set(name: string, named: Named): void {
    this.#named.set(name, named);
  }

  get(name: string): Named | undefined {
    return this.#named.get(name);
  }
}
