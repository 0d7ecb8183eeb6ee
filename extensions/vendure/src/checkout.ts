import type {
  Injector,
  Order,
  OrderInterceptor,
  OrderProcess,
  OrderState,
  RequestContext,
  WillAddItemToOrderInput,
  WillAdjustOrderLineInput,
} from '@vendure/core';
import { TransactionalConnection } from '@vendure/core';
import type { Evenhand } from './ask';
import { HELD, heldTransitions } from './held';
import { brokenObligation, sentenceOf } from './obligations';
import type { Configuration } from './options';
import { askedOf, withOrder, withPlace } from './question';

/** What came of asking when an order was checked out. */
export interface CheckedOut {
  readonly asked: boolean;
  readonly hold: boolean;
  /** For staff, on the order: obligations nobody but them can see to. */
  readonly notes: readonly string[];
}

const REMEMBERED_MS = 15 * 60_000;
const CART_MS = 30_000;
const MOST = 10_000;

/** Asks at the checkout and at the cart, and remembers the answers until the order is placed. */
export class Checkout {
  readonly #evenhand: Evenhand;
  readonly #configuration: Configuration;
  readonly #orders = new Map<string, { readonly at: number; readonly what: CheckedOut }>();
  /** Who was not refused, and when that was last heard. */
  readonly #carts = new Map<string, number>();

  constructor(evenhand: Evenhand, configuration: Configuration) {
    this.#evenhand = evenhand;
    this.#configuration = configuration;
  }

  /** What was answered when the order was checked out; null: nobody asked here, or too long ago. Gives it once. */
  take(orderId: string): CheckedOut | null {
    const known = this.#orders.get(orderId);
    this.#orders.delete(orderId);
    return known !== undefined && Date.now() - known.at < REMEMBERED_MS ? known.what : null;
  }

  /** True: go on. A text: what the customer reads instead. */
  async atCheckout(ctx: RequestContext, order: Order, connection: TransactionalConnection): Promise<true | string> {
    const question = askedOf(ctx, order);
    if (this.#configuration.settings === null || question === null) return true;
    const whole = withPlace(await withOrder(question, ctx, order, connection), ctx, order);
    const answer = await this.#evenhand.ask(whole);
    if (answer === null) {
      remember(this.#orders, String(order.id), {
        at: Date.now(),
        what: { asked: false, hold: this.#configuration.whenSilent === 'review', notes: [] },
      });
      return true;
    }
    if (answer.outcome === 'deny') {
      this.#carts.delete(String(question.customer.externalId));
      return sentenceOf(answer);
    }
    const broken = await brokenObligation(ctx, order, answer, connection);
    if (broken !== null) return broken;
    remember(this.#orders, String(order.id), {
      at: Date.now(),
      what: { asked: true, hold: answer.outcome === 'review', notes: answer.obligations.map(({ words }) => words) },
    });
    return true;
  }

  /** Who is not refused is not asked about again for half a minute: the checkout asks anew. Who is refused always is. */
  async atCart(ctx: RequestContext, order: Order): Promise<string | undefined> {
    const question = askedOf(ctx, order);
    if (this.#configuration.settings === null || !this.#configuration.cart || question === null) return undefined;
    const who = String(question.customer.externalId);
    const isKnown = Date.now() - (this.#carts.get(who) ?? 0) < CART_MS;
    const answer = isKnown ? null : await this.#evenhand.ask(question);
    if (!isKnown && answer?.outcome !== 'deny') remember(this.#carts, who, Date.now());
    return answer?.outcome === 'deny' ? sentenceOf(answer) : undefined;
  }
}

/** Refuses the step to payment. Staff who arrange a payment in the Admin API have looked already. */
export function checkoutProcess(checkout: () => Checkout): OrderProcess<string> {
  let connection: TransactionalConnection;
  return {
    transitions: heldTransitions,
    init(injector: Injector) {
      connection = injector.get(TransactionalConnection);
    },
    async onTransitionStart(from: OrderState | string, to: OrderState | string, { ctx, order }) {
      if (to !== 'ArrangingPayment' || ctx.apiType !== 'shop' || from === HELD) return true;
      return checkout().atCheckout(ctx, order, connection);
    },
  };
}

/** Says so at the cart already, before somebody has typed in everything. Taking something out is always possible. */
export class CartInterceptor implements OrderInterceptor {
  readonly #checkout: () => Checkout;

  constructor(checkout: () => Checkout) {
    this.#checkout = checkout;
  }

  willAddItemToOrder(ctx: RequestContext, order: Order, _input: WillAddItemToOrderInput): Promise<string | undefined> {
    return this.#asked(ctx, order);
  }

  async willAdjustOrderLine(
    ctx: RequestContext,
    order: Order,
    input: WillAdjustOrderLineInput,
  ): Promise<string | undefined> {
    return input.quantity <= input.orderLine.quantity ? undefined : this.#asked(ctx, order);
  }

  async #asked(ctx: RequestContext, order: Order): Promise<string | undefined> {
    return ctx.apiType === 'shop' ? this.#checkout().atCart(ctx, order) : undefined;
  }
}

/** The oldest go when there are too many. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
}
