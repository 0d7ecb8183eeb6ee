import type { Instant } from '../core/shared/time.ts';
import { type Calendar, daysAfter } from './calendar.ts';
import { type Article, article } from './catalogue.ts';
import type { Random } from './random.ts';

interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** What went wrong at the shop itself in these eighteen months. None of it may count against anybody. */
export interface Faults {
  /** A lamp whose switch failed: sold over five weeks, mostly sent back as defective, and found so. */
  readonly defectiveBatch: Stretch & { readonly article: Article };
  /** Jeans with the wrong size sewn in. Customers say "does not fit"; staff corrected it later. */
  readonly wrongLabels: Stretch & { readonly article: Article };
  /** A week without parcels: late deliveries, and claims for parcels that had indeed not come. */
  readonly carrierStrike: Stretch;
}

export function faultsOf(calendar: Calendar): Faults {
  const stretch = (daysBeforeEnd: number, days: number): Stretch => {
    const from = daysAfter(calendar.end, -daysBeforeEnd);
    return { from, to: daysAfter(from, days) };
  };
  return {
    defectiveBatch: { article: article('Haven table lamp'), ...stretch(250, 35) },
    wrongLabels: { article: article('Dijk straight jeans'), ...stretch(190, 30) },
    carrierStrike: stretch(128, 8),
  };
}

export function within(at: Instant, stretch: Stretch): boolean {
  return at >= stretch.from && at < stretch.to;
}

/** How many days late an order of that moment arrives because the carrier stood still; 0 for almost all. */
export function strikeDelay(random: Random, faults: Faults, orderedAt: Instant): number {
  return within(daysAfter(orderedAt, 1.5), faults.carrierStrike) && random.chance(0.85) ? random.int(4, 9) : 0;
}
