import { verifyStandardWebhook } from '../../src/adapters/net/standard-webhooks.ts';
import { createPlatforms } from '../../src/adapters/shops/platforms.ts';
import { type Abilities, enforcementPoints, shopActKinds } from '../../src/core/enforcement/types.ts';
import type { CustomerReference, IncomingEnvelope } from '../../src/core/events/incoming.ts';
import { obligation } from '../../src/core/events/measures.ts';
import { err, ok, type Result } from '../../src/core/shared/result.ts';
import { formatInstant, type Instant, parseInstant } from '../../src/core/shared/time.ts';
import type { PlatformRegistry } from '../../src/ports/connections.ts';
import type {
  ConnectionCheck,
  Credentials,
  Json,
  PlatformFault,
  PlatformReading,
  PlatformRecord,
  Reach,
  ReadingContext,
  ReadingFault,
  ShopPlatform,
} from '../../src/ports/platforms.ts';

/** A shop system that only tests run: what it holds, what it is asked, and how it misbehaves. */
export interface TestShopSystem {
  /** Everything it has, in the order in which `history` gives it. */
  past: PlatformRecord[];
  pageSize: number;
  waitMs: number;
  /** What the next calls of `history` fail with, one each. */
  faults: PlatformFault[];
  check: Partial<ConnectionCheck>;
  connect: PlatformFault | null;
  /** What it was asked, by name. */
  readonly asked: string[];
  /** The secret it signs with, as it was last told. */
  secret: string;
  /** Called with the cursor of every page that is asked for. */
  onPage: (cursor: Json | null) => void;
  readonly platform: ShopPlatform;
  readonly platforms: PlatformRegistry;
}

const can: Abilities = Object.fromEntries(
  [...enforcementPoints, ...obligation.options, ...shopActKinds].map((name) => [name, { how: 'itself', note: null }]),
) as unknown as Abilities;

/** Reads `past` like a platform would: a page at a time, oldest first. */
export function testShopSystem({ signsIn = false }: { readonly signsIn?: boolean } = {}): TestShopSystem {
  const asked: string[] = [];
  const system: Omit<TestShopSystem, 'platform' | 'platforms'> = {
    past: [],
    pageSize: 50,
    waitMs: 0,
    faults: [],
    check: {},
    connect: null,
    asked,
    secret: '',
    onPage: () => undefined,
  };
  const platform: ShopPlatform = {
    name: 'generic',
    abilities: can,
    fields: [
      { name: 'key', kind: 'text', required: true },
      { name: 'token', kind: 'secret', required: false },
    ],
    readAddress: (typed) => {
      const text = typed.includes('://') ? typed : `https://${typed}`;
      return URL.canParse(text) && new URL(text).hostname.includes('.') ? new URL(text).origin : null;
    },
    async check({ credentials }) {
      asked.push('check');
      return { ...checkOf(credentials), ...system.check };
    },
    async connect(reach) {
      asked.push('connect');
      if (system.connect !== null) return err(system.connect);
      system.secret = reach.hookSecret;
      return ok({ webhook: reach.hookUrl });
    },
    async disconnect() {
      asked.push('disconnect');
      return ok(null);
    },
    verify(webhook, secrets, connection, _credentials, now) {
      const believed = verifyStandardWebhook(webhook, secrets, now);
      if (!believed.ok) return believed;
      const shop = webhook.headers['x-shop'];
      if (shop !== undefined && shop !== connection.address) return err('stranger');
      return ok({
        delivery: believed.value.id,
        topic: webhook.headers['x-topic'] ?? null,
        triggeredAt: believed.value.signedAt,
      });
    },
    read: readRecord,
    async history(_reach: Reach, from, since) {
      asked.push('history');
      system.onPage(from);
      const fault = system.faults.shift();
      if (fault !== undefined) return err(fault);
      const all = system.past.filter(({ payload }) => since === null || changedAt(payload) >= since);
      const at = typeof from === 'number' ? from : 0;
      const next = at + system.pageSize;
      return ok({
        records: all.slice(at, next),
        next: next < all.length ? next : null,
        total: all.length,
        waitMs: system.waitMs,
      });
    },
    async order(_reach, id) {
      asked.push(`order ${id}`);
      const found = system.past.find(({ topic, payload }) => topic === 'order' && field(payload, 'id') === id);
      return found === undefined ? err({ kind: 'gone' }) : ok([found]);
    },
    mark: async () => ok(null),
    listGuests: async (_reach, guests) => ok({ fitted: guests.length }),
    act: async (_reach, act) => {
      asked.push(act.kind);
      return ok({ reference: null });
    },
    authorise: signsIn
      ? {
          needed: ({ token }) => token === undefined,
          begin: ({ address, state, callback }) =>
            `${address}/sign-in?${new URLSearchParams({ state, back: callback })}`,
          finish: async ({ credentials, query, state }) =>
            query.state === state && query.code === 'granted'
              ? ok({ ...credentials, token: 'granted' })
              : err({ kind: 'unauthorised' }),
        }
      : null,
  };
  return Object.assign(system, { platform, platforms: createPlatforms([platform]) });
}

