import { basket, item, otherSizes } from '../basket.ts';
import { browseDepartment } from '../catalogue.ts';
import type { Reason } from '../life.ts';
import type { Scene } from './scene.ts';

/** Orders a great deal and keeps next to nothing of it. */
export function sendsNearlyEverythingBack(scene: Scene): void {
  const { life, shopper, at } = scene;
  const order = life.order(at, basket({ ...shopper, fashionShare: 0.97 }, at, life.random.int(2, 4)));
  const dearestFirst = order.lines.toSorted((a, b) => b.price - a.price);
  const keeps = dearestFirst.length > 2 && life.random.chance(0.35) ? 1 : 0;
  life.sendBack(order, dearestFirst.slice(0, dearestFirst.length - keeps), {
    reason: life.random.weighted<Reason>([
      ['changed_mind', 5],
      ['not_as_expected', 3],
      ['unspecified', 3],
      ['did_not_fit', 2],
    ]),
    afterDays: [3, 12],
    conduct: true,
  });
}

/** Orders one article in every size (or two articles in several) and keeps at most one piece. */
export function ordersEverySize(scene: Scene): void {
  const { life, shopper, at } = scene;
  const first = item(shopper, at, browseDepartment(life.random, ['dress', 'trousers', 'knitwear', 'shoes']));
  const order = life.order(at, [first, ...otherSizes(shopper, at, first, life.random.int(3, 4))]);
  const kept = life.random.chance(0.7) ? 1 : 0;
  life.sendBack(order, order.lines.slice(kept), { reason: 'ordered_several', conduct: true });
}

/** Wears something dear once and sends it back. */
export function wearsAndReturns(scene: Scene): void {
  const { life, shopper, at, earlier } = scene;
  const dear = item(shopper, at, browseDepartment(life.random, ['dress', 'coat']));
  const order = life.order(at, [dear]);
  const received = life.sendBack(order, order.lines, {
    reason: life.random.weighted<Reason>([
      ['changed_mind', 4],
      ['did_not_fit', 3],
      ['not_as_expected', 3],
    ]),
    grade: life.random.chance(0.85) ? 'worn' : 'damaged',
    afterDays: [9, 13],
    conduct: true,
  });
  if (earlier === 1)
    life.note(
      received,
      'Came back with make-up on the collar and the tag pinned on again. Photos in the returns folder.',
    );
}

/** Says "defect" about goods that inspection finds worn: the reason is refuted, so the return counts after all. */
export function callsWornThingsDefective(scene: Scene): void {
  const { life, shopper, at } = scene;
  const dear = item(shopper, at, browseDepartment(life.random, ['shoes', 'coat']));
  const order = life.order(at, [dear]);
  life.sendBack(order, order.lines, {
    reason: 'defect',
    found: 'refuted',
    grade: 'worn',
    afterDays: [10, 13],
    conduct: true,
  });
}
