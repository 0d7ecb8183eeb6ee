import { diffPolicies } from '../../core/policy/diff.ts';
import type { Sentence } from '../../core/policy/sentence.ts';
import type { ShopId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Deps } from '../../ports/store.ts';
import type { PolicyShelf, ShelvedPolicy } from '../console/policy-shelf.ts';

export interface PortalPolicyPage {
  readonly policy: ShelvedPolicy;
  /** What changed from the version before, a sentence each; null: there was none before. */
  readonly changes: readonly Sentence[] | null;
  /** Newest first. */
  readonly versions: readonly { readonly version: number; readonly publishedAt: Instant }[];
}

/** A version of the policy (null: the one in force), and what changed with it. Null: there is no such version. */
export async function portalPolicyPage(
  deps: Pick<Deps, 'store'> & { readonly policies: PolicyShelf },
  shop: ShopId,
  wanted: number | null,
  language: string,
): Promise<PortalPolicyPage | null> {
  const policy = wanted === null ? await deps.policies.inForce(shop) : await deps.policies.version(shop, wanted);
  if (policy === null) return null;
  const { version } = policy.version;
  const [before, versions] = await Promise.all([
    version > 1 ? deps.policies.version(shop, version - 1) : null,
    deps.store.policies.list(shop),
  ]);
  return {
    policy,
    changes: before === null ? null : diffPolicies(before.compiled.policy, policy.compiled.policy, language),
    versions,
  };
}
