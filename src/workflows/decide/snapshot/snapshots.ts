import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { ChangeFeed } from '../../../ports/changes.ts';
import type { DecisionChange } from '../../../ports/standing.ts';
import type { Shop } from '../../../ports.ts';
import { type Pulse, steadyMs } from '../pulse.ts';
import { type Deadlines, inTime } from './in-time.ts';
import { applyChanges, type HeldLikenesses, type ReaderDeps, readSnapshot } from './reader.ts';
import type { Snapshot } from './snapshot.ts';

export interface SnapshotsOptions {
  /** Null: nobody tells, and only asking shows what changed. */
  readonly changes: ChangeFeed | null;
  /** How often to ask whether something changed unnoticed. */
  readonly pollMs: number;
  readonly deadlines?: Deadlines;
  readonly onFault: (error: unknown) => void;
}

const CHANGES_AT_ONCE = 200;
const AGAIN_MS = 1_000;
/** The longest wait before likenesses are loaded once more: it takes a while, and fails more often than once when it fails. */
const LIKENESSES_AGAIN_MS = 60_000;
/** A question that has no answer for so long is asked anew: the connection may be dead without anybody having been told. */
const UNANSWERED_MS = 5_000;
const DEADLINES: Deadlines = { askMs: UNANSWERED_MS, wholeMs: 60_000 };
/** From then on requests do not wait for it. */
const SILENT_MS = 2_000;

/** What is held of one shop. It serves on, whatever happens to what keeps it current. */
export class Held {
  readonly shop: Shop;
  snapshot: Snapshot | null = null;
  likenesses: HeldLikenesses | null = null;
  /** How often reading likenesses was begun: only the last such reading counts. */
  likening = 0;
  likeningsFailed = 0;
  /** The shop's counter of changes that `snapshot` is at. */
  counter = 0;
  /** When it was last seen to be all there is, on the steady clock. */
  freshAt = Number.NEGATIVE_INFINITY;
  /** It must be read whole from this counter on; -1: it need not. */
  wantsWhole = -1;
  reading: Promise<void> | null = null;
  following: Promise<void> | null = null;
  again = false;

  constructor(shop: Shop) {
    this.shop = shop;
  }

  /** For how long it has not been known whether something changed, in milliseconds. */
  ageMs(): number {
    return steadyMs() - this.freshAt;
  }
}

/**
 * The snapshots of all shops that were asked about. Each is read whole once, and from then on follows the shop's numbered changes, which it
 * hears of at once and asks for besides. A number that is missing, or a counter that went back, makes it be read whole again beside.
 */
export class Snapshots {
  readonly #deps: ReaderDeps;
  readonly #pulse: Pulse;
  readonly #onFault: (error: unknown) => void;
  readonly #held = new Map<ShopId, Held>();
  readonly #timer: NodeJS.Timeout;
  readonly #stopListening: (() => Promise<void>) | undefined;
  #polling: { readonly since: number; readonly done: Promise<void> } | null = null;
  #closed = false;

