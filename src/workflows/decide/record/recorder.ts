import type { Surface } from '../../../core/events/measures.ts';
import type { DecisionId, ShopId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { DecisionJournal, JournalEntry } from '../../../ports/journal.ts';
import type { OfferedEvent } from '../../../ports/ledger.ts';
import type { Store } from '../../../ports/store.ts';
import type { Ids, Shop } from '../../../ports.ts';
import { type Pulse, steadyMs } from '../pulse.ts';
import { AllowedBatch } from './allowed.ts';
import { appendSurely } from './append-surely.ts';
import { Hits } from './hits.ts';
import { isUnreachable } from './unreachable.ts';

export interface RecorderOptions {
  /** How long a plain allow may wait before it is written: what a crash can lose. */
  readonly flushMs: number;
  /** How long an answer waits for the database before it goes to the journal instead. */
  readonly patienceMs: number;
  /** Null: there is none, and an answer that cannot be written is not given. */
  readonly journal: DecisionJournal | null;
  readonly shopOf: (shop: ShopId) => Promise<Shop | null>;
  readonly onFault: (error: unknown) => void;
}

interface Pending {
  readonly event: OfferedEvent;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** What of one shop is to be written. */
class Desk {
  readonly shop: Shop;
  pending: Pending[] = [];
  batch: AllowedBatch | null = null;
  /** A batch that is closed and could not be written yet. */
  closed: OfferedEvent | null = null;
  /** The batch is to be written with the next transaction. */
  due = false;
  writing: Promise<void> | null = null;
  /** When the transaction began that is being written, on the steady clock. */
  since = 0;

  constructor(shop: Shop) {
    this.shop = shop;
  }
}

const AT_ONCE = 200;
const AGAIN_MS = 1_000;
/** What the database refused is offered again so often: it may have been a lock, or a shop that is mended. */
const REFUSED_AGAIN_MS = 60_000;
/** Of the journal's room, what counts of plain allows may fill; the rest is for what must not be lost. */
const ALLOWED_SHARE = 0.5;

/**
 * Writes decisions down. Plain allows are counted and written a batch at a time, behind the answers. Everything else is durable before it is
 * answered: in the ledger, many at once in one transaction; or, when the database does not answer, in a journal on this machine's disk,
 * from where it is delivered when the database is back.
 */
export class Recorder {
  readonly #store: Store;
  readonly #ids: Ids;
  readonly #pulse: Pulse;
  readonly #options: RecorderOptions;
  readonly #hits: Hits;
  readonly #desks = new Map<ShopId, Desk>();
  #timer: NodeJS.Timeout | null = null;
  #delivery: NodeJS.Timeout | null = null;
  /** On the steady clock. */
  #deliveryDueAt = 0;
  #closed = false;

  constructor(store: Store, ids: Ids, pulse: Pulse, options: RecorderOptions) {
    this.#store = store;
    this.#ids = ids;
    this.#pulse = pulse;
    this.#options = options;
    this.#hits = new Hits(store.lists);
    pulse.whenBack(() => this.#deliverSoon(0));
    if (options.journal?.isEmpty === false) this.#deliverSoon(0);
  }

  /** Counts a plain allow; gives its id. */
  allow(shop: Shop, where: Surface, now: Instant): DecisionId {
    const desk = this.#deskOf(shop);
    if (desk.batch?.isFull === true) this.#closeBatch(desk);
    desk.batch ??= new AllowedBatch(this.#ids, now);
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.flushMs).unref();
    return desk.batch.add(where, now);
  }

  /** An entry of a list was found by a decision. */
  hit(shop: ShopId, entry: string, at: Instant): void {
    this.#hits.add(shop, entry, at);
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.flushMs).unref();
  }

  /** Makes a decision durable. Says where it is; rejects when it can be nowhere. `unsure`: what to write where the database did not answer. */
  async write(shop: Shop, event: OfferedEvent, unsure: OfferedEvent = event): Promise<'ledger' | 'journal'> {
    if (!this.#pulse.isAway || this.#options.journal === null) {
      try {
        await this.#inLedger(this.#deskOf(shop), event);
        return 'ledger';
      } catch (error) {
        if (this.#options.journal === null) throw error;
      }
    }
    await this.#options.journal.add([{ shop: shop.id, event: unsure }]);
    this.#deliverSoon(AGAIN_MS);
    return 'journal';
  }

  /** Writes what waits now, of every shop. What cannot be written waits on, or goes to the journal. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await Promise.all([
      ...[...this.#desks.values()].map((desk) => {
        if (desk.batch === null && desk.closed === null) return this.#patiently(desk.writing);
        desk.due = true;
        return this.#patiently(this.#isStuck(desk) ? this.#around(desk) : this.#drive(desk));
      }),
      this.#patiently(this.#hits.flush().catch((error: unknown) => this.#pulse.failed(error))),
    ]);
    if (this.#closed || this.#timer !== null) return;
    const waits = [...this.#desks.values()].some(({ batch, closed }) => batch !== null || closed !== null);
    if (waits || this.#hits.waits) this.#timer = setTimeout(() => void this.flush(), AGAIN_MS).unref();
  }

  /** Delivers what lies in the journal. False: some of it must wait. */
  async deliver(): Promise<boolean> {
    const { journal, onFault } = this.#options;
    if (journal === null || journal.isEmpty) return true;
    let refused = 0;
    let gone: unknown = null;
    try {
      await journal.deliver(async (entries) => {
        try {
          const left = await this.#take(entries);
          refused += left.length;
          return left;
        } catch (error) {
          if (isUnreachable(error)) gone = error;
          throw error;
        }
      }, onFault);
      if (refused > 0) this.#deliverSoon(REFUSED_AGAIN_MS);
      return refused === 0;
    } catch (error) {
      // While the database is away, its coming back delivers. A disk that refuses is not the database.
      if (gone !== null) this.#pulse.failed(gone);
      else {
        onFault(error);
        this.#deliverSoon(REFUSED_AGAIN_MS);
      }
      return false;
    }
  }

  /** Writes everything that waits. What can be written nowhere is given up, and said. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
    await Promise.all([...this.#desks.values()].map(({ writing }) => this.#patiently(writing)));
    if (this.#delivery !== null) clearTimeout(this.#delivery);
    await this.#patiently(this.deliver());
    let lost = 0;
    for (const { batch, closed } of this.#desks.values())
      lost += (batch?.count ?? 0) + (closed === null ? 0 : countOf(closed));
    if (lost > 0) this.#options.onFault(new Error(`${lost} decisions to allow were given and not recorded`));
    await this.#patiently(this.#options.journal?.close());
  }

  /** As long as an answer would wait: a database that says nothing must hold nobody up for ever. */
  async #patiently(work: Promise<unknown> | null | undefined): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise((resolve) => {
      timer = setTimeout(resolve, this.#options.patienceMs);
    });
    await Promise.race([work, enough]);
    clearTimeout(timer);
  }

  #isStuck({ writing, since }: Desk): boolean {
    return writing !== null && steadyMs() - since > this.#options.patienceMs;
  }

  /** What was counted goes to the journal while a transaction does not end. */
  async #around(desk: Desk): Promise<void> {
    this.#closeBatch(desk);
    await this.#setAside(desk);
  }

  #deskOf(shop: Shop): Desk {
    const known = this.#desks.get(shop.id);
    if (known !== undefined) return known;
    const desk = new Desk(shop);
    this.#desks.set(shop.id, desk);
    return desk;
  }

  /** In the ledger, with whatever else of the shop waits; rejects when that takes too long. */
  #inLedger(desk: Desk, event: OfferedEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        // It may be in the ledger all the same, or come there yet: the same event twice is there once.
        desk.pending = desk.pending.filter((each) => each !== pending);
        reject(new Error('The database took too long to record a decision'));
      }, this.#options.patienceMs);
      const pending: Pending = {
        event,
        done: () => {
          clearTimeout(timer);
          resolve();
        },
        failed: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      desk.pending.push(pending);
      void this.#drive(desk);
    });
  }

  /** Writes one transaction after the other until nothing waits. Never fails. */
  #drive(desk: Desk): Promise<void> {
    desk.writing ??= this.#writeAll(desk);
    return desk.writing;
  }

  async #writeAll(desk: Desk): Promise<void> {
    // A turn for others, so that requests that came together are written together.
    await null;
    while (desk.pending.length > 0 || desk.due) {
      const some = desk.pending.splice(0, AT_ONCE);
      const withBatch = desk.due;
      if (withBatch) this.#closeBatch(desk);
      desk.due = false;
      const { closed } = desk;
      const events = some.map(({ event }) => event);
      if (withBatch && closed !== null) events.push(closed);
      if (events.length === 0) continue;
      desk.since = steadyMs();
      try {
        await appendSurely(this.#store, desk.shop, events);
        this.#pulse.answered();
        if (withBatch && desk.closed === closed) desk.closed = null;
        for (const { done } of some) done();
      } catch (error) {
        this.#failed(error);
        for (const { failed } of some) failed(error);
        await this.#setAside(desk);
      }
    }
    // In the same turn as the last look: whoever comes after begins anew.
    desk.writing = null;
  }

  /** Takes the batch that is being counted for the one to write, unless another still waits: then it goes on being counted. */
  #closeBatch(desk: Desk): void {
    if (desk.closed !== null || desk.batch === null) return;
    desk.closed = desk.batch.event();
    desk.batch = null;
  }

  /** A batch that the database did not take goes to the journal, so that a crash does not lose it; where that is full it waits in memory. */
  async #setAside(desk: Desk): Promise<void> {
    const { closed } = desk;
    if (closed === null || this.#options.journal === null) return;
    try {
      await this.#options.journal.add([{ shop: desk.shop.id, event: closed }], ALLOWED_SHARE);
      if (desk.closed === closed) desk.closed = null;
      this.#deliverSoon(AGAIN_MS);
    } catch {
      // What is being counted takes no room, and the batch is offered again.
    }
  }

  #deliverSoon(ms: number): void {
    if (this.#closed || this.#options.journal === null) return;
    const dueAt = steadyMs() + ms;
    if (this.#delivery !== null && this.#deliveryDueAt <= dueAt) return;
    if (this.#delivery !== null) clearTimeout(this.#delivery);
    this.#deliveryDueAt = dueAt;
    this.#delivery = setTimeout(() => {
      this.#delivery = null;
      // While it is away, its coming back delivers.
      if (!this.#pulse.isAway) void this.deliver();
    }, ms).unref();
  }

  /** Gives what the ledger refused; rejects when the database is gone. Nothing of one shop, and no single event, holds up the rest. */
  async #take(entries: readonly JournalEntry[]): Promise<readonly JournalEntry[]> {
    const refused: JournalEntry[] = [];
    for (const [id, own] of Map.groupBy(entries, ({ shop }) => shop)) {
      const shop = await this.#options.shopOf(id);
      if (shop === null) {
        this.#options.onFault(
          new Error(`${own.length} recorded decisions belong to a shop that is gone, and are dropped`),
        );
        continue;
      }
      if (!(await this.#offer(shop, own)))
        for (const one of own) if (!(await this.#offer(shop, [one]))) refused.push(one);
    }
    if (refused.length > 0)
      this.#options.onFault(
        new Error(
          `The ledger refused ${refused.length} recorded decisions; they stay in the journal and are offered again`,
        ),
      );
    return refused;
  }

  async #offer(shop: Shop, entries: readonly JournalEntry[]): Promise<boolean> {
    try {
      await appendSurely(
        this.#store,
        shop,
        entries.map(({ event }) => event),
      );
      return true;
    } catch (error) {
      if (isUnreachable(error)) throw error;
      if (entries.length === 1) this.#options.onFault(error);
      return false;
    }
  }

  /** The database is away, or it refused something and answers all the same. */
  #failed(error: unknown): void {
    if (isUnreachable(error)) this.#pulse.failed(error);
    else this.#options.onFault(error);
  }
}

function countOf(event: OfferedEvent): number {
  if (event.kind !== 'decisions.allowed') return 0;
  return Object.values(event.body.surfaces).reduce((sum, count) => sum + count, 0);
}
