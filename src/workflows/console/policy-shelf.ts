import { compilePolicy } from '../../core/policy/compile.ts';
import { parsePolicy } from '../../core/policy/parse.ts';
import type { CompiledPolicy } from '../../core/policy/types.ts';
import type { ShopId } from '../../core/shared/brand.ts';
import type { PolicyStore, PolicyVersion } from '../../ports/standing.ts';

export interface ShelvedPolicy {
  readonly version: PolicyVersion;
  readonly compiled: CompiledPolicy;
}

const MOST = 200;

/** Published policies, each read and compiled once: versions never change. */
export class PolicyShelf {
  readonly #store: PolicyStore;
  readonly #compiled = new Map<string, CompiledPolicy>();

  constructor(store: PolicyStore) {
    this.#store = store;
  }

  /** The policy in force; every shop has one from its first moment. `store` reads it inside a transaction. */
  async inForce(shop: ShopId, store: PolicyStore = this.#store): Promise<ShelvedPolicy> {
    const version = await store.current(shop);
    if (version === null) throw new Error('A shop without a policy');
    return { version, compiled: this.#compile(shop, version) };
  }

  /** A published version; null when there is none with this number. `store` reads it inside a transaction. */
  async version(shop: ShopId, number: number, store: PolicyStore = this.#store): Promise<ShelvedPolicy | null> {
    const version = await store.version(shop, number);
    return version === null ? null : { version, compiled: this.#compile(shop, version) };
  }

  #compile(shop: ShopId, version: PolicyVersion): CompiledPolicy {
    const key = `${shop} ${version.version}`;
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const parsed = parsePolicy(version.source);
    if (!parsed.ok) throw new Error(`Policy version ${version.version}, published before, cannot be read any more`);
    const compiled = compilePolicy(parsed.value.policy, version.version);
    if (this.#compiled.size >= MOST) this.#compiled.clear();
    this.#compiled.set(key, compiled);
    return compiled;
  }
}
