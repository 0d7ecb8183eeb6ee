import { LONGEST_WINDOW } from '../../core/policy/live/duration.ts';
import { CountPacker, unpackCounts } from '../../core/policy/live/packed-counts.ts';
import type { SlidingCounts } from '../../core/policy/live/sliding-counts.ts';
import type { ShopId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { CountBatch, LiveStore } from '../../ports/live.ts';
import type { Clock } from '../../ports.ts';

const MINUTE = 60_000;
/** Batches older than this are put together: a process that was away longer begins anew. */
const PACKED_AFTER = 10 * MINUTE;
const AWAY_TOO_LONG = 5 * MINUTE;
const TIDY_EVERY = 5 * MINUTE;
/** So many counts wait at most while the database does not answer; what is more, the others never hear of. */
const MOST_WAITING = 200_000;

/**
 * Keeps the counts of one process and of all others together: tells what was counted here and takes in what was counted elsewhere, one exchange at a
 * time. What cannot be told makes rules fire later, never sooner.
 */
export class Sharing {
  readonly #store: LiveStore;
  readonly #counts: SlidingCounts;
  readonly #clock: Clock;
  readonly #process: string;
  #waiting = new Map<ShopId, CountPacker>();
  #size = 0;
  #number = 0;
  #known: Map<string, number> | null = null;
  #lastAt = 0;
  #tidyAt = 0;
  #running: Promise<void> = Promise.resolve();
  /** How long back the rules of each shop look. */
  readonly #looksBack = new Map<ShopId, number>();

  constructor(store: LiveStore, counts: SlidingCounts, clock: Clock, process: string) {
    this.#store = store;
    this.#counts = counts;
    this.#clock = clock;
    this.#process = process;
  }

  /** How many counts the others have not been told yet. */
  get waiting(): number {
    return this.#size;
  }

  /** How long back the rules of a shop look: what lies before is not kept. */
  looksBack(shop: ShopId, ms: number): void {
    if (this.#looksBack.get(shop) !== ms) this.#looksBack.set(shop, ms);
  }

  /** What was counted here, for the others. */
  tell(shop: ShopId, first: number, second: number, at: number): void {
    if (this.#size >= MOST_WAITING) return;
    let packer = this.#waiting.get(shop);
    if (packer === undefined) {
      packer = new CountPacker();
      this.#waiting.set(shop, packer);
    }
    packer.add(first, second, at);
    this.#size += 1;
  }

  /** One exchange with the others, after those that were asked for before. What was not taken waits for the next. */
  exchange(): Promise<void> {
    const once = (): Promise<void> => this.#exchangeOnce();
    this.#running = this.#running.then(once, once);
    return this.#running;
  }

  async #exchangeOnce(): Promise<void> {
    const now = this.#clock.now();
    if (this.#known === null || Math.abs(now - this.#lastAt) > AWAY_TOO_LONG) await this.#beginAnew();
    const mine = this.#waiting;
    const size = this.#size;
    this.#waiting = new Map();
    this.#size = 0;
    try {
      const shops = new Map([...mine].map(([shop, packer]) => [shop, packer.bytes()] as const));
      const batches = await this.#store.exchange(
        this.#process,
        { number: this.#number + 1, at: now, shops },
        this.#known ?? new Map(),
      );
      if (size > 0) this.#number += 1;
      this.#lastAt = now;
      this.#take(batches);
    } catch (error) {
      this.#giveBack(mine);
      throw error;
    }
    if (now - this.#tidyAt < TIDY_EVERY && now >= this.#tidyAt) return;
    this.#tidyAt = now;
    const before = (ms: number) => (now - ms) as Instant;
    await this.#store.tidy(before(PACKED_AFTER), {
      ofShops: new Map([...this.#looksBack].map(([shop, ms]) => [shop, before(ms + PACKED_AFTER)])),
      ofAll: before(LONGEST_WINDOW),
    });
  }

  /** Everything that was told, with what was counted here and was not told yet. */
  async #beginAnew(): Promise<void> {
    this.#counts.clear();
    const now = this.#clock.now();
    const add = (first: number, second: number, at: number): void => this.#counts.add(first, second, at, now);
    for (const packer of this.#waiting.values()) unpackCounts(packer.bytes(), add);
    const heads = await this.#store.readAll(({ counts }) => unpackCounts(counts, add));
    this.#known = new Map(heads);
  }

  #take(batches: readonly CountBatch[]): void {
    const now = this.#clock.now();
    for (const { process, number, counts } of batches) {
      unpackCounts(counts, (first, second, at) => this.#counts.add(first, second, at, now));
      this.#known?.set(process, Math.max(number, this.#known.get(process) ?? 0));
    }
  }

  /** What failed to be told goes in front of what was counted meanwhile. */
  #giveBack(mine: ReadonlyMap<ShopId, CountPacker>): void {
    for (const [shop, packer] of mine) {
      const since = this.#waiting.get(shop);
      if (since !== undefined) unpackCounts(since.bytes(), (first, second, at) => packer.add(first, second, at));
      this.#waiting.set(shop, packer);
    }
    this.#size = [...this.#waiting.values()].reduce((sum, { size }) => sum + size, 0);
  }
}
