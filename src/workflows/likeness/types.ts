import type { ComparedField } from '../../core/events/links.ts';
import type { CustomerId } from '../../core/shared/brand.ts';

/** A measured customer whom somebody resembles. */
export interface FoundLikeness {
  readonly customer: CustomerId;
  /** `household`: somebody else at the same address or phone. It never acts: it only says that this is not the measured customer. */
  readonly klass: 'same' | 'probably_same' | 'household';
  /** Log odds of being one person, in thousandths of a bit. */
  readonly millibits: number;
  readonly fields: readonly ComparedField[];
}
