import { subtractPeriod } from '../../core/shared/period.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { ConsoleReads, WeekTotals } from '../../ports/console.ts';
import type { Clock, Shop } from '../../ports.ts';

const WEEKS = 26;
/** However fast the ledger grows, its weeks are not counted more often than this. */
const KEPT_MS = 20_000;
const DAY_MS = 86_400_000;

interface Kept {
  readonly since: Instant;
  readonly head: number;
  readonly weeks: Promise<readonly WeekTotals[]>;
}

/** The last 26 weeks of a shop. Counting them reads much of its ledger, so an answer serves until the ledger has grown. */
export class Trends {
  readonly #reads: ConsoleReads;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(reads: ConsoleReads, clock: Clock) {
    this.#reads = reads;
    this.#clock = clock;
  }

  /** `head`: where the shop's ledger ends now. */
  async of(shop: Shop, head: number): Promise<readonly WeekTotals[]> {
    const now = this.#clock.now();
    const kept = this.#kept.get(shop.id);
    if (kept !== undefined) {
      const age = now - kept.since;
      if (age < KEPT_MS || (kept.head === head && age < DAY_MS)) return kept.weeks;
    }
    const since = subtractPeriod(now, { months: 0, days: 7 * WEEKS });
    const weeks = this.#reads.trend(shop.id, shop.currency, shop.timeZone, since).then((all) => all.slice(-WEEKS));
    this.#kept.set(shop.id, { since: now, head, weeks });
    weeks.catch(() => this.#kept.delete(shop.id));
    return weeks;
  }
}
