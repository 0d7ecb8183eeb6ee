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
import type { Answer, Evenhand } from './ask';
import { HELD, heldTransitions } from './held';
import { askedOf, brokenObligation, sentenceOf } from './obligations';
import type { Configuration } from './options';

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
  readonly #carts = new Map<string, { readonly at: number; readonly answer: Answer | null }>();

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
    const answer = await this.#evenhand.ask(question);
    if (answer === null) {
      remember(this.#orders, String(order.id), {
        at: Date.now(),
        what: { asked: false, hold: this.#configuration.whenSilent === 'review', notes: [] },
      });
      return true;
    }
    if (answer.outcome === 'deny') return sentenceOf(answer);
    const broken = await brokenObligation(ctx, order, answer, connection);
    if (broken !== null) return broken;
    remember(this.#orders, String(order.id), {
      at: Date.now(),
      what: { asked: true, hold: answer.outcome === 'review', notes: answer.obligations.map(({ words }) => words) },
    });
    return true;
  }

  /** Answers are believed for half a minute here: the checkout asks anew. */
  async atCart(ctx: RequestContext, order: Order): Promise<string | undefined> {
    const question = askedOf(ctx, order);
    if (this.#configuration.settings === null || !this.#configuration.cart || question === null) return undefined;
    const who = `${question.customer.externalId} ${question.language}`;
    const known = this.#carts.get(who);
    const isFresh = known !== undefined && Date.now() - known.at < CART_MS;
    const answer = isFresh ? known.answer : await this.#evenhand.ask(question);
    if (!isFresh) remember(this.#carts, who, { at: Date.now(), answer });
    return answer?.outcome === 'deny' ? sentenceOf(answer) : undefined;
  }

  /** After an appeal was upheld the customer tries again at once. */
  forgetCarts(): void {
    this.#carts.clear();
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

  willAddItemToOrder(ctx: RequestContext, order: Order, _input: WillAddItemToOrderInput): Promise<string | void> {
    return this.#asked(ctx, order);
  }

  async willAdjustOrderLine(
    ctx: RequestContext,
    order: Order,
    input: WillAdjustOrderLineInput,
  ): Promise<string | void> {
    return input.quantity <= input.orderLine.quantity ? undefined : this.#asked(ctx, order);
  }

  async #asked(ctx: RequestContext, order: Order): Promise<string | void> {
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
