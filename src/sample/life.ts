import type { z } from 'zod';
import type { ReportedEventKind, reportedEvents } from '../core/events/event.ts';
import { currencyExponent } from '../core/shared/money.ts';
import type { Instant } from '../core/shared/time.ts';
import { type Calendar, daysAfter, deliveryMoment, leisureMoment, officeMoment } from './calendar.ts';
import type { Article } from './catalogue.ts';
import type { Person } from './people/people.ts';
import type { Random } from './random.ts';

type BodyInput<K extends ReportedEventKind> = z.input<(typeof reportedEvents)[K]>;

/** An event as first told: its references still carry the person's number, and are numbered for the whole shop at the end. */
export type Draft = {
  readonly [K in ReportedEventKind]: {
    readonly kind: K;
    readonly at: Instant;
    readonly person: number;
    readonly body: BodyInput<K>;
    readonly text: string | undefined;
    /** Marks conduct that a past measure can name as its evidence. */
    readonly conduct: boolean;
  };
}[ReportedEventKind];

/** What a person pays in. `rate` is shop currency per unit of it; null: it is the shop's own. */
export interface Purse {
  readonly currency: string;
  readonly rate: string | null;
}

export interface BasketLine {
  readonly article: Article;
  readonly variant: string;
  readonly quantity: number;
  /** Minor units of the person's currency. */
  readonly price: number;
}

export interface Order {
  readonly reference: string;
  readonly at: Instant;
  readonly deliveredAt: Instant;
  readonly lines: readonly BasketLine[];
  readonly total: number;
}

export type Payment = 'prepaid' | 'card' | 'invoice';
export type Reason = NonNullable<BodyInput<'return.received'>['reason']>;
export type Grade = BodyInput<'return.inspected'>['grade'];
export type ClaimType = BodyInput<'claim.opened'>['type'];
export type Label = NonNullable<BodyInput<'message.received'>['labels']>[number];

interface Telling {
  readonly text?: string | undefined;
  readonly conduct?: boolean | undefined;
}

/** What one person does at the shop, told event by event. What would happen after the end of the calendar is left untold. */
export class Life {
  readonly person: Person;
  readonly random: Random;
  readonly calendar: Calendar;
  readonly events: Draft[] = [];
  readonly purse: Purse;
  #references = 0;

  constructor(person: Person, random: Random, calendar: Calendar, purse: Purse) {
    this.person = person;
    this.random = random;
    this.calendar = calendar;
    this.purse = purse;
  }

  tell<K extends ReportedEventKind>(kind: K, at: Instant, body: BodyInput<K>, telling: Telling = {}): void {
    if (at < this.calendar.from || at >= this.calendar.end) return;
    this.events.push({
      kind,
      at,
      person: this.person.number,
      body,
      text: telling.text,
      conduct: telling.conduct ?? false,
    } as Draft);
  }

