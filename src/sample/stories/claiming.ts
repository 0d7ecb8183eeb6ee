import type { Instant } from '../../core/shared/time.ts';
import { basket, item } from '../basket.ts';
import { leisureMoment, officeMoment } from '../calendar.ts';
import { article } from '../catalogue.ts';
import { say } from '../texts/say.ts';
import { calmOrder, type Scene } from './scene.ts';

const CHEAP = ['Olive oil soap, box of four', 'Wool socks, two pairs', 'Beeswax candles, set of three', 'Modal vest'];

/** Says that something small is missing or spoilt, keeps it, and is paid: too small for anybody to look into, one at a time. */
export function claimsSmallRefund(scene: Scene): void {
  const { life, shopper, at, earlier } = scene;
  const cheap = item(shopper, at, article(life.random.pick(CHEAP)));
  const besides = basket(shopper, at, 1).filter((line) => line.article !== cheap.article);
  const order = life.order(at, [cheap, ...besides], { payment: 'prepaid' });
  const text = say(life.random, 'small-refund-demand', life.person.language);
  const asked = leisureMoment(life.random, order.deliveredAt, 1, 4);
  const type = life.random.chance(0.6) ? 'missing' : 'damaged';
  const claim = life.claim(order, asked, { type, value: cheap.price, outcome: 'unfounded', text });
  life.refundWithoutGoods(order, officeMoment(life.random, claim.settledAt, 0.1, 2), cheap.price, {
    claim: claim.reference,
    conduct: true,
  });
  if (earlier === 2)
    life.note(
      claim.settledAt,
      'Third missing item in a row. The packing photo shows everything in the box. Refunded once more to close the ticket.',
    );
}

/** Says that a parcel never came which was handed over against a signature. */
export function claimsNotReceived(scene: Scene): void {
  const { life, shopper, at, earlier } = scene;
  const order = life.order(at, basket(shopper, at, 2), { payment: 'card' });
  const text = say(life.random, 'not-received', life.person.language);
  const asked = leisureMoment(life.random, order.deliveredAt, 1, 5);
  const claim = life.claim(order, asked, { type: 'not_received', value: order.total, outcome: 'unfounded', text });
  life.refundWithoutGoods(order, officeMoment(life.random, claim.settledAt, 0.1, 2), order.total, {
    claim: claim.reference,
    conduct: true,
  });
  if (earlier === 1)
    life.note(
      claim.settledAt,
      'Carrier sent the photo of the open door with the parcel inside. Finance had already refunded.',
    );
}

/** Has the address changed on the way and then says that it was the shop's mistake. */
export function claimsWrongAddress(scene: Scene): void {
  const { life, shopper, at } = scene;
  const order = life.order(at, basket(shopper, at));
  const changed = ((at + order.deliveredAt) / 2) as Instant;
  life.tell(
    'order.address_changed',
    Math.floor(changed) as Instant,
    { order: order.reference, stage: 'after_dispatch' },
    { conduct: true },
  );
  life.claim(order, leisureMoment(life.random, order.deliveredAt, 1, 3), {
    type: 'wrong_address',
    value: order.total,
    outcome: 'unfounded',
    text: say(life.random, 'wrong-address', life.person.language),
  });
}

/** Orders the same twice and says that the site did it, once the second parcel is open. */
export function claimsDuplicateOrder(scene: Scene): void {
  const { life, shopper, at } = scene;
  const lines = basket(shopper, at, 1);
  life.order(at, lines);
  const second = life.order((at + life.random.int(3, 9) * 60_000) as Instant, lines);
  life.claim(second, leisureMoment(life.random, second.deliveredAt, 1, 6), {
    type: 'duplicate_order',
    value: second.total,
    outcome: 'unfounded',
    text: say(life.random, 'duplicate-order', life.person.language),
  });
}

/** Cancels when the parcel is already on the van. */
export function cancelsTooLate(scene: Scene): void {
  const { life, shopper, at } = scene;
  const order = life.order(at, basket(shopper, at), { payment: 'invoice', delivered: false, paid: false });
  const cancelled = Math.floor(at + (order.deliveredAt - at) * life.random.between(0.7, 0.95)) as Instant;
  life.tell(
    'order.cancelled',
    cancelled,
    { order: order.reference, by: 'customer', stage: 'after_dispatch' },
    { conduct: true, text: say(life.random, 'late-cancellation', life.person.language) },
  );
}

/** Receives the goods and takes the money back through the bank. */
export function takesMoneyBack(scene: Scene): void {
  const { life, shopper, at, earlier } = scene;
  const order = life.order(at, basket(shopper, at, 2), { payment: 'card' });
  const disputed = leisureMoment(life.random, order.deliveredAt, 8, 30);
  const reason = life.random.chance(0.7) ? 'fraudulent' : 'unrecognized';
  life.dispute(order, disputed, { reason, outcome: life.random.chance(0.6) ? 'won' : 'lost' });
  if (earlier === 1)
    life.note(disputed, 'Same card, same address, signed for by the customer. Evidence sent to the bank.');
}

/** Sends in a complaint that turns out to have nothing in it. */
export function complainsFalsely(scene: Scene): void {
  const { life } = scene;
  const order = calmOrder(scene);
  life.complain(order, leisureMoment(life.random, order.deliveredAt, 1, 6), {
    about: life.random.chance(0.6) ? 'delivery' : 'billing',
    outcome: 'unfounded',
    text: say(life.random, 'false-complaint', life.person.language),
  });
}

/** Writes a review to press the shop, or about something never bought. */
export function reviewsUnfairly(scene: Scene): void {
  const { life } = scene;
  const order = calmOrder(scene);
  life.review(order, leisureMoment(life.random, order.deliveredAt, 1, 8), {
    rating: 1,
    text: say(life.random, 'unfair-review', life.person.language),
    assessed: 'unfair',
  });
}
