import { SHOP_FAULT_REASONS } from '../../core/events/values.ts';
import { basket, item } from '../basket.ts';
import { leisureMoment, officeMoment } from '../calendar.ts';
import { browseDepartment } from '../catalogue.ts';
import type { Reason } from '../life.ts';
import { say, sayFault } from '../texts/say.ts';
import { calmOrder, type Scene } from './scene.ts';

/** Sends nearly everything back because the shop got it wrong nearly every time. */
export function isLetDown(scene: Scene): void {
  const { life, shopper, at, earlier } = scene;
  const ownChoice = earlier % 9 === 4;
  const reason = ownChoice ? 'changed_mind' : life.random.pick<Reason>([...SHOP_FAULT_REASONS]);
  const delayDays = reason === 'arrived_too_late' ? life.random.int(5, 9) : 0;
  const order = life.order(at, basket(shopper, at, life.random.int(1, 2)), { delayDays });
  const received = life.sendBack(order, order.lines, {
    reason,
    grade: 'opened',
    ...(ownChoice ? {} : { found: 'confirmed' as const, text: sayFault(life.random, reason, life.person.language) }),
  });
  if (earlier === 5)
    life.note(
      received,
      'Sixth time something is wrong with this address’s parcels. Our side: picked from the B-stock shelf. Sent flowers.',
    );
}

/** Says that parcels do not come, and is right: the carrier confirms it. */
export function losesParcels(scene: Scene): void {
  const { life, shopper, at, earlier } = scene;
  const order = life.order(at, basket(shopper, at), { payment: 'prepaid', delivered: false });
  const text = say(life.random, 'not-received', life.person.language);
  const claim = life.claim(order, leisureMoment(life.random, order.deliveredAt, 1, 4), {
    type: 'not_received',
    value: order.total,
    outcome: 'founded',
    text,
  });
  life.refundWithoutGoods(order, officeMoment(life.random, claim.settledAt, 0.1, 2), order.total, {
    reason: 'arrived_too_late',
    claim: claim.reference,
  });
  if (earlier === 2)
    life.note(claim.settledAt, 'Carrier admits that the parcel shop on this street loses parcels. Route changed.');
}

/** Complains often, and rightly. */
export function complainsRightly(scene: Scene): void {
  const order = calmOrder(scene);
  scene.life.complain(order, leisureMoment(scene.life.random, order.deliveredAt, 1, 6), {
    about: scene.life.random.pick(['service', 'billing', 'delivery'] as const),
    outcome: 'founded',
    text: say(scene.life.random, 'fair-complaint', scene.life.person.language),
  });
}

/** Writes hard reviews that are true. */
export function reviewsSternly(scene: Scene): void {
  const order = calmOrder(scene);
  scene.life.review(order, leisureMoment(scene.life.random, order.deliveredAt, 2, 12), {
    rating: scene.life.random.int(1, 2),
    text: say(scene.life.random, 'fair-bad-review', scene.life.person.language),
    assessed: 'fair',
  });
}

/** Asks and asks, and stays friendly. */
export function keepsAsking(scene: Scene): void {
  const { life } = scene;
  const order = calmOrder(scene);
  for (let i = 0; i < 3; i++)
    life.write(leisureMoment(life.random, order.at, 0.5, 8), {
      text: say(life.random, 'polite-persistence', life.person.language),
      order,
      labels: ['polite'],
    });
}

/** Sends jeans back that did not fit: in the weeks of the wrong labels, which staff corrected later, and twice besides. */
export function boughtMislabelledJeans(scene: Scene): void {
  const { life, shopper, at } = scene;
  const jeans = item(shopper, at, shopper.faults.wrongLabels.article);
  const besides = item(shopper, at, browseDepartment(life.random, ['accessory', 'table']));
  const order = life.order(at, life.random.chance(0.3) ? [jeans, besides] : [jeans]);
  life.sendBack(order, [jeans], { reason: 'did_not_fit' });
}
