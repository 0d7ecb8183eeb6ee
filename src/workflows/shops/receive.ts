import { type ConnectionId, isUuid } from '../../core/shared/brand.ts';
import type { Result } from '../../core/shared/result.ts';
import { type Instant, instant } from '../../core/shared/time.ts';
import type { NewReceived } from '../../ports/connections.ts';
import type {
  Connection,
  Credentials,
  RawWebhook,
  VerifiedWebhook,
  WebhookRefusal,
  WebhookSecret,
} from '../../ports/platforms.ts';
import type { ShopsDeps } from './deps.ts';

/** A connection with what its webhooks are checked by. */
interface Door {
  readonly connection: Connection;
  readonly secrets: readonly WebhookSecret[];
  readonly credentials: Credentials;
  readonly readAt: number;
}

/** kept: it is in the database · nothing: it says nothing (a ping) · else why it was not believed. */
export type Taken = 'kept' | 'nothing' | WebhookRefusal;

interface Waiting {
  readonly received: NewReceived;
  readonly kept: () => void;
  readonly failed: (error: unknown) => void;
}

/** How long a connection is remembered without asking. */
const FRESH_MS = 2_000;
/** A webhook that is not believed is checked once more with what is in the database, if what was remembered is older than this. */
const LOOK_AGAIN_MS = 250;
/** The disk takes the writes of several transactions at one go. */
const WRITES_AT_ONCE = 3;
const MOST_DOORS = 1_000;
const REJECTED_EVERY_MS = 1_000;

/**
 * Takes webhooks in: checks the signature and keeps the body, nothing else, so that the platform has its answer at once. Webhooks that come
 * while others are being written are written together, which costs none of them more than its own turn.
 */
export class Inbox {
  readonly #deps: Pick<ShopsDeps, 'store' | 'clock' | 'ids' | 'platforms'>;
  readonly #onFault: (error: unknown) => void;
  readonly #doors = new Map<ConnectionId, Promise<Door | null>>();
  #waiting: Waiting[] = [];
  #writing = 0;
  readonly #rejected = new Map<string, { door: Door; reason: WebhookRefusal; count: number; at: Instant }>();
  #rejectedTimer: NodeJS.Timeout | null = null;

  constructor(
    deps: Pick<ShopsDeps, 'store' | 'clock' | 'ids' | 'platforms'>,
    { onFault }: { readonly onFault: (error: unknown) => void },
  ) {
    this.#deps = deps;
    this.#onFault = onFault;
  }

  /** The connection that an address names; null: there is none. */
  async connection(named: string): Promise<Connection | null> {
    return (await this.#door(named))?.connection ?? null;
  }

  /** Forgets what is remembered of connections, for when one was changed here. */
  forget(): void {
    this.#doors.clear();
  }

  /** Resolves once the webhook is durable. Rejects when the database does not work; the platform then sends it again. */
  async take(named: string, webhook: RawWebhook): Promise<Taken> {
    const door = await this.#door(named);
    if (door === null) return 'stranger';
    let believed = this.#verify(door, webhook);
    let by = door;
    if (!believed.ok && performance.now() - door.readAt > LOOK_AGAIN_MS) {
      // A secret that was changed elsewhere a moment ago must not cost a webhook.
      this.#doors.delete(door.connection.id);
      by = (await this.#door(named)) ?? door;
      believed = this.#verify(by, webhook);
    }
    if (!believed.ok) {
      this.#reject(by, believed.error);
      return believed.error;
    }
    const { delivery, topic, triggeredAt } = believed.value;
    if (topic === null) return 'nothing';
    const now = this.#deps.clock.now();
    await this.#keep({
      shop: by.connection.shop,
      connection: by.connection.id,
      id: this.#deps.ids.next<string>(),
      delivery: `sent:${delivery}`,
      topic,
      body: webhook.body.toString('utf8'),
      triggeredAt,
      receivedAt: now,
      live: true,
      nextAt: now,
    });
    return 'kept';
  }

  async close(): Promise<void> {
    if (this.#rejectedTimer !== null) clearTimeout(this.#rejectedTimer);
    await this.#writeRejected();
  }

  async #door(named: string): Promise<Door | null> {
    if (!isUuid(named)) return null;
    const id = named as ConnectionId;
    const known = await this.#doors.get(id);
    if (known !== undefined && known !== null && performance.now() - known.readAt < FRESH_MS) return known;
    const asked = this.#read(id);
    if (this.#doors.size >= MOST_DOORS) this.#doors.clear();
    this.#doors.set(id, asked);
    asked.then(
      (door) => {
        if (door === null) this.#doors.delete(id);
      },
      () => this.#doors.delete(id),
    );
    return asked;
  }

  async #read(id: ConnectionId): Promise<Door | null> {
    const { connections } = this.#deps.store;
    const connection = await connections.byId(id);
    if (connection === null) return null;
    const [secrets, credentials] = await Promise.all([
      connections.hookSecrets(connection.shop, id),
      connections.credentials(connection.shop, id),
    ]);
    return { connection, secrets, credentials, readAt: performance.now() };
  }

  #verify({ connection, secrets, credentials }: Door, webhook: RawWebhook): Result<VerifiedWebhook, WebhookRefusal> {
    const now = this.#deps.clock.now();
    const good = secrets.filter(({ until }) => until === null || until > now);
    return this.#deps.platforms.of(connection.platform).verify(webhook, good, connection, credentials, now);
  }

  #keep(received: NewReceived): Promise<void> {
    return new Promise((kept, failed) => {
      this.#waiting.push({ received, kept, failed });
      void this.#write();
    });
  }

  /** A few writes at a time: what comes meanwhile goes with the next. */
  async #write(): Promise<void> {
    if (this.#writing >= WRITES_AT_ONCE) return;
    this.#writing += 1;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#deps.store.received.add(batch.map(({ received }) => received));
        for (const { kept } of batch) kept();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing -= 1;
  }

  /** Counted in memory and written now and then, so that whoever sends rubbish cannot make the database work. */
  #reject(door: Door, reason: WebhookRefusal): void {
    const key = `${door.connection.id} ${reason}`;
    const count = (this.#rejected.get(key)?.count ?? 0) + 1;
    this.#rejected.set(key, { door, reason, count, at: this.#deps.clock.now() });
    this.#rejectedTimer ??= setTimeout(() => {
      this.#rejectedTimer = null;
      this.#writeRejected().catch(this.#onFault);
    }, REJECTED_EVERY_MS).unref();
  }

  async #writeRejected(): Promise<void> {
    const rejected = [...this.#rejected.values()].map(({ door: { connection }, reason, count, at }) => ({
      shop: connection.shop,
      connection: connection.id,
      reason,
      count,
      at: instant(at),
    }));
    this.#rejected.clear();
    await this.#deps.store.received.reject(rejected);
  }
}
