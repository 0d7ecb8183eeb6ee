import { possibleActs } from '../../../core/enforcement/after-order.ts';
import type { MarkedAs, ShopActKind } from '../../../core/enforcement/types.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { ActRecord } from '../../../ports/enforcing.ts';
import type { Connection } from '../../../ports/platforms.ts';
import type { Role } from '../../../ports/staff.ts';
import type { Shop } from '../../../ports.ts';
import type { ShopsDeps } from '../deps.ts';
import { ownEventsIn, returnsIn } from './known-orders.ts';

/** What the shop's system was told of a customer, what was done there, and what a colleague may ask for. */
export interface CustomerInShop {
  readonly connection: Connection | null;
  /** Null: the platform is told nothing of customers, because our extension asks each time. */
  readonly marks: {
    readonly as: MarkedAs | null;
    readonly appliedAt: Instant | null;
    readonly waiting: boolean;
    readonly fault: string | null;
  } | null;
  readonly acts: readonly ActRecord[];
  readonly may: readonly ShopActKind[];
  readonly orders: readonly { readonly order: string; readonly name: string; readonly placedAt: Instant }[];
  readonly openReturns: readonly {
    readonly return: string;
    readonly order: string | null;
    readonly askedAt: Instant;
  }[];
}

const MOST_ACTS = 50;
const MOST_ORDERS = 25;

/** What staff may ask for by themselves, by role: agents and auditors look. */
const askable = [
  'hold_order',
  'release_order',
  'cancel_order',
  'approve_return',
  'decline_return',
  'give_store_credit',
  'give_gift_card',
  'give_discount',
] as const satisfies readonly ShopActKind[];

/** Null: the shop knows no such customer. */
export async function customerInShop(
  { store, platforms }: ShopsDeps,
  shop: Shop,
  role: Role,
  customer: CustomerId,
): Promise<CustomerInShop | null> {
  const [connection, [ledger], acts] = await Promise.all([
    store.connections.live(shop.id),
    store.ledger.eventsOf(shop.id, [customer]),
    store.acts.ofCustomer(shop.id, customer, MOST_ACTS),
  ]);
  if (ledger === undefined) return null;
  if (connection === null) return { connection, marks: null, acts, may: [], orders: [], openReturns: [] };
  const platform = platforms.of(connection.platform);
  const own = ownEventsIn(ledger.events, connection);
  const placed = own.flatMap((event) =>
    event.kind === 'order.placed' ? [{ name: event.body.order, placedAt: event.occurredAt }] : [],
  );
  const newest = placed.toReversed().slice(0, MOST_ORDERS);
  const [ids, mark] = await Promise.all([
    store.platformOrders.idsOf(
      shop.id,
      connection.id,
      newest.map(({ name }) => name),
    ),
    platform.mark === null ? null : store.marks.of(shop.id, connection.id, customer),
  ]);
  return {
    connection,
    marks:
      platform.mark === null
        ? null
        : {
            as: mark?.applied?.as ?? null,
            appliedAt: mark?.appliedAt ?? null,
            waiting: mark?.waiting ?? false,
            fault: mark?.fault ?? null,
          },
    acts,
    may: role === 'owner' || role === 'manager' ? possibleActs(platform.abilities, askable) : [],
    orders: newest.flatMap(({ name, placedAt }) => {
      const order = ids.get(name);
      return order === undefined ? [] : [{ order, name, placedAt }];
    }),
    openReturns: returnsIn(own)
      .slice(0, MOST_ORDERS)
      .map(({ reference, order, askedAt }) => ({ return: reference, order, askedAt })),
  };
}
