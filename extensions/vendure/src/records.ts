import {
  ConfigService,
  Customer,
  type ID,
  type Injector,
  Order,
  Payment,
  type RequestContext,
  TransactionalConnection,
} from '@vendure/core';
import { OrderHistoryEntry } from '@vendure/core/dist/entity/history-entry/order-history-entry.entity';
import type { Configuration } from './options';
import type { CustomerData, MessageType, OrderData } from './payload';
import { customerData, orderData } from './snapshot';

const PAGE = 100;

/** Where reading the past goes on. */
export interface Cursor {
  readonly of: 'customers' | 'orders';
  readonly after: string | null;
}

export interface Page {
  readonly records: readonly { readonly type: MessageType; readonly data: OrderData | CustomerData }[];
  readonly next: Cursor | null;
  readonly total: number | null;
}

/** Reads customers and orders as they are told to Evenhand. */
export class Records {
  readonly #connection: TransactionalConnection;
  readonly #config: ConfigService;
  readonly #configuration: Configuration;

  constructor(injector: Injector, configuration: Configuration) {
    this.#connection = injector.get(TransactionalConnection);
    this.#config = injector.get(ConfigService);
    this.#configuration = configuration;
  }

  async order(
    ctx: RequestContext,
    id: ID,
    live = { language: null as string | null, asked: false },
  ): Promise<OrderData | null> {
    return (await this.#orders(ctx, [id], live))[0] ?? null;
  }

  async customer(ctx: RequestContext, id: ID): Promise<CustomerData | null> {
    const customer = await this.#connection
      .getRepository(ctx, Customer)
      .findOne({ where: { id }, relations: { user: true } });
    return customer === null ? null : customerData(customer);
  }

  /** The customer whose account it is. */
  async customerOf(ctx: RequestContext, user: ID): Promise<ID | null> {
    const found = await this.#connection.getRepository(ctx, Customer).findOne({ where: { user: { id: user } } });
    return found?.id ?? null;
  }

  /** Customers first, so that orders find them; each in the order of their ids. `since`: only what changed after it. */
  async page(ctx: RequestContext, cursor: Cursor | null, since: Date | null): Promise<Page> {
    const { of, after } = cursor ?? { of: 'customers' as const, after: null };
    const ids =
      of === 'customers' ? await this.#customerIds(ctx, after, since) : await this.#orderIds(ctx, after, since);
    const records =
      of === 'customers'
        ? (await this.#customers(ctx, ids)).map((data) => ({ type: 'customer.changed' as const, data }))
        : (await this.#orders(ctx, ids)).map((data) => ({ type: 'order.changed' as const, data }));
    const last = ids.at(-1);
    const more = ids.length === PAGE && last !== undefined ? { of, after: String(last) } : null;
    return {
      records,
      next: more ?? (of === 'customers' ? { of: 'orders', after: null } : null),
      total: cursor === null ? await this.#total(ctx, since) : null,
    };
  }

  async #customers(ctx: RequestContext, ids: readonly ID[]): Promise<readonly CustomerData[]> {
    const found = await this.#connection
      .getRepository(ctx, Customer)
      .find({ where: ids.map((id) => ({ id })), relations: { user: true } });
    return inOrder(ids, found).map(customerData);
  }

  async #orders(
    ctx: RequestContext,
    ids: readonly ID[],
    live = { language: null as string | null, asked: false },
  ): Promise<readonly OrderData[]> {
    if (ids.length === 0) return [];
    const [orders, history] = await Promise.all([
      this.#connection.getRepository(ctx, Order).find({
        where: ids.map((id) => ({ id })),
        relationLoadStrategy: 'query',
        relations: {
          customer: { user: true },
          lines: { productVariant: { translations: true } },
          surcharges: true,
          shippingLines: true,
          payments: { refunds: { lines: true } },
          modifications: { payment: true },
        },
      }),
      this.#connection.getRepository(ctx, OrderHistoryEntry).find({
        where: ids.map((id) => ({ order: { id } })),
        relations: { order: true },
        order: { createdAt: 'ASC', id: 'ASC' },
      }),
    ]);
    const byOrder = new Map(ids.map((id) => [String(id), [] as OrderHistoryEntry[]]));
    for (const entry of history) byOrder.get(String(entry.order.id))?.push(entry);
    const precision = this.#config.entityOptions.moneyStrategy?.precision ?? 2;
    const { paymentKinds, reasons } = this.#configuration;
    return inOrder(ids, orders).map((order) =>
      orderData({
        order,
        history: byOrder.get(String(order.id)) ?? [],
        languageCode: this.#config.defaultLanguageCode,
        precision,
        paymentKinds,
        reasons,
        ...live,
      }),
    );
  }

  async #customerIds(ctx: RequestContext, after: string | null, since: Date | null): Promise<readonly ID[]> {
    const query = this.#connection.getRepository(ctx, Customer).createQueryBuilder('c').select('c.id', 'id');
    if (after !== null) query.andWhere('c.id > :after', { after });
    if (since !== null) query.andWhere('c.updatedAt >= :since', { since: from(since) });
    const rows = await query.orderBy('c.id', 'ASC').limit(PAGE).getRawMany<{ id: ID }>();
    return rows.map(({ id }) => id);
  }

  async #orderIds(ctx: RequestContext, after: string | null, since: Date | null): Promise<readonly ID[]> {
    const query = this.#told(ctx, since).select('o.id', 'id');
    if (after !== null) query.andWhere('o.id > :after', { after });
    const rows = await query.orderBy('o.id', 'ASC').limit(PAGE).getRawMany<{ id: ID }>();
    return rows.map(({ id }) => id);
  }

  async #total(ctx: RequestContext, since: Date | null): Promise<number> {
    const customers = this.#connection.getRepository(ctx, Customer).createQueryBuilder('c');
    if (since !== null) customers.andWhere('c.updatedAt >= :since', { since: from(since) });
    return (await customers.getCount()) + (await this.#told(ctx, since).getCount());
  }

  /** Orders that were placed or paid for, but not the parts that a marketplace splits an order into. */
  #told(ctx: RequestContext, since: Date | null) {
    const query = this.#connection.getRepository(ctx, Order).createQueryBuilder('o').where("o.type <> 'Seller'");
    const paid = query.subQuery().select('1').from(Payment, 'p').where('p.order = o.id').getQuery();
    query.andWhere(`(o.orderPlacedAt IS NOT NULL OR EXISTS ${paid})`);
    if (since === null) return query;
    const later = query
      .subQuery()
      .select('1')
      .from(OrderHistoryEntry, 'h')
      .where('h.order = o.id AND h.createdAt >= :since');
    return query
      .andWhere(`(o.updatedAt >= :since OR EXISTS ${later.getQuery()})`)
      .setParameters({ ...later.getParameters(), since: from(since) });
  }
}

/** Some databases keep whole seconds only. */
const from = (since: Date): Date => new Date(since.getTime() - 1_000);

/** Rows in the order of the ids: databases give them in any. */
function inOrder<T extends { id: ID }>(ids: readonly ID[], rows: readonly T[]): readonly T[] {
  const byId = new Map(rows.map((row) => [String(row.id), row]));
  return ids.flatMap((id) => byId.get(String(id)) ?? []);
}
