import type { StaffId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { type CheckFinding, checkPolicy } from '../../core/standing/check.ts';
import type { PolicyVersion } from '../../ports/standing.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { Refused } from '../desk/refused.ts';

export interface PublishWish {
  readonly source: string;
  /** Why, for whoever reads the list of versions. */
  readonly note: string;
  /** The version the author started from: when another one is in force by now, nothing is published. */
  readonly expectedVersion: number;
}

/** Who publishes. `id` is null for the command line, which knows no member of staff. */
export interface PolicyAuthor {
  readonly id: StaffId | null;
  readonly name: string;
}

/** `findings` are what is wrong with the policy itself; empty when it was refused for another reason. */
export type PublishRefused = Refused & { readonly findings: readonly CheckFinding[] };

/**
 * Publishes the next version of a shop's policy and makes every customer due for assessment. Refuses a policy with errors
 * (by the fairness rules, or by the law of the shop), one
 * that counts in another currency than the shop, and one written on top of a version that is no longer in force.
 */
export async function publishPolicy(
  { store, clock, laws }: Pick<Deps, 'store' | 'clock' | 'laws'>,
  shop: Shop,
  author: PolicyAuthor,
  { source, note, expectedVersion }: PublishWish,
): Promise<Result<PolicyVersion, PublishRefused>> {
  const { findings, valid, policy } = checkPolicy(source, { law: laws.of(shop), at: clock.now() });
  if (!valid) return err(unfit(findings));
  const currency = policy?.currency ?? null;
  if (currency !== null && currency !== shop.currency)
    return err(
      invalid(`counts in ${currency} and the shop in ${shop.currency}: write its amounts in ${shop.currency}`),
    );
  const version: PolicyVersion = {
    version: expectedVersion + 1,
    source,
    note,
    author: author.id,
    authorName: author.name,
    publishedAt: clock.now(),
  };
  if (await store.policies.publish(shop.id, version)) return ok(version);
  const current = await store.policies.current(shop.id);
  return err({
    kind: 'conflict',
    message:
      current === null || current.version < expectedVersion
        ? `There is no version ${expectedVersion} of the policy to build on.`
        : `${current.authorName} published version ${current.version} meanwhile: read it, then publish yours on top of it.`,
    findings: [],
  });
}

function unfit(findings: readonly CheckFinding[]): PublishRefused {
  const errors = findings.filter((finding) => finding.severity === 'error');
  const [first] = errors;
  if (first === undefined) throw new Error('A policy was found unfit without an error');
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
  return { ...invalid(`line ${first.line}: ${first.message}${more}`), findings };
}

const invalid = (message: string): PublishRefused => ({ kind: 'invalid', field: 'source', message, findings: [] });
