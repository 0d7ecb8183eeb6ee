import type { LinkClass } from '../../core/linkage/types.ts';
import type { LinkRecord } from '../../ports/links.ts';

/** Who may say that two customers are one person: it binds both, so where something binds one it is a measure against the other. */
export type Confirmable = 'acting' | 'managing' | 'nobody';

/**
 * Whether there is anything to confirm: comparing found the two alike, now or when it asked. Never where it says now that they
 * only share a home. `klass` is what comparing says now.
 */
export function isAlike(klass: LinkClass | null, link: Pick<LinkRecord, 'finding'> | null): boolean {
  if (klass === 'same' || klass === 'probably_same') return true;
  return klass !== 'household' && link !== null && link.finding !== null;
}
