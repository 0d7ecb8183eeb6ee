import * as claiming from './stories/claiming.ts';
import * as fault from './stories/fault.ts';
import * as returning from './stories/returning.ts';
import type { Scene } from './stories/scene.ts';
import * as writing from './stories/writing.ts';

/** A stretch of somebody's life, in months before the end: so many orders, of which so many are incidents. */
export interface Phase {
  readonly from: number;
  readonly to: number;
  readonly orders: number;
  readonly incidents: number;
}

export const profiles = [
  'impossible-expectations',
  'refund-claimant',
  'wardrober',
  'compulsive-returner',
  'bracketer',
  'wrong-address-or-duplicate',
  'legal-or-publicity-threats',
  'abusive-language',
  'malicious-cancellation',
  'false-complaint',
  'unfair-review',
  'chargeback-abuse',
  'shop-fault',
] as const;
export type Profile = (typeof profiles)[number];

/**
 * over: the policy proposes something · watched: a rule fires, but nothing is to be done yet or any more · just_below: close
 * but fine · in_force: a measure bites · changed: a measure worked · fine: looks bad, is the shop's own fault
 */
export type Degree = 'over' | 'watched' | 'just_below' | 'in_force' | 'changed' | 'fine';

export interface CastMember {
  readonly key: string;
  readonly profile: Profile;
  readonly degree: Degree;
  readonly act: (scene: Scene) => void;
  readonly phases: readonly Phase[];
  /** Months before the end at which they wrote an apology. */
  readonly apology?: number;
}

type Row = readonly [key: string, degree: Degree, act: CastMember['act'], phases: readonly Phase[], apology?: number];

const phase = (from: number, to: number, orders: number, incidents: number): Phase => ({ from, to, orders, incidents });

