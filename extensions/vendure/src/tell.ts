import { randomUUID } from 'node:crypto';
import {
  AccountRegistrationEvent,
  CustomerEvent,
  EventBus,
  HistoryEntryEvent,
  type ID,
  type Injector,
  type Job,
  type JobQueue,
  JobQueueService,
  Logger,
  OrderPlacedEvent,
  RequestContextService,
  TransactionalConnection,
} from '@vendure/core';
import { OrderHistoryEntry } from '@vendure/core/dist/entity/history-entry/order-history-entry.entity';
import type { Evenhand } from './ask';
import type { Settings } from './options';
import type { Message, MessageType } from './payload';
import type { Records } from './records';
import { signed } from './signing';

export const CONTEXT = 'Evenhand';

type Task = {
  readonly type: MessageType;
  readonly id: string;
  /** The same at every try, so that Evenhand knows a message it has. */
  readonly delivery: string;
  readonly language: string | null;
  readonly asked: boolean;
};

/** Tries go on for days: what happened while Evenhand was down is told when it is back. */
const RETRIES = 1_000;
const ROUND_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 30_000;
const TOGETHER_MS = 25;

/**
 * Tells Evenhand what happens, by way of Vendure's own job queue. A task names what changed and nothing else: what is told is read when
 * it is sent, so no personal data lies in the queue.
 */
export class Teller {
  readonly #evenhand: Evenhand;
  readonly #settings: Settings;
  readonly #records: Records;
  readonly #injector: Injector;
  readonly #changed = new Map<string, NodeJS.Timeout>();
  readonly #stopping = new AbortController();
  #queue: JobQueue<Task> | undefined;

  constructor(evenhand: Evenhand, settings: Settings, records: Records, injector: Injector) {
    this.#evenhand = evenhand;
    this.#settings = settings;
    this.#records = records;
    this.#injector = injector;
  }

  async start(placed: (event: OrderPlacedEvent) => Promise<{ readonly asked: boolean }>): Promise<void> {
    this.#queue = await this.#injector.get(JobQueueService).createQueue<Task>({
      name: 'evenhand',
      process: (job) => this.#deliver(job),
    });
    const events = this.#injector.get(EventBus);
    events.ofType(OrderPlacedEvent).subscribe((event) => {
      this.#guarded(async () => {
        const { asked } = await placed(event);
        await this.#enqueue('order.placed', event.order.id, { language: event.ctx.languageCode, asked });
      });
    });
    events.ofType(HistoryEntryEvent).subscribe(({ entity, historyType }) => {
      if (historyType === 'order' && entity instanceof OrderHistoryEntry)
        this.#guarded(() => this.#orderChanged(entity));
    });
    events.ofType(CustomerEvent).subscribe(({ entity, type }) => {
      this.#guarded(() => this.#enqueue(type === 'deleted' ? 'customer.deleted' : 'customer.changed', entity.id));
    });
    events.ofType(AccountRegistrationEvent).subscribe(({ user }) => {
      this.#guarded(() => this.#registered(user.id));
    });
  }

  stop(): void {
    this.#stopping.abort();
    for (const timer of this.#changed.values()) clearTimeout(timer);
  }

  /** One step of a checkout makes several entries at once: they are told together. */
  async #orderChanged(entry: OrderHistoryEntry): Promise<void> {
    const id = entry.order?.id ?? (await this.#orderOf(entry.id));
    if (id === null) return;
    const key = String(id);
    if (this.#changed.has(key)) return;
    const timer = setTimeout(() => {
      this.#changed.delete(key);
      this.#guarded(async () => {
        const order = await this.#records.order(await this.#context(), id);
        if (order !== null && (order.placedAt !== null || order.payments.length > 0))
          await this.#enqueue('order.changed', id);
      });
    }, TOGETHER_MS);
    this.#changed.set(key, timer);
  }

  async #orderOf(entry: ID): Promise<ID | null> {
    const found = await this.#injector
      .get(TransactionalConnection)
      .getRepository(await this.#context(), OrderHistoryEntry)
      .findOne({ where: { id: entry }, relations: { order: true } });
    return found?.order.id ?? null;
  }

  async #registered(user: ID): Promise<void> {
    const id = await this.#records.customerOf(await this.#context(), user);
    if (id !== null) await this.#enqueue('customer.changed', id);
  }

  async #enqueue(
    type: MessageType,
    id: ID,
    live: { language: string | null; asked: boolean } = { language: null, asked: false },
  ) {
    await this.#queue?.add({ type, id: String(id), delivery: `msg_${randomUUID()}`, ...live }, { retries: RETRIES });
  }

  /** Keeps trying for some minutes and then gives the job back to the queue, where it waits for its next turn. */
  async #deliver({ data }: Job<Task>): Promise<string> {
    const begin = Date.now();
    for (let wait = 500; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const told = await this.#tell(data);
      if (told.done) return told.how;
      if (this.#stopping.signal.aborted || Date.now() - begin > ROUND_MS) throw new Error(told.how);
      Logger.verbose(`${data.type}: ${told.how}; again in ${wait} ms`, CONTEXT);
      await this.#pause(wait);
    }
  }

  async #tell({
    type,
    id,
    delivery,
    language,
    asked,
  }: Task): Promise<{ readonly done: boolean; readonly how: string }> {
    const ctx = await this.#context();
    const data = type.startsWith('order.')
      ? await this.#records.order(ctx, id, { language, asked })
      : await this.#records.customer(ctx, id);
    if (data === null) return { done: true, how: 'it is gone' };
    const now = Date.now();
    const message: Message = { type, timestamp: new Date(now).toISOString(), data };
    const body = JSON.stringify(message);
    try {
      const status = await this.#evenhand.send(signed(this.#settings.hookSecret, delivery, now, body), body);
      if (status >= 200 && status < 300) return { done: true, how: 'told' };
      if (status !== 400 && status !== 410 && status !== 413 && status !== 422)
        return { done: false, how: `Evenhand answers ${status}` };
      Logger.error(`Evenhand does not take ${type} (${status}). Look under Shop system there.`, CONTEXT);
      return { done: true, how: `not taken: ${status}` };
    } catch (error) {
      return { done: false, how: `Evenhand is not reached: ${error instanceof Error ? error.message : 'no answer'}` };
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.#stopping;
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
    });
  }

  #context() {
    return this.#injector.get(RequestContextService).create({ apiType: 'admin' });
  }

  /** What fails here is found by the nightly comparison; the shop goes on. */
  #guarded(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => {
      if (!this.#stopping.signal.aborted)
        Logger.error(`Not told: ${error instanceof Error ? error.message : 'unknown'}`, CONTEXT);
    });
  }
}
