import { SHOP_FAULT_REASONS } from '../core/events/values.ts';
import type { Instant } from '../core/shared/time.ts';
import { basket, type Shopper } from './basket.ts';
import { leisureMoment, officeMoment, shoppingMoment } from './calendar.ts';
import { departments } from './catalogue.ts';
import { strikeDelay, within } from './faults.ts';
import { type BasketLine, Life, type Order, type Reason } from './life.ts';
import type { Person } from './people/people.ts';
import type { Random } from './random.ts';
import { say, sayFault } from './texts/say.ts';
import type { World } from './world.ts';

/** The life of somebody who simply shops: an order now and then, some of it sent back, a question, a review. */
export function ordinaryLife(person: Person, random: Random, world: World): Life {
  const { calendar, faults } = world;
  const life = new Life(person, random, calendar, random.chance(0.03) ? world.foreign : world.home);
  const taste = random.weighted([
    ['fashion', 50],
    ['both', 32],
    ['home', 18],
  ]);
  const shopper: Shopper = {
    random,
    purse: life.purse,
    fashionShare: taste === 'fashion' ? 0.94 : taste === 'home' ? 0.12 : 0.6,
    faults,
    build: random.next(),
  };
  const arrival = shoppingMoment(random, calendar.from, calendar.end);
  const count = random.weighted(ORDER_COUNTS);
  // Those who send most back do not, as a rule, become regulars.
  const pickiness = Math.min(random.weighted(PICKINESS), count > 5 ? 1.3 : 3);
  if (random.chance(0.18)) life.tell('account.created', arrival, { channel: random.chance(0.8) ? 'web' : 'app' });
  const first = life.random.int(2, 20) * 60_000;
  for (let i = 0; i < count; i++) {
    const at = i === 0 ? ((arrival + first) as Instant) : shoppingMoment(random, arrival, calendar.end);
    shopOnce(life, shopper, at, pickiness);
  }
  return life;
}

/** One ordinary order and all that commonly follows. `pickiness` multiplies how often articles go back. */
export function shopOnce(life: Life, shopper: Shopper, at: Instant, pickiness = 1): Order {
  const { random, person } = life;
  const lines = basket(shopper, at);
  if (random.chance(0.018))
    life.tell('payment.failed', (at - random.int(2, 9) * 60_000) as Instant, {
      reason: random.weighted([
        ['declined', 4],
        ['insufficient_funds', 4],
        ['authentication_failed', 2],
      ]),
    });
  if (random.chance(0.02)) return cancelEarly(life, at, lines);
  const delayDays = strikeDelay(random, shopper.faults, at) || (random.chance(0.012) ? random.int(2, 6) : 0);
  const order = life.order(at, lines, { delayDays });
  if (random.chance(0.008))
    life.tell('order.address_changed', (at + random.int(5, 40) * 60_000) as Instant, {
      order: order.reference,
      stage: 'before_dispatch',
    });
  if (delayDays >= 4) lateParcel(life, order);
  else {
    for (const line of lines) considerReturn(life, shopper, order, line, pickiness);
    if (random.chance(0.012)) smallMishap(life, order);
  }
  if (random.chance(0.03))
    life.write(leisureMoment(random, at, 0.2, 2), { text: say(random, 'question', person.language), order });
  if (random.chance(0.012))
    life.write(leisureMoment(random, order.deliveredAt, 1, 5), {
      text: say(random, 'thanks', person.language),
      order,
      labels: ['polite'],
    });
  if (random.chance(0.06)) ordinaryReview(life, order);
  return order;
}

const ORDER_COUNTS: readonly (readonly [number, number])[] = [
  [1, 77],
  [2, 12],
  [3, 4.6],
  [4, 2.2],
  [5, 1.3],
  [6, 0.9],
  [8, 0.8],
  [10, 0.6],
  [13, 0.4],
  [17, 0.2],
];

const PICKINESS: readonly (readonly [number, number])[] = [
  [0.4, 18],
  [0.9, 30],
  [1.3, 30],
  [1.8, 16],
  [2.2, 6],
];

function cancelEarly(life: Life, at: Instant, lines: readonly BasketLine[]): Order {
  const order = life.order(at, lines, { payment: 'invoice', delivered: false, paid: false });
  const shopCancels = life.random.chance(0.3);
  life.tell('order.cancelled', (at + life.random.int(10, 240) * 60_000) as Instant, {
    order: order.reference,
    by: shopCancels ? 'shop' : 'customer',
    stage: 'before_dispatch',
  });
  return order;
}