  /** An order, paid and delivered (within two to five days unless delayed) except where `how` says otherwise. */
  order(
    at: Instant,
    lines: readonly BasketLine[],
    how: { payment?: Payment; delayDays?: number; delivered?: boolean; paid?: boolean } = {},
  ): Order {
    const reference = this.#next();
    const goods = sum(lines);
    const total = goods + (goods < 60_00 ? 4_95 : 0);
    const payment =
      how.payment ??
      this.random.weighted<Payment>([
        ['prepaid', 45],
        ['card', 27],
        ['invoice', 28],
      ]);
    this.tell('order.placed', at, { order: reference, total: this.money(total), lines: this.#lines(lines), payment });
    const expected = deliveryMoment(this.random, at, 1.2, 3.6);
    const delayDays = how.delayDays ?? 0;
    if (delayDays > 0)
      this.tell('order.delayed', officeMoment(this.random, expected, 0, 1), { order: reference, days: delayDays });
    const deliveredAt = delayDays > 0 ? deliveryMoment(this.random, expected, delayDays, delayDays + 0.5) : expected;
    const paidAt = payment === 'invoice' ? daysAfter(deliveredAt, this.random.between(8, 20)) : daysAfter(at, 0.0005);
    if (how.paid !== false) this.tell('payment.captured', paidAt, { order: reference, amount: this.money(total) });
    if (how.delivered !== false) this.tell('order.delivered', deliveredAt, { order: reference });
    return { reference, at, deliveredAt, lines, total };
  }

  /** Sends articles back: asked for, received, inspected, refunded. Gives when the parcel arrived. */
  sendBack(
    order: Order,
    lines: readonly BasketLine[],
    why: {
      reason: Reason;
      grade?: Grade;
      found?: 'confirmed' | 'refuted';
      afterDays?: readonly [number, number];
      refund?: boolean;
      by?: 'parcel' | 'store';
      text?: string | undefined;
      conduct?: boolean;
    },
  ): Instant {
    const reference = this.#next();
    const value = this.money(sum(lines));
    const body = { return: reference, order: order.reference, lines: this.#lines(lines), value, reason: why.reason };
    const [least, most] = why.afterDays ?? [1, 10];
    const requested = leisureMoment(this.random, order.deliveredAt, least, most);
    const received = officeMoment(this.random, requested, 2, 6);
    const inspected = officeMoment(this.random, received, 0.1, 1.5);
    const conduct = why.conduct ?? false;
    this.tell('return.requested', requested, body, { text: why.text });
    this.tell('return.received', received, { ...body, by: why.by ?? 'parcel' }, { conduct });
    this.tell('return.inspected', inspected, {
      return: reference,
      grade: why.grade ?? 'new',
      ...(why.found === undefined ? {} : { reasonFound: why.found }),
    });
    if (why.refund !== false) {
      const refund = { refund: this.#next(), order: order.reference, return: reference, amount: value };
      this.tell('refund.issued', officeMoment(this.random, inspected, 0.02, 2), {
        ...refund,
        goodsBack: true,
        reason: why.reason,
      });
    }
    return received;
  }

  /** Money back for something the customer keeps, or says never came. */
  refundWithoutGoods(
    order: Order,
    at: Instant,
    amount: number,
    why: { reason?: Reason; claim?: string; conduct?: boolean } = {},
  ): void {
    this.tell(
      'refund.issued',
      at,
      {
        refund: this.#next(),
        order: order.reference,
        amount: this.money(Math.min(amount, order.total)),
        goodsBack: false,
        reason: why.reason ?? 'goodwill',
        ...(why.claim === undefined ? {} : { claim: why.claim }),
      },
      { conduct: why.conduct },
    );
  }

  /** A claim, and what the shop found when it looked into it (left open without `outcome`). Gives its reference and when it was settled. */
  claim(
    order: Order,
    at: Instant,
    claim: { type: ClaimType; value?: number; outcome?: 'founded' | 'unfounded'; text?: string | undefined },
  ): { reference: string; settledAt: Instant } {
    const reference = this.#next();
    const settledAt = officeMoment(this.random, at, 2, 8);
    this.tell(
      'claim.opened',
      at,
      {
        claim: reference,
        type: claim.type,
        order: order.reference,
        ...(claim.value === undefined ? {} : { value: this.money(claim.value) }),
      },
      { text: claim.text, conduct: claim.outcome === 'unfounded' },
    );
    if (claim.outcome !== undefined)
      this.tell('claim.resolved', settledAt, { claim: reference, outcome: claim.outcome });
    return { reference, settledAt };
  }

  complain(
    order: Order | undefined,
    at: Instant,
    complaint: {
      about: BodyInput<'complaint.opened'>['about'];
      outcome?: 'founded' | 'unfounded';
      text?: string | undefined;
    },
  ): void {
    const reference = this.#next();
    this.tell(
      'complaint.opened',
      at,
      { complaint: reference, about: complaint.about, ...(order === undefined ? {} : { order: order.reference }) },
      { text: complaint.text, conduct: complaint.outcome === 'unfounded' },
    );
    if (complaint.outcome !== undefined)
      this.tell('complaint.resolved', officeMoment(this.random, at, 3, 9), {
        complaint: reference,
        outcome: complaint.outcome,
      });
  }

  write(
    at: Instant,
    message: {
      text: string;
      order?: Order | undefined;
      labels?: readonly Label[];
      channel?: BodyInput<'message.received'>['channel'];
    },
  ): void {
    const labels = message.labels ?? [];
    this.tell(
      'message.received',
      at,
      {
        message: this.#next(),
        channel:
          message.channel ??
          this.random.weighted([
            ['email', 5],
            ['chat', 3],
            ['form', 2],
          ]),
        language: this.person.language,
        labels: [...labels],
        ...(message.order === undefined ? {} : { order: message.order.reference }),
      },
      { text: message.text, conduct: labels.some((label) => label !== 'polite') },
    );
  }

  review(order: Order, at: Instant, review: { rating: number; text: string; assessed?: 'fair' | 'unfair' }): void {
    const reference = this.#next();
    this.tell(
      'review.posted',
      at,
      { review: reference, order: order.reference, rating: review.rating },
      { text: review.text, conduct: review.assessed === 'unfair' },
    );
    if (review.assessed !== undefined)
      this.tell('review.assessed', officeMoment(this.random, at, 1, 5), {
        review: reference,
        outcome: review.assessed,
      });
  }

  dispute(
    order: Order,
    at: Instant,
    dispute: { reason: BodyInput<'payment.disputed'>['reason']; outcome?: 'won' | 'lost' },
  ): void {
    const reference = this.#next();
    this.tell(
      'payment.disputed',
      at,
      { dispute: reference, order: order.reference, amount: this.money(order.total), reason: dispute.reason },
      { conduct: true },
    );
    if (dispute.outcome !== undefined)
      this.tell(
        dispute.outcome === 'won' ? 'payment.dispute_won' : 'payment.dispute_lost',
        officeMoment(this.random, at, 18, 40),
        {
          dispute: reference,
        },
      );
  }

  note(at: Instant, text: string, pinned = false): void {
    this.tell('note.added', at, { pinned }, { text });
  }

  /** An amount in this person's currency, with the rate of the day where that is not the shop's own. */
  money(amount: number): { amount: number; currency: string; rate?: string } {
    const { currency, rate } = this.purse;
    return rate === null ? { amount, currency } : { amount, currency, rate };
  }

  #lines(lines: readonly BasketLine[]): BodyInput<'order.placed'>['lines'] {
    return lines.map(({ article, variant, quantity, price }) => ({
      article: article.code,
      variant,
      title: article.title,
      quantity,
      unitPrice: asDecimal(price, currencyExponent(this.purse.currency)),
    }));
  }

  #next(): string {
    this.#references++;
    return `${this.person.number}.${this.#references}`;
  }
}

function asDecimal(minorUnits: number, exponent: number): string {
  const digits = String(minorUnits).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

export function sum(lines: readonly BasketLine[]): number {
  return lines.reduce((total, line) => total + line.price * line.quantity, 0);
}