/** Everybody whose life is told on purpose, by profile, from the worst to those who only look like it. */
export const cast: readonly CastMember[] = [
  ...as('compulsive-returner', [
    [
      'returns-most',
      'over',
      returning.sendsNearlyEverythingBack,
      [phase(17, 10.4, 17, 13), phase(8.7, 6.2, 7, 5), phase(4.6, 1.6, 8, 6)],
    ],
    ['returns-two-thirds', 'over', returning.sendsNearlyEverythingBack, [phase(11.5, 1.6, 20, 14)]],
    ['returns-since-spring', 'over', returning.sendsNearlyEverythingBack, [phase(9, 1.6, 16, 12)]],
    ['returns-a-little-less', 'just_below', returning.sendsNearlyEverythingBack, [phase(11.5, 1.6, 18, 6)]],
    ['returns-few-orders', 'just_below', returning.sendsNearlyEverythingBack, [phase(10, 1.6, 4, 4)]],
    [
      'returns-family',
      'watched',
      returning.sendsNearlyEverythingBack,
      [phase(11.5, 3.2, 16, 13), phase(1.4, 0.4, 2, 0)],
    ],
    [
      'returns-changed',
      'changed',
      returning.sendsNearlyEverythingBack,
      [phase(17.5, 11.5, 15, 13), phase(9.5, 0.5, 11, 0)],
      9.8,
    ],
    [
      'returns-lifted',
      'changed',
      returning.sendsNearlyEverythingBack,
      [phase(17.5, 14, 13, 12), phase(12.3, 10.8, 4, 3), phase(9.3, 0.5, 9, 0)],
      9.2,
    ],
  ]),
  ...as('bracketer', [
    ['sizes-always', 'over', returning.ordersEverySize, [phase(11.5, 6.6, 8, 7), phase(3.6, 1.3, 5, 5)]],
    ['sizes-mostly', 'over', returning.ordersEverySize, [phase(10, 1.6, 14, 9)]],
    ['sizes-sometimes', 'just_below', returning.ordersEverySize, [phase(11.5, 1.6, 16, 4)]],
    ['sizes-changed', 'changed', returning.ordersEverySize, [phase(17.5, 12.3, 10, 8), phase(10.5, 0.5, 9, 0)], 10.8],
  ]),
  ...as('wardrober', [
    ['wears-every-weekend', 'over', returning.wearsAndReturns, [phase(11.5, 7, 7, 5), phase(5, 1.8, 6, 4)]],
    ['wears-parties', 'over', returning.wearsAndReturns, [phase(10, 1.6, 12, 6)]],
    ['wears-calls-defect', 'over', returning.callsWornThingsDefective, [phase(10.5, 1.6, 9, 6)]],
    ['wears-once', 'just_below', returning.wearsAndReturns, [phase(11, 1.6, 9, 1)]],
    ['wears-twice-of-many', 'just_below', returning.wearsAndReturns, [phase(11.5, 1.6, 22, 2)]],
  ]),
  ...as('refund-claimant', [
    ['claims-soap', 'over', claiming.claimsSmallRefund, [phase(11.5, 1.6, 16, 11)]],
    ['claims-socks', 'over', claiming.claimsSmallRefund, [phase(10, 5.8, 7, 5), phase(3.9, 1.6, 5, 3)]],
    [
      'claims-never-came',
      'over',
      claiming.claimsNotReceived,
      [phase(14, 10.3, 6, 4), phase(8.7, 7.2, 3, 2), phase(5.5, 1.6, 6, 3)],
    ],
    ['claims-never-came-again', 'over', claiming.claimsNotReceived, [phase(8, 1.6, 9, 4)]],
    ['claims-four', 'just_below', claiming.claimsSmallRefund, [phase(11.5, 1.6, 15, 4)]],
    [
      'claims-blocked',
      'in_force',
      claiming.claimsNotReceived,
      [phase(17.5, 13.3, 7, 5), phase(11.7, 10.2, 4, 3), phase(8.7, 4.4, 5, 4)],
    ],
  ]),
  ...as('wrong-address-or-duplicate', [
    ['address-on-the-way', 'over', claiming.claimsWrongAddress, [phase(11, 1.6, 11, 6)]],
    ['address-again', 'over', claiming.claimsWrongAddress, [phase(9, 1.6, 9, 4)]],
    ['ordered-twice', 'over', claiming.claimsDuplicateOrder, [phase(11, 1.6, 9, 5)]],
    ['ordered-twice-explained', 'watched', claiming.claimsDuplicateOrder, [phase(10, 3, 9, 4), phase(1.4, 0.4, 2, 0)]],
    ['ordered-twice-two', 'just_below', claiming.claimsDuplicateOrder, [phase(10, 1.6, 8, 2)]],
    ['address-moved-house', 'just_below', claiming.claimsWrongAddress, [phase(8, 1.6, 14, 2)]],
  ]),
  ...as('legal-or-publicity-threats', [
    ['threatens-followers', 'over', writing.threatensWithPublicityOrLaw, [phase(10, 1.6, 9, 6)]],
    ['threatens-lawyer', 'over', writing.threatensWithPublicityOrLaw, [phase(11, 1.6, 11, 6)]],
    ['threatens-twice', 'just_below', writing.threatensWithPublicityOrLaw, [phase(9, 1.6, 8, 2)]],
    ['threatens-extortion', 'over', writing.extorts, [phase(6, 1.6, 4, 0), phase(1.2, 0.5, 1, 1)]],
  ]),
  ...as('abusive-language', [
    ['abuses-chat', 'over', writing.insults, [phase(11.5, 7.4, 6, 4), phase(6.5, 1, 7, 4)]],
    ['abuses-lately', 'over', writing.insults, [phase(6, 1, 8, 5)]],
    ['abuses-violence', 'over', writing.threatensViolence, [phase(9, 1.2, 5, 0), phase(0.9, 0.4, 1, 1)]],
    ['abuses-twice', 'just_below', writing.insults, [phase(10, 1.6, 9, 2)]],
    ['abuses-changed', 'changed', writing.insults, [phase(17, 12.4, 9, 6), phase(11.4, 0.5, 8, 0)], 11.8],
    [
      'abuses-restricted',
      'in_force',
      writing.insults,
      [phase(14, 9.4, 8, 5), phase(8.4, 3.5, 8, 4), phase(2.5, 0.4, 2, 0)],
    ],
  ]),
  ...as('impossible-expectations', [
    ['demands-sundays', 'over', writing.demandsTheImpossible, [phase(5.6, 0.4, 11, 9)]],
    ['demands-everything', 'over', writing.demandsTheImpossible, [phase(5.4, 1, 8, 7)]],
    ['demands-four', 'just_below', writing.demandsTheImpossible, [phase(5.6, 0.6, 8, 4)]],
  ]),
  ...as('malicious-cancellation', [
    ['cancels-on-the-van', 'over', claiming.cancelsTooLate, [phase(11, 1.6, 13, 8)]],
    ['cancels-often', 'over', claiming.cancelsTooLate, [phase(8, 1.6, 10, 5)]],
    ['cancels-thrice', 'just_below', claiming.cancelsTooLate, [phase(11, 1.6, 12, 3)]],
  ]),
  ...as('false-complaint', [
    ['complains-drivers', 'over', claiming.complainsFalsely, [phase(11, 1.6, 11, 6)]],
    ['complains-prices', 'watched', claiming.complainsFalsely, [phase(9, 1.6, 9, 4)]],
    ['complains-thrice', 'just_below', claiming.complainsFalsely, [phase(11, 1.6, 10, 3)]],
  ]),
  ...as('unfair-review', [
    ['reviews-vouchers', 'over', claiming.reviewsUnfairly, [phase(11, 1.6, 10, 6)]],
    ['reviews-everything', 'over', claiming.reviewsUnfairly, [phase(8, 1.6, 8, 5)]],
    ['reviews-twice', 'just_below', claiming.reviewsUnfairly, [phase(9, 1.6, 9, 2)]],
  ]),
  ...as('chargeback-abuse', [
    ['disputes-most', 'over', claiming.takesMoneyBack, [phase(14, 10, 6, 4), phase(6, 3.6, 5, 3)]],
    ['disputes-three', 'over', claiming.takesMoneyBack, [phase(10, 3.6, 10, 3)]],
    ['disputes-one', 'just_below', claiming.takesMoneyBack, [phase(9, 3.6, 9, 1)]],
  ]),
  ...as('shop-fault', [
    ['fault-eighty-percent', 'fine', fault.isLetDown, [phase(11.5, 1.6, 15, 12)]],
    ['fault-twice-a-month', 'fine', fault.isLetDown, [phase(9, 1.6, 12, 9)]],
    ['fault-lost-parcels', 'fine', fault.losesParcels, [phase(11, 1.6, 11, 6)]],
    ['fault-right-complaints', 'fine', fault.complainsRightly, [phase(11, 1.6, 10, 6)]],
    ['fault-stern-critic', 'fine', fault.reviewsSternly, [phase(11, 1.6, 12, 8)]],
    ['fault-keeps-asking', 'fine', fault.keepsAsking, [phase(11, 1.6, 10, 7)]],
    ['fault-wrong-labels', 'fine', fault.boughtMislabelledJeans, [phase(6.2, 5.3, 8, 8), phase(10, 1.6, 8, 2)]],
  ]),
];

function as(profile: Profile, rows: readonly Row[]): CastMember[] {
  return rows.map(([key, degree, act, phases, apology]) => ({
    key,
    profile,
    degree,
    act,
    phases,
    ...(apology === undefined ? {} : { apology }),
  }));
}
