import type { ShopId } from '../../core/shared/brand.ts';
import type { ChangeFeed } from '../../ports/changes.ts';
import type { EnforcementStore } from '../../ports/standing.ts';
import { Snapshot } from './snapshot.ts';

export interface SnapshotsOptions {
  /** Null: nobody tells, and only asking shows what changed. */
  readonly changes: ChangeFeed | null;
  /** How often to ask whether something changed unnoticed. */
  readonly pollMs: number;
  readonly onFault: (error: unknown) => void;
}

/** What is held of one shop. A snapshot that could not be renewed serves on, and is asked for again. */
interface Held {
  snapshot: Snapshot | null;
  /** The shop's counter of changes when the snapshot was read; null when it must be read again. */
  counter: number | null;
  loading: Promise<void> | null;
  changedMeanwhile: boolean;
}

/** The snapshots of all shops that were asked about, renewed as soon as something changes. */
export class Snapshots {
  readonly #store: EnforcementStore;
  readonly #onFault: (error: unknown) => void;
  readonly #held = new Map<ShopId, Held>();
  readonly #timer: NodeJS.Timeout;
  readonly #stopListening: (() => Promise<void>) | undefined;
  #polling: Promise<void> | null = null;

  constructor(store: EnforcementStore, { changes, pollMs, onFault }: SnapshotsOptions) {
    this.#store = store;
    this.#onFault = onFault;
    this.#stopListening = changes?.listen(
      (change) => {
        if (change.decisions && this.#held.has(change.shop)) this.#renew(change.shop).catch(onFault);
      },
      () => void this.poll(),
    );
    this.#timer = setInterval(() => void this.poll(), pollMs).unref();
  }

  /** The shop's snapshot: at once when there is one, else after reading it. */
  of(shop: ShopId): Snapshot | Promise<Snapshot> {
    return this.#held.get(shop)?.snapshot ?? this.#first(shop);
  }

  /** Renews what changed unnoticed. Never fails. */
  poll(): Promise<void> {
    this.#polling ??= this.#renewChanged()
      .catch(this.#onFault)
      .finally(() => {
        this.#polling = null;
      });
    return this.#polling;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#stopListening?.();
    await this.#polling;
    await Promise.all([...this.#held.values()].map((held) => held.loading?.catch(() => undefined)));
  }

  async #first(shop: ShopId): Promise<Snapshot> {
    await this.#renew(shop);
    const snapshot = this.#held.get(shop)?.snapshot;
    if (snapshot == null) throw new Error('A snapshot was read and is not there');
    return snapshot;
  }

  async #renewChanged(): Promise<void> {
    if (this.#held.size === 0) return;
    const counters = await this.#store.changes();
    const behind = [...this.#held].filter(([shop, held]) => held.counter !== (counters.get(shop) ?? 0));
    await Promise.all(behind.map(([shop]) => this.#renew(shop)));
  }

  /** Reads a shop's snapshot. A change during the reading makes it be read once more. */
  #renew(shop: ShopId): Promise<void> {
    const held = this.#held.get(shop) ?? { snapshot: null, counter: null, loading: null, changedMeanwhile: false };
    this.#held.set(shop, held);
    if (held.loading !== null) {
      held.changedMeanwhile = true;
      return held.loading;
    }
    held.loading = this.#read(shop, held).finally(() => {
      held.loading = null;
    });
    return held.loading;
  }

  async #read(shop: ShopId, held: Held): Promise<void> {
    held.counter = null;
    do {
      held.changedMeanwhile = false;
      // The counter first: what changes after it is read shows as a difference later.
      const counter = (await this.#store.changes()).get(shop) ?? 0;
      const [restricted, allowed] = await Promise.all([this.#store.restricted(shop), this.#store.allowed(shop)]);
      held.snapshot = new Snapshot(restricted, allowed);
      held.counter = counter;
    } while (held.changedMeanwhile);
  }
}