function lateParcel(life: Life, order: Order): void {
  const { random, person } = life;
  const asked = leisureMoment(random, order.at, 5, 6);
  if (random.chance(0.3)) life.write(asked, { text: say(random, 'late', person.language), order });
  if (random.chance(0.3))
    life.claim(order, asked, {
      type: 'not_received',
      value: order.total,
      outcome: 'founded',
      text: say(random, 'late', person.language),
    });
  if (random.chance(0.3))
    life.sendBack(order, order.lines, { reason: 'arrived_too_late', found: 'confirmed', afterDays: [0.3, 4] });
  if (random.chance(0.15))
    life.complain(order, asked, { about: 'delivery', outcome: 'founded', text: say(random, 'late', person.language) });
}

function considerReturn(life: Life, shopper: Shopper, order: Order, line: BasketLine, pickiness: number): void {
  const { random, person } = life;
  const { defectiveBatch, wrongLabels } = shopper.faults;
  if (line.article === defectiveBatch.article && within(order.at, defectiveBatch)) {
    if (random.chance(0.75))
      life.sendBack(order, [line], {
        reason: 'defect',
        found: 'confirmed',
        grade: 'opened',
        text: say(random, 'dead-lamp', person.language),
      });
    return;
  }
  if (line.article === wrongLabels.article && within(order.at, wrongLabels)) {
    if (random.chance(0.8))
      life.sendBack(
        order,
        [line],
        random.chance(0.6) ? { reason: 'did_not_fit' } : { reason: 'not_as_described', found: 'confirmed' },
      );
    return;
  }
  const several = order.lines.filter((other) => other.article === line.article).length > 1;
  const share = several ? 0.55 : departments[line.article.department].returnShare * pickiness;
  if (!random.chance(Math.min(0.85, share))) return;
  const reason = several
    ? 'ordered_several'
    : random.weighted(departments[line.article.department].fashion ? FASHION_REASONS : HOME_REASONS);
  life.sendBack(order, [line], {
    reason,
    grade: random.weighted([
      ['new', 84],
      ['opened', 14.6],
      ['worn', 0.8],
      ['damaged', 0.6],
    ]),
    by: random.chance(0.1) ? 'store' : 'parcel',
    ...(SHOP_FAULT_REASONS.has(reason)
      ? { found: 'confirmed' as const, text: sayFault(random, reason, person.language) }
      : {}),
  });
}

const FASHION_REASONS: readonly (readonly [Reason, number])[] = [
  ['did_not_fit', 62],
  ['not_as_expected', 14],
  ['changed_mind', 12],
  ['unspecified', 5],
  ['not_as_described', 3],
  ['defect', 2],
  ['wrong_item_sent', 1],
  ['found_cheaper', 1],
];

const HOME_REASONS: readonly (readonly [Reason, number])[] = [
  ['not_as_expected', 42],
  ['changed_mind', 24],
  ['damaged_in_transit', 16],
  ['defect', 8],
  ['did_not_fit', 6],
  ['wrong_item_sent', 4],
];

function smallMishap(life: Life, order: Order): void {
  const { random, person } = life;
  const at = leisureMoment(random, order.deliveredAt, 0.5, 4);
  const type = random.weighted<'missing' | 'damaged' | 'wrong_item' | 'not_received'>([
    ['missing', 3],
    ['damaged', 3],
    ['wrong_item', 2],
    ['not_received', 2],
  ]);
  const value = order.lines[0]?.price ?? order.total;
  const text = say(random, MISHAP_TOPICS[type], person.language);
  const { reference, settledAt } = life.claim(order, at, { type, value, outcome: 'founded', text });
  life.refundWithoutGoods(order, officeMoment(random, settledAt, 0.05, 2), value, {
    reason: 'missing_parts',
    claim: reference,
  });
}

const MISHAP_TOPICS = {
  missing: 'not-as-ordered',
  damaged: 'defect',
  wrong_item: 'not-as-ordered',
  not_received: 'late',
} as const;

function ordinaryReview(life: Life, order: Order): void {
  const { random, person } = life;
  const rating = random.weighted([
    [5, 52],
    [4, 27],
    [3, 11],
    [2, 6],
    [1, 4],
  ]);
  const topic = rating >= 4 ? 'good-review' : rating === 3 ? 'middling-review' : 'fair-bad-review';
  life.review(order, leisureMoment(random, order.deliveredAt, 3, 20), {
    rating,
    text: say(random, topic, person.language),
    ...(rating <= 2 ? { assessed: 'fair' as const } : {}),
  });
}
