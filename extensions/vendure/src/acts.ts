import { createHash } from 'node:crypto';
import {
  Customer,
  CustomerGroup,
  CustomerGroupService,
  type ID,
  type Injector,
  isGraphQlErrorResult,
  Order,
  OrderService,
  type OrderState,
  Promotion,
  PromotionService,
  type RequestContext,
  TransactionalConnection,
} from '@vendure/core';
import { In } from 'typeorm';
import { HELD } from './held';

/** What Evenhand asks to be done: its own words for it. */
export type Act =
  | { readonly kind: 'hold_order'; readonly order: string }
  | { readonly kind: 'release_order'; readonly order: string }
  | { readonly kind: 'cancel_order'; readonly order: string; readonly refund: boolean; readonly words: string | null }
  | { readonly kind: 'assess_order'; readonly order: string; readonly risk: string; readonly facts: readonly string[] }
  | {
      readonly kind: 'give_discount';
      readonly off: { readonly percent: number } | { readonly units: number };
      readonly until: string | null;
    };

export type Done =
  | { readonly reference: string | null }
  | { readonly fault: { readonly kind: 'gone' | 'cannot' } | { readonly kind: 'refused'; readonly detail: string } };

export interface Marked {
  readonly id: string | null;
  readonly email: string | null;
}

const GROUPS = {
  warned: 'Evenhand: warned',
  restricted: 'Evenhand: restricted',
  blocked: 'Evenhand: blocked',
} as const;
export type MarkedAs = keyof typeof GROUPS;

const gone: Done = { fault: { kind: 'gone' } };
const done = (reference: string | null = null): Done => ({ reference });
const refused = (detail: string): Done => ({ fault: { kind: 'refused', detail } });

/** Does in this shop what Evenhand asks. Each act done twice is done once. */
export class Acts {
  readonly #connection: TransactionalConnection;
  readonly #orders: OrderService;
  readonly #groups: CustomerGroupService;
  readonly #promotions: PromotionService;

  constructor(injector: Injector) {
    this.#connection = injector.get(TransactionalConnection);
    this.#orders = injector.get(OrderService);
    this.#groups = injector.get(CustomerGroupService);
    this.#promotions = injector.get(PromotionService);
  }

  act(ctx: RequestContext, act: Act, key: string): Promise<Done> {
    return this.#connection.withTransaction(ctx, (inside) => this.#act(inside, act, key));
  }