const checkOf = (credentials: Credentials): ConnectionCheck => ({
  fault: credentials.key === 'wrong' ? { kind: 'unauthorised' } : null,
  shopName: 'A shop system',
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  version: '1',
  scopes: [{ name: 'read_orders', granted: true, for: ['history'] }],
  notes: [],
});

/** An order as the system shows it at one moment. */
export interface ShownOrder {
  readonly id: string;
  readonly name: string;
  readonly customer: { readonly id?: string; readonly email?: string };
  readonly placed_at: string;
  readonly updated_at: string;
  readonly total: number;
  readonly address?: string;
  readonly delivered_at?: string;
  readonly created?: boolean;
}

export const order = (shown: ShownOrder): PlatformRecord => ({ topic: 'order', payload: { ...shown } as Json });
export const refund = (shown: {
  readonly id: string;
  readonly order_id: string;
  readonly amount: number;
  readonly at: string;
  readonly customer: { readonly id?: string; readonly email?: string };
}): PlatformRecord => ({ topic: 'refund', payload: { ...shown } as Json });
export const about = (topic: string, payload: { readonly [key: string]: Json }): PlatformRecord => ({ topic, payload });

const field = (payload: Json, name: string): unknown =>
  typeof payload === 'object' && payload !== null && !Array.isArray(payload)
    ? (payload as { readonly [key: string]: Json })[name]
    : undefined;

function changedAt(payload: Json): Instant {
  const at = parseInstant(String(field(payload, 'updated_at') ?? field(payload, 'at')));
  if (at === null) throw new Error('A record of the test has no time');
  return at;
}

const NOTHING: PlatformReading = { events: [], names: [], addresses: [], effects: [] };

function readRecord(record: PlatformRecord, context: ReadingContext): Result<PlatformReading, ReadingFault> {
  const drift = (path: string) => err({ kind: 'drift' as const, path, message: 'is missing' });
  const text = (name: string): string => String(field(record.payload, name) ?? '');
  const customerAt = (name: string): CustomerReference | null => {
    const customer = field(record.payload, name) as Json | undefined;
    if (customer === undefined) return null;
    const id = field(customer, 'id');
    const email = field(customer, 'email');
    return {
      ...(typeof id === 'string' ? { externalId: context.customerNumber(id) } : {}),
      ...(typeof email === 'string' ? { email } : {}),
    };
  };
  const customer = customerAt('customer');
  switch (record.topic) {
    case 'breaks':
      throw new Error('Reading this breaks');
    case 'order': {
      if (text('id') === '') return drift('id');
      if (customer === null) return drift('customer');
      return ok(readOrder(record.payload as unknown as ShownOrder, customer, context));
    }
    case 'refund': {
      if (text('id') === '') return drift('id');
      if (customer === null) return drift('customer');
      const name = context.orderName(text('order_id'));
      if (name === null) return err({ kind: 'needs', order: text('order_id') });
      const amount = { amount: Number(field(record.payload, 'amount')), currency: context.currency };
      return ok({
        ...NOTHING,
        events: [
          {
            kind: 'refund.issued',
            id: `refund:${text('id')}`,
            occurredAt: text('at'),
            customer,
            body: { refund: text('id'), order: name, amount, goodsBack: false },
          },
        ],
      });
    }
    case 'customer/erase':
      return customer === null
        ? drift('customer')
        : ok({ ...NOTHING, effects: [{ kind: 'erase_customer', customer }] });
    case 'customer/data':
      return customer === null ? drift('customer') : ok({ ...NOTHING, effects: [{ kind: 'data_asked', customer }] });
    case 'customer/merge': {
      const [kept, gone] = [customerAt('kept'), customerAt('gone')];
      return kept === null || gone === null
        ? drift('kept')
        : ok({ ...NOTHING, effects: [{ kind: 'customers_merged', kept, gone }] });
    }
    case 'uninstalled':
      return ok({ ...NOTHING, effects: [{ kind: 'uninstalled' }] });
    case 'shop/erase':
      return ok({ ...NOTHING, effects: [{ kind: 'erase_shop' }] });
    default:
      return ok(NOTHING);
  }
}

function readOrder(shown: ShownOrder, customer: CustomerReference, { currency }: ReadingContext): PlatformReading {
  const { id, name, placed_at, updated_at, total, address, delivered_at, created } = shown;
  const events: IncomingEnvelope[] = [
    {
      kind: 'order.placed',
      id: `order:${id}:placed`,
      occurredAt: placed_at,
      customer,
      body: { order: name, total: { amount: total, currency } },
    },
  ];
  if (delivered_at !== undefined)
    events.push({
      kind: 'order.delivered',
      id: `order:${id}:delivered`,
      occurredAt: delivered_at,
      customer,
      body: { order: name },
    });
  const version = parseInstant(updated_at);
  if (version === null) throw new Error('An order of the test has no version');
  return {
    events,
    names: [{ id, name }],
    addresses:
      address === undefined
        ? []
        : [
            {
              order: name,
              customer,
              version,
              address,
              stage: delivered_at === undefined ? 'before_dispatch' : 'after_delivery',
            },
          ],
    effects:
      created === true ? [{ kind: 'order_placed', order: id, name, customer, language: null, asked: false }] : [],
  };
}

export const iso = (at: Instant): string => formatInstant(at);
