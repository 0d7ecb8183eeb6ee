import type { Instant } from '../../core/shared/time.ts';
import { basket, type Shopper } from '../basket.ts';
import { leisureMoment } from '../calendar.ts';
import { isFashion } from '../catalogue.ts';
import type { Life, Order } from '../life.ts';
import { say } from '../texts/say.ts';

/** The moment at which somebody of the cast shops. */
export interface Scene {
  readonly life: Life;
  readonly shopper: Shopper;
  readonly at: Instant;
  /** How many incidents this person has had before. */
  readonly earlier: number;
}

/** An order that goes well: nearly everything is kept. */
export function calmOrder({ life, shopper, at }: Scene): Order {
  const order = life.order(at, basket(shopper, at));
  const [first] = order.lines;
  if (first !== undefined && order.lines.length > 1 && life.random.chance(0.12))
    life.sendBack(order, [first], { reason: isFashion(first.article) ? 'did_not_fit' : 'not_as_expected' });
  if (life.random.chance(0.08))
    life.review(order, leisureMoment(life.random, order.deliveredAt, 3, 15), {
      rating: life.random.int(4, 5),
      text: say(life.random, 'good-review', life.person.language),
    });
  if (life.random.chance(0.25))
    life.write(leisureMoment(life.random, at, 0.2, 2), {
      text: say(life.random, 'question', life.person.language),
      order,
    });
  return order;
}