  #act(ctx: RequestContext, act: Act, key: string): Promise<Done> {
    switch (act.kind) {
      case 'hold_order':
        return this.hold(ctx, act.order);
      case 'release_order':
        return this.release(ctx, act.order);
      case 'cancel_order':
        return this.#cancel(ctx, act);
      case 'assess_order':
        return this.#assess(ctx, act);
      case 'give_discount':
        return this.#discount(ctx, act, key);
      default:
        return Promise.resolve({ fault: { kind: 'cannot' } });
    }
  }

  async hold(ctx: RequestContext, id: ID): Promise<Done> {
    const order = await this.#order(ctx, id);
    if (order === null) return gone;
    return order.state === HELD ? done() : this.#to(ctx, order, HELD);
  }

  /** Back to where its payments say it was. */
  async release(ctx: RequestContext, id: ID): Promise<Done> {
    const order = await this.#order(ctx, id);
    if (order === null) return gone;
    if (order.state !== HELD) return done();
    const isAuthorised = order.payments.some(({ state }) => state === 'Authorized');
    return this.#to(ctx, order, isAuthorised ? 'PaymentAuthorized' : 'PaymentSettled');
  }

  /** Private: for staff, in the order's history. */
  async note(ctx: RequestContext, id: ID, note: string, isPublic = false): Promise<void> {
    await this.#orders.addNoteToOrder(ctx, { id, note, isPublic });
  }

  /** Puts the customer into the group that says how they stand, and out of the others; null: out of all. */
  async mark(ctx: RequestContext, who: Marked, as: MarkedAs | null): Promise<Done> {
    const customer = await this.#customer(ctx, who);
    if (customer === null) return gone;
    const names = Object.values(GROUPS);
    const groups = await this.#connection.getRepository(ctx, CustomerGroup).find({ where: { name: In(names) } });
    const wanted = as === null ? null : GROUPS[as];
    for (const { id, name } of groups)
      if (name !== wanted && customer.groups.some((group) => group.id === id))
        await this.#groups.removeCustomersFromGroup(ctx, { customerGroupId: id, customerIds: [customer.id] });
    if (wanted === null || customer.groups.some(({ name }) => name === wanted)) return done();
    const group = groups.find(({ name }) => name === wanted) ?? (await this.#groups.create(ctx, { name: wanted }));
    await this.#groups.addCustomersToGroup(ctx, { customerGroupId: group.id, customerIds: [customer.id] });
    return done();
  }

  async #cancel(
    ctx: RequestContext,
    { order: id, refund, words }: Extract<Act, { kind: 'cancel_order' }>,
  ): Promise<Done> {
    const order = await this.#order(ctx, id);
    if (order === null) return gone;
    if (order.state !== 'Cancelled') {
      if (!['PaymentAuthorized', 'PaymentSettled', HELD].includes(order.state))
        return refused(`The order is ${order.state}`);
      for (const payment of order.payments.filter(({ state }) => state === 'Authorized')) {
        const cancelled = await this.#orders.cancelPayment(ctx, payment.id);
        if (isGraphQlErrorResult(cancelled)) return refused(cancelled.message);
      }
      const cancelled = await this.#orders.cancelOrder(ctx, {
        orderId: order.id,
        reason: 'Evenhand',
        cancelShipping: true,
      });
      if (isGraphQlErrorResult(cancelled)) return refused(cancelled.message);
      if (words !== null) await this.note(ctx, order.id, words, true);
    }
    return refund ? this.#refund(ctx, order) : done();
  }

  async #refund(ctx: RequestContext, order: Order): Promise<Done> {
    for (const { id, state, amount, refunds } of order.payments) {
      const back = refunds.filter((each) => each.state !== 'Failed').reduce((sum, { total }) => sum + total, 0);
      if (state !== 'Settled' || amount - back <= 0) continue;
      const given = await this.#orders.refundOrder(ctx, {
        ...{ lines: [], shipping: 0, adjustment: 0 },
        amount: amount - back,
        paymentId: id,
        reason: 'Evenhand',
      });
      if (isGraphQlErrorResult(given)) return refused(given.message);
    }
    return done();
  }

  async #assess(
    ctx: RequestContext,
    { order: id, risk, facts }: Extract<Act, { kind: 'assess_order' }>,
  ): Promise<Done> {
    const order = await this.#order(ctx, id);
    if (order === null) return gone;
    await this.note(ctx, order.id, [`Evenhand: ${risk}`, ...facts].join('\n'));
    return done();
  }

  /** A coupon that works once. Its code follows from the key. */
  async #discount(
    ctx: RequestContext,
    { off, until }: Extract<Act, { kind: 'give_discount' }>,
    key: string,
  ): Promise<Done> {
    const code = `EH-${createHash('sha256').update(key).digest('hex').slice(0, 10).toUpperCase()}`;
    const known = await this.#connection.getRepository(ctx, Promotion).exists({ where: { couponCode: code } });
    if (known) return done(code);
    const [action, value] =
      'percent' in off
        ? (['order_percentage_discount', off.percent] as const)
        : (['order_fixed_discount', off.units] as const);
    const made = await this.#promotions.createPromotion(ctx, {
      enabled: true,
      couponCode: code,
      usageLimit: 1,
      perCustomerUsageLimit: 1,
      ...(until === null ? {} : { endsAt: new Date(until) }),
      conditions: [],
      actions: [{ code: action, arguments: [{ name: 'discount', value: String(value) }] }],
      translations: [{ languageCode: ctx.languageCode, name: `Evenhand ${code}`, description: '' }],
    });
    return isGraphQlErrorResult(made) ? refused(made.message) : done(code);
  }

  async #to(ctx: RequestContext, order: Order, state: OrderState): Promise<Done> {
    const moved = await this.#orders.transitionToState(ctx, order.id, state);
    return isGraphQlErrorResult(moved) ? refused(`From ${order.state} to ${state}: ${moved.transitionError}`) : done();
  }

  #order(ctx: RequestContext, id: ID): Promise<Order | null> {
    return this.#connection
      .getRepository(ctx, Order)
      .findOne({ where: { id }, relations: { payments: { refunds: true } }, relationLoadStrategy: 'query' });
  }

  #customer(ctx: RequestContext, { id, email }: Marked): Promise<Customer | null> {
    if (id === null && email === null) return Promise.resolve(null);
    const where = id === null ? { emailAddress: email as string } : { id };
    return this.#connection.getRepository(ctx, Customer).findOne({ where, relations: { groups: true } });
  }
}
