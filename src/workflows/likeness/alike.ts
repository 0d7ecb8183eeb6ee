import type { LinkClass } from '../../core/linkage/types.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { LinkRecord } from '../../ports/links.ts';

/** Whoever works on customers, or only whoever may take a measure. */
export type Answerable = 'acting' | 'managing';
/** Who may say that two customers are one person; nobody where comparing found nothing. */
export type Confirmable = Answerable | 'nobody';

/**
 * Who may give an answer about two customers. Where it makes them one person, or ends that they are, a measure that binds one
 * begins or ceases to bind the other: that takes whoever may take a measure, and lift one.
 */
export const whoMayAnswer = (isBound: boolean, joinsOrParts: boolean): Answerable =>
  isBound && joinsOrParts ? 'managing' : 'acting';

/** Whether two are one person by confirmed links with others, or would be had nobody told them apart. */
export function isChained(
  same: ReadonlyMap<CustomerId, readonly CustomerId[]>,
  one: CustomerId,
  other: CustomerId,
): boolean {
  const ofOther = same.get(other) ?? [];
  return (same.get(one) ?? []).some((each) => each === other || ofOther.includes(each));
}

/**
 * Whether there is anything to confirm: comparing found the two alike, now or when it asked. Never where it says now that they
 * only share a home. `klass` is what comparing says now.
 */
export function isAlike(klass: LinkClass | null, link: Pick<LinkRecord, 'finding'> | null): boolean {
  if (klass === 'same' || klass === 'probably_same') return true;
  return klass !== 'household' && link !== null && link.finding !== null;
}
