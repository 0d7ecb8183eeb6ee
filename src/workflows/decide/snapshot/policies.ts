import type { CompiledPolicy } from '../../../core/policy/types.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { PolicyShelf } from '../../console/policy-shelf.ts';

type Shelf = Pick<PolicyShelf, 'inForce' | 'version'>;

/** The policies that decisions of a shop speak of: the one in force, and those that measures in force were taken under. */
export interface PoliciesInMemory {
  readonly current: CompiledPolicy;
  /** By version; a version that is missing was not found. */
  readonly versions: ReadonlyMap<number, CompiledPolicy>;
}

/** Reads them; `before` saves reading what never changes. */
export async function loadPolicies(
  shelf: Shelf,
  shop: ShopId,
  versions: Iterable<number>,
  before: PoliciesInMemory | null = null,
): Promise<PoliciesInMemory> {
  const { compiled } = await shelf.inForce(shop);
  return withVersions(shelf, shop, versions, { current: compiled, versions: before?.versions ?? new Map() });
}

/** The same with some versions more, where they are not among them. */
export async function withVersions(
  shelf: Shelf,
  shop: ShopId,
  versions: Iterable<number>,
  policies: PoliciesInMemory,
): Promise<PoliciesInMemory> {
  const missing = [...new Set(versions)].filter((version) => !policies.versions.has(version));
  if (missing.length === 0) return policies;
  const read = new Map(policies.versions);
  for (const version of missing) {
    const found = await shelf.version(shop, version);
    if (found !== null) read.set(version, found.compiled);
  }
  return { ...policies, versions: read };
}