  constructor(deps: ReaderDeps, pulse: Pulse, { changes, pollMs, deadlines = DEADLINES, onFault }: SnapshotsOptions) {
    this.#deps = inTime(deps, deadlines);
    this.#pulse = pulse;
    this.#onFault = onFault;
    this.#stopListening = changes?.listen(
      (change) => {
        const held = change.decisions ? this.#held.get(change.shop) : undefined;
        if (held !== undefined) void this.#follow(held);
      },
      () => void this.poll(),
    );
    this.#timer = setInterval(() => void this.poll(), pollMs).unref();
  }

  /** What is held of the shop: at once when there is something, else after reading it. Rejects when it cannot be read. */
  of(shop: Shop): Held | Promise<Held> {
    const held = this.#held.get(shop.id);
    return held !== undefined && held.snapshot !== null ? held : this.#first(shop);
  }

  /** The longest for which one of the snapshots is not known to be current, in milliseconds; null: there are none. */
  oldestMs(): number | null {
    let oldest: number | null = null;
    for (const held of this.#held.values()) if (held.snapshot !== null) oldest = Math.max(oldest ?? 0, held.ageMs());
    return oldest;
  }

  /** Looks for changes that were not told. Never fails. */
  poll(): Promise<void> {
    const now = steadyMs();
    if (this.#polling !== null) {
      const waited = now - this.#polling.since;
      if (waited > SILENT_MS) this.#pulse.failed(new Error('The database does not answer'));
      if (waited < UNANSWERED_MS) return this.#polling.done;
    }
    const done = this.#followAll().finally(() => {
      if (this.#polling?.done === done) this.#polling = null;
    });
    this.#polling = { since: now, done };
    return done;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#stopListening?.();
    const working = [...this.#held.values()].flatMap(({ reading, following }) => [reading, following]);
    let timer: NodeJS.Timeout | undefined;
    // A database that says nothing must hold nobody up for ever.
    const enough = new Promise((resolve) => {
      timer = setTimeout(resolve, SILENT_MS);
    });
    await Promise.race([Promise.allSettled([this.#polling?.done, ...working]), enough]);
    clearTimeout(timer);
  }

  async #first(shop: Shop): Promise<Held> {
    const held = this.#held.get(shop.id) ?? new Held(shop);
    this.#held.set(shop.id, held);
    held.reading ??= this.#readWhole(held).finally(() => {
      held.reading = null;
    });
    await held.reading;
    return held;
  }

  async #followAll(): Promise<void> {
    const all = [...this.#held.values()].filter(({ snapshot }) => snapshot !== null);
    if (all.length === 0 && !this.#pulse.isAway) return;
    const asked = steadyMs();
    try {
      const counters = await this.#deps.store.enforcement.counters(all.map(({ shop }) => shop.id));
      this.#pulse.answered();
      const behind: Held[] = [];
      for (const held of all) {
        if ((counters.get(held.shop.id) ?? 0) === held.counter) seenCurrent(held, asked);
        else behind.push(held);
      }
      await Promise.all(behind.map((held) => this.#follow(held)));
    } catch (error) {
      this.#pulse.failed(error);
    }
  }

  /** Takes in what changed. One at a time for a shop; who comes meanwhile has it done once more. Never fails. */
  #follow(held: Held): Promise<void> {
    if (held.following !== null) {
      held.again = true;
      return held.following;
    }
    held.following = this.#catchUp(held);
    return held.following;
  }

  async #catchUp(held: Held): Promise<void> {
    // Not before `following` says that it runs.
    await null;
    try {
      do {
        held.again = false;
        const { snapshot } = held;
        // While it is read for the first time there is nothing to follow with; the reading ends with following.
        if (snapshot === null) continue;
        const asked = steadyMs();
        const changes = await this.#takeChanges(held, snapshot);
        if (changes > 0 || held.snapshot !== snapshot) held.again = true;
        else seenCurrent(held, asked);
      } while (held.again && !this.#closed);
    } catch (error) {
      if (!this.#pulse.isAway) this.#onFault(error);
    }
    // In the same turn as the last look: whoever comes after begins anew.
    held.following = null;
  }

  /** Takes some changes into what is held; gives how many there were. */
  async #takeChanges(held: Held, snapshot: Snapshot): Promise<number> {
    const { enforcement } = this.#deps.store;
    const changes = await enforcement.changesSince(held.shop.id, held.counter, CHANGES_AT_ONCE);
    if (held.snapshot !== snapshot) return 0;
    const last = changes.at(-1);
    if (last === undefined) {
      const counter = (await enforcement.counters([held.shop.id])).get(held.shop.id) ?? 0;
      if (held.snapshot !== snapshot || counter === held.counter) return 0;
      if (counter > held.counter && (await enforcement.changesSince(held.shop.id, held.counter, 1)).length > 0)
        return 1;
      if (held.snapshot !== snapshot) return 0;
      // Rows are missing, or it went back with a database that was restored.
      this.#wantWhole(held, counter, counter);
      return 0;
    }
    if (!isUnbroken(changes, held.counter)) {
      this.#wantWhole(held, last.counter, last.counter);
      return changes.length;
    }
    await applyChanges(this.#deps, held.shop, snapshot, changes);
    // A whole reading that ended meanwhile has a counter of its own. Nothing is waited for between here and there.
    if (held.snapshot !== snapshot) return changes.length;
    const whole = changes.findLast(({ everything }) => everything);
    if (whole === undefined) held.counter = last.counter;
    else this.#wantWhole(held, whole.counter, last.counter);
    await this.#renewLikenesses(held, changes);
    return changes.length;
  }

  /** Has the shop read whole, as of `atLeast` or later, beside what serves on at `counter`. */
  #wantWhole(held: Held, atLeast: number, counter: number): void {
    held.counter = counter;
    held.wantsWhole = atLeast;
    if (held.reading !== null) return;
    held.reading = this.#readWhole(held)
      .catch((error: unknown) => {
        this.#onFault(error);
        if (!this.#closed) setTimeout(() => this.#wantWhole(held, held.wantsWhole, held.counter), AGAIN_MS).unref();
      })
      .finally(() => {
        held.reading = null;
      });
  }

  async #readWhole(held: Held): Promise<void> {
    const { shop } = held;
    do {
      const asked = steadyMs();
      // The counter first: what changes after it was read is taken in afterwards.
      const counter = (await this.#deps.store.enforcement.counters([shop.id])).get(shop.id) ?? 0;
      held.snapshot = await readSnapshot(this.#deps, shop);
      held.counter = counter;
      if (held.wantsWhole <= counter) held.wantsWhole = -1;
      seenCurrent(held, asked);
      this.#pulse.answered();
      void this.#loadLikenesses(held);
      await this.#follow(held);
    } while (held.wantsWhole !== -1 && !this.#closed);
  }

  /** Comparing takes longest to make ready, and decisions do not wait for it. What fails is tried again. Never fails. */
  async #loadLikenesses(held: Held): Promise<void> {
    if (this.#deps.likenesses === null || this.#closed) return;
    held.likening += 1;
    const turn = held.likening;
    try {
      // What changes while they are read is renewed at the end; with every change from then on.
      let from = held.counter;
      const loaded = await this.#deps.likenesses.load(held.shop);
      if (held.likening !== turn) return;
      held.likenesses = loaded;
      for (;;) {
        const missed = await this.#deps.store.enforcement.changesSince(held.shop.id, from, CHANGES_AT_ONCE);
        const last = missed.at(-1);
        if (held.likening !== turn) return;
        if (last === undefined) {
          held.likeningsFailed = 0;
          return;
        }
        await loaded.renew(customersIn(missed));
        from = last.counter;
      }
    } catch (error) {
      if (held.likening === turn) this.#likenessesFailed(held, error);
    }
  }

  /** Decisions must not grow stale because somebody could not be compared: what fails here is read anew beside. */
  async #renewLikenesses(held: Held, changes: readonly DecisionChange[]): Promise<void> {
    const turn = held.likening;
    try {
      await held.likenesses?.renew(customersIn(changes));
    } catch (error) {
      if (held.likening === turn) this.#likenessesFailed(held, error);
    }
  }

  #likenessesFailed(held: Held, error: unknown): void {
    if (!this.#pulse.isAway) this.#onFault(error);
    held.likening += 1;
    const turn = held.likening;
    const wait = Math.min(AGAIN_MS * 2 ** held.likeningsFailed, LIKENESSES_AGAIN_MS);
    held.likeningsFailed += 1;
    setTimeout(() => {
      if (held.likening === turn) void this.#loadLikenesses(held);
    }, wait).unref();
  }
}

function customersIn(changes: readonly DecisionChange[]): readonly CustomerId[] {
  return [...new Set(changes.flatMap(({ customers }) => customers))];
}

/** Nothing had changed when the question was asked; not where all of it is still to be read. */
function seenCurrent(held: Held, asked: number): void {
  if (held.wantsWhole === -1) held.freshAt = Math.max(held.freshAt, asked);
}

function isUnbroken(changes: readonly DecisionChange[], counter: number): boolean {
  return changes.every((change, index) => change.counter === counter + index + 1);
}
