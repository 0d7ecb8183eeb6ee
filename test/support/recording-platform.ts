import type {
  Abilities,
  AbilityName,
  CustomerMarks,
  Honours,
  Sentence,
  ShopAct,
} from '../../src/core/enforcement/types.ts';
import { enforcementPoints, shopActKinds } from '../../src/core/enforcement/types.ts';
import { obligation } from '../../src/core/events/measures.ts';
import { type ConnectionId, id } from '../../src/core/shared/brand.ts';
import { err, ok } from '../../src/core/shared/result.ts';
import type { Instant } from '../../src/core/shared/time.ts';
import type { PlatformRegistry } from '../../src/ports/connections.ts';
import {
  type Connection,
  type ConnectionSettings,
  defaultConnectionSettings,
  type Json,
  type ListedGuest,
  type MarkedCustomer,
  type PlatformFault,
  type PlatformReading,
  type ShopPlatform,
} from '../../src/ports/platforms.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';

/** What was asked of the platform, in order. */
export type Asked =
  | { readonly what: 'mark'; readonly customer: MarkedCustomer; readonly marks: CustomerMarks }
  | { readonly what: 'guests'; readonly guests: readonly ListedGuest[]; readonly sentences: readonly Sentence[] }
  | { readonly what: 'act'; readonly act: ShopAct; readonly customer: MarkedCustomer | null; readonly key: string };

/** A platform that keeps what it is told, does each key once, and answers as a test wants it to. */
export interface TestPlatform {
  readonly platform: ShopPlatform;
  readonly platforms: PlatformRegistry;
  readonly asked: Asked[];
  /** What it shows of each customer, by number or e-mail address. */
  readonly shows: Map<string, CustomerMarks>;
  /** Orders that are held there. */
  readonly held: Set<string>;
  readonly guests: () => readonly ListedGuest[];
  readonly acts: () => readonly ShopAct[];
  /** How the next calls are answered: a fault, or null for as usual. An error is thrown. Afterwards all is as usual again. */
  readonly answers: (...next: readonly (PlatformFault | Error | null)[]) => void;
  /** Runs in the middle of the next call. */
  readonly during: (work: () => Promise<void>) => void;
}

const abilitiesOf = (over: Partial<Record<AbilityName, Honours>>): Abilities => {
  const names: readonly AbilityName[] = [...enforcementPoints, ...obligation.options, ...shopActKinds];
  return Object.fromEntries(names.map((name) => [name, { how: over[name] ?? 'itself', note: null }])) as Abilities;
};

export function testPlatform({
  name = 'generic',
  abilities = {},
  without = [],
}: {
  readonly name?: ShopPlatform['name'];
  readonly abilities?: Partial<Record<AbilityName, Honours>>;
  /** Means it lacks. */
  readonly without?: readonly ('mark' | 'listGuests')[];
} = {}): TestPlatform {
  const asked: Asked[] = [];
  const shows = new Map<string, CustomerMarks>();
  const held = new Set<string>();
  const keys = new Map<string, string | null>();
  const next: (PlatformFault | Error | null)[] = [];
  let midway: (() => Promise<void>) | null = null;
  let listed: readonly ListedGuest[] = [];
  const answer = async (one: Asked): Promise<PlatformFault | null> => {
    asked.push(one);
    const work = midway;
    midway = null;
    await work?.();
    const fault = next.shift() ?? null;
    if (fault instanceof Error) throw fault;
    return fault;
  };
  const platform: ShopPlatform = {
    name,
    abilities: abilitiesOf(abilities),
    fields: [{ name: 'token', kind: 'secret', required: true }],
    readAddress: (typed) => (typed.startsWith('https://') ? typed : null),
    check: async () => ({
      fault: null,
      shopName: 'A test shop',
      currency: 'EUR',
      timeZone: 'Europe/Amsterdam',
      version: '1',
      scopes: [],
      notes: [],
    }),
    connect: async () => ok({}),
    disconnect: async () => ok(null),
    verify({ headers, body }, secrets) {
      const signature = headers['x-test-signature'];
      if (signature === undefined) return err('unsigned');
      if (!secrets.some(({ secret }) => `${secret}:${body.length}` === signature)) return err('signature');
      return ok({
        delivery: headers['x-test-delivery'] ?? `${body.length}`,
        topic: headers['x-test-topic'] ?? 'told',
        triggeredAt: null,
      });
    },
    read({ payload }) {
      const told = payload as unknown as Partial<PlatformReading>;
      return ok({
        events: told.events ?? [],
        names: told.names ?? [],
        addresses: told.addresses ?? [],
        effects: told.effects ?? [],
      });
    },
    history: async () => ok({ records: [], next: null, total: 0, waitMs: 0 }),
    order: null,
    mark: without.includes('mark')
      ? null
      : async (_reach, customer, marks) => {
          const fault = await answer({ what: 'mark', customer, marks });
          if (fault !== null) return err(fault);
          shows.set(customer.externalId ?? customer.email ?? '', marks);
          return ok(null);
        },
    listGuests: without.includes('listGuests')
      ? null
      : async (_reach, guests, sentences) => {
          const fault = await answer({ what: 'guests', guests, sentences });
          if (fault !== null) return err(fault);
          listed = guests;
          return ok({ fitted: Math.min(3, guests.length) });
        },
    async act(_reach, act, customer, key) {
      const fault = await answer({ what: 'act', act, customer, key });
      if (fault !== null) return err(fault);
      const before = keys.get(key);
      if (before !== undefined) return ok({ reference: before });
      if (act.kind === 'hold_order') held.add(act.order);
      if (act.kind === 'release_order' || act.kind === 'cancel_order') held.delete(act.order);
      const reference = act.kind.startsWith('give_') ? `CODE-${keys.size + 1}` : null;
      keys.set(key, reference);
      return ok({ reference });
    },
    authorise: null,
  };
  return {
    platform,
    platforms: {
      all: [platform],
      find: (wanted) => (wanted === name ? platform : null),
      of(wanted) {
        if (wanted !== name) throw new Error(`The test knows no ${wanted}`);
        return platform;
      },
    },
    asked,
    shows,
    held,
    guests: () => listed,
    acts: () => asked.flatMap((one) => (one.what === 'act' ? [one.act] : [])),
    answers: (...wanted) => {
      next.splice(0, next.length, ...wanted);
    },
    during: (work) => {
      midway = work;
    },
  };
}

/** A connection that works, for a shop that has none. */
export async function connectTestShop(
  { store, ids, at }: { readonly store: Store; readonly ids: { next<T extends string>(): T }; readonly at: Instant },
  shop: Shop,
  {
    settings = {},
    ...over
  }: Partial<Omit<Connection, 'settings' | 'shop'>> & { readonly settings?: Partial<ConnectionSettings> } = {},
): Promise<Connection> {
  const connection: Connection = {
    id: id<ConnectionId>(ids.next()),
    shop: shop.id,
    platform: 'generic',
    state: 'active',
    address: 'https://shop.example',
    source: 'generic',
    numberPrefix: '',
    facts: {} as Readonly<Record<string, Json>>,
    createdAt: at,
    checkedAt: at,
    reconciledTo: null,
    ...over,
    settings: { ...defaultConnectionSettings, ...settings },
  };
  const made = await store.connections.make(connection, {
    credentials: { token: 'a test token' },
    hookSecrets: [{ id: 'first', secret: 'test-secret', until: null }],
  });
  if (!made) throw new Error('A test connects a shop twice');
  return connection;
}
