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

/** Writes plain allows to the ledger in the background, so that nobody waits for it at a checkout. */
export class Recorder {
  readonly #store: Store;
  readonly #options: RecorderOptions;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | null = null;
  #flushing: Promise<boolean> | null = null;
  #lost = 0;

  constructor(store: Store, options: RecorderOptions) {
    this.#store = store;
    this.#options = options;
  }

  add(waiting: Waiting): void {
    if (this.#waiting.length >= this.#options.most) {
      this.#lost += 1;
      return;
    }
    this.#waiting.push(waiting);
    // After a fault the queue is long, and the timer says when to try again.
    if (this.#waiting.length === this.#options.batch) void this.flush();
    else this.#after(this.#options.everyMs);
  }

  /** Writes what waits now. False when it could not be written; it then waits on. */
  async flush(): Promise<boolean> {
    while (this.#flushing !== null) await this.#flushing;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting.length === 0) return true;
    this.#flushing = this.#write().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  /** Writes everything that waits. What still cannot be written is given up, and said. */
  async close(): Promise<void> {
    while (this.#waiting.length > 0 || this.#flushing !== null) if (!(await this.flush())) break;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#lost += this.#waiting.length;
    this.#waiting = [];
    this.#sayLost();
  }

  #after(ms: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), ms).unref();
  }

  async #write(): Promise<boolean> {
    const batch = this.#waiting.splice(0, this.#options.batch);
    const shops = [...Map.groupBy(batch, (each) => each.shop.id)];
    let written = 0;
    try {
      for (const [shop, own] of shops) {
        await recordAllowed(this.#store, shop, own);
        written += 1;
      }
    } catch (error) {
      this.#waiting.unshift(...shops.slice(written).flatMap(([, own]) => own));
      this.#options.onFault(error);
      this.#after(AGAIN_MS);
      return false;
    }
    this.#sayLost();
    if (this.#waiting.length > 0) this.#after(0);
    return true;
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

/** A decision as the ledger is offered it. */
export function decisionEvent(
  body: EventBody<'decision.made'>,
  customer: CustomerId | null,
  occurredAt: Instant,
): OfferedEvent {
  return {
    kind: 'decision.made',
    body,
    subject: customer === null ? null : { id: customer, identifiers: [], shown: {} },
    occurredAt,
    source: 'evenhand',
    sourceId: `decision:${body.decision}`,
  };
}
