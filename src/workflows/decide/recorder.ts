import type { EventBody } from '../../core/events/event.ts';
import type { CustomerId, ShopId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';

/** A decision that waits to be recorded. */
export interface Waiting {
  readonly shop: Shop;
  readonly body: EventBody<'decision.made'>;
  /** Identifiers of whoever it was about, strongest first. */
  readonly hashes: readonly string[];
  readonly at: Instant;
}

export interface RecorderOptions {
  /** How long a decision may wait. */
  readonly everyMs: number;
  /** So many are written without waiting longer. */
  readonly batch: number;
  /** So many may wait, while the database does not answer; what comes on top is not recorded. */
  readonly most: number;
  readonly onFault: (error: unknown) => void;
}

const AGAIN_MS = 1_000;

/**
 * Writes plain allows to the ledger in the background, so that nobody waits for it at a checkout. Each shop has a queue of its
 * own: one whose decisions cannot be written rests for a moment, and neither holds up nor crowds out the others.
 */
export class Recorder {
  readonly #store: Store;
  readonly #options: RecorderOptions;
  /** Only shops with decisions that wait. */
  readonly #queues = new Map<ShopId, Waiting[]>();
  #waiting = 0;
  /** Shops that failed, until it is time to try them again. */
  readonly #resting = new Set<ShopId>();
  #timer: NodeJS.Timeout | null = null;
  #again: NodeJS.Timeout | null = null;
  #flushing: Promise<boolean> | null = null;
  #lost = 0;

  constructor(store: Store, options: RecorderOptions) {
    this.#store = store;
    this.#options = options;
  }

  add(waiting: Waiting): void {
    const shop = waiting.shop.id;
    if (this.#waiting >= this.#options.most && !this.#makeRoom(shop)) {
      this.#lost += 1;
      return;
    }
    const length = this.#put(shop, [waiting]);
    if (this.#resting.has(shop)) return;
    if (length === this.#options.batch) void this.#run(false);
    else this.#after(this.#options.everyMs);
  }

  /** Writes what waits now, of every shop. False when some could not be written; it then waits on. */
  flush(): Promise<boolean> {
    return this.#run(true);
  }

  /** Writes everything that waits. What still cannot be written is given up, and said. */
  async close(): Promise<void> {
    while (this.#waiting > 0 || this.#flushing !== null) {
      const before = this.#waiting;
      // Shops that fail must not keep the others from being written to the end.
      if (!(await this.flush()) && this.#waiting >= before) break;
    }
    this.#stopTimers();
    this.#lost += this.#waiting;
    this.#queues.clear();
    this.#waiting = 0;
    this.#sayLost();
  }

  /** Takes the newest from the longest queue, unless this shop's own is as long. */
  #makeRoom(shop: ShopId): boolean {
    let longest: readonly [ShopId, number] = [shop, (this.#queues.get(shop)?.length ?? 0) + 1];
    for (const [other, { length }] of this.#queues) if (length > longest[1]) longest = [other, length];
    if (longest[0] === shop) return false;
    this.#queues.get(longest[0])?.pop();
    this.#waiting -= 1;
    this.#lost += 1;
    return true;
  }

  #put(shop: ShopId, added: readonly Waiting[], where: 'first' | 'last' = 'last'): number {
    const queue = this.#queues.get(shop) ?? [];
    this.#queues.set(shop, queue);
    this.#waiting += added.length;
    return where === 'last' ? queue.push(...added) : queue.unshift(...added);
  }

  #take(shop: ShopId): readonly Waiting[] {
    const queue = this.#queues.get(shop) ?? [];
    const batch = queue.splice(0, this.#options.batch);
    if (queue.length === 0) this.#queues.delete(shop);
    this.#waiting -= batch.length;
    return batch;
  }

  #after(ms: number): void {
    this.#timer ??= setTimeout(() => void this.#run(false), ms).unref();
  }

  #rest(shop: ShopId): void {
    this.#resting.add(shop);
    this.#again ??= setTimeout(() => void this.#run(true), AGAIN_MS).unref();
  }

  #stopTimers(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#again !== null) clearTimeout(this.#again);
    this.#timer = null;
    this.#again = null;
  }

  async #run(all: boolean): Promise<boolean> {
    while (this.#flushing !== null) await this.#flushing;
    if (all) {
      this.#stopTimers();
      this.#resting.clear();
    } else if (this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    if (this.#waiting === 0) return true;
    this.#flushing = this.#write().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  /** One batch of every shop that does not rest. */
  async #write(): Promise<boolean> {
    let written = 0;
    let whole = true;
    for (const shop of [...this.#queues.keys()]) {
      if (this.#resting.has(shop)) continue;
      const batch = this.#take(shop);
      try {
        await recordAllowed(this.#store, shop, batch);
        written += 1;
      } catch (error) {
        whole = false;
        this.#put(shop, batch, 'first');
        this.#rest(shop);
        this.#options.onFault(error);
      }
    }
    if (written > 0) this.#sayLost();
    if ([...this.#queues.keys()].some((shop) => !this.#resting.has(shop))) this.#after(0);
    return whole;
  }

  #sayLost(): void {
    if (this.#lost === 0) return;
    const count = this.#lost;
    this.#lost = 0;
    this.#options.onFault(new Error(`${count} decisions to allow were given and not recorded`));
  }
}

/** Who a decision was about is looked up here: a customer the shop knows already, or nobody. Asking makes nobody a customer. */
async function recordAllowed(store: Store, shop: ShopId, own: readonly Waiting[]): Promise<void> {
  const [first] = own;
  if (first === undefined) return;
  await store.transaction(async (inside) => {
    await inside.ledger.lock(shop);
    const customers = await inside.enforcement.customersOf(shop, [...new Set(own.flatMap((each) => each.hashes))]);
    await inside.ledger.append(
      first.shop,
      own.map(({ body, hashes, at }) => {
        const known = hashes.find((hash) => customers.has(hash));
        return decisionEvent(body, known === undefined ? null : (customers.get(known) ?? null), at);
      }),
    );
  });
}

/** A decision as the ledger is offered it; the remark is sealed with it for whoever reads the customer's history. */
export function decisionEvent(
  body: EventBody<'decision.made'>,
  customer: CustomerId | null,
  occurredAt: Instant,
  remark?: string,
): OfferedEvent {
  return {
    kind: 'decision.made',
    body,
    subject: customer === null ? null : { id: customer, identifiers: [], shown: {} },
    private: remark === undefined ? undefined : { reason: remark },
    occurredAt,
    source: 'evenhand',
    sourceId: `decision:${body.decision}`,
  };
}
