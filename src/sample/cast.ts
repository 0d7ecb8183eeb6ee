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

/** over: the policy should propose something · just_below: close but fine · changed: a warning worked · fine: looks bad, is the shop's fault */
export type Degree = 'over' | 'just_below' | 'changed' | 'fine';

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
    ['returns-most', 'over', returning.sendsNearlyEverythingBack, [phase(17, 1.6, 26, 23)]],
    ['returns-two-thirds', 'over', returning.sendsNearlyEverythingBack, [phase(11.5, 1.6, 20, 14)]],
    ['returns-since-spring', 'over', returning.sendsNearlyEverythingBack, [phase(9, 1.6, 16, 12)]],
    ['returns-a-little-less', 'just_below', returning.sendsNearlyEverythingBack, [phase(11.5, 1.6, 18, 6)]],
    ['returns-few-orders', 'just_below', returning.sendsNearlyEverythingBack, [phase(10, 1.6, 4, 4)]],
    [
      'returns-changed',
      'changed',
      returning.sendsNearlyEverythingBack,
      [phase(17.5, 11, 14, 12), phase(9.5, 0.5, 11, 0)],
      9.8,
    ],
  ]),
  ...as('bracketer', [
    ['sizes-always', 'over', returning.ordersEverySize, [phase(11.5, 1.6, 13, 11)]],
    ['sizes-mostly', 'over', returning.ordersEverySize, [phase(10, 1.6, 14, 9)]],
    ['sizes-sometimes', 'just_below', returning.ordersEverySize, [phase(11.5, 1.6, 16, 4)]],
    ['sizes-changed', 'changed', returning.ordersEverySize, [phase(17.5, 12, 10, 8), phase(10.5, 0.5, 9, 0)], 10.8],
  ]),
  ...as('wardrober', [
    ['wears-every-weekend', 'over', returning.wearsAndReturns, [phase(11.5, 1.6, 13, 9)]],
    ['wears-parties', 'over', returning.wearsAndReturns, [phase(10, 1.6, 12, 6)]],
    ['wears-calls-defect', 'over', returning.callsWornThingsDefective, [phase(10.5, 1.6, 9, 6)]],
    ['wears-once', 'just_below', returning.wearsAndReturns, [phase(11, 1.6, 9, 1)]],
    ['wears-twice-of-many', 'just_below', returning.wearsAndReturns, [phase(11.5, 1.6, 22, 2)]],
  ]),
  ...as('refund-claimant', [
    ['claims-soap', 'over', claiming.claimsSmallRefund, [phase(11.5, 1.6, 16, 11)]],
    ['claims-socks', 'over', claiming.claimsSmallRefund, [phase(9, 1.6, 12, 6)]],
    ['claims-never-came', 'over', claiming.claimsNotReceived, [phase(11, 1.6, 10, 6)]],
    ['claims-never-came-again', 'over', claiming.claimsNotReceived, [phase(8, 1.6, 9, 4)]],
    ['claims-two', 'just_below', claiming.claimsSmallRefund, [phase(11.5, 1.6, 15, 2)]],
    ['claims-blocked', 'over', claiming.claimsNotReceived, [phase(16, 4.2, 14, 10)]],
  ]),
  ...as('wrong-address-or-duplicate', [
    ['address-on-the-way', 'over', claiming.claimsWrongAddress, [phase(11, 1.6, 11, 6)]],
    ['address-again', 'over', claiming.claimsWrongAddress, [phase(9, 1.6, 9, 4)]],
    ['ordered-twice', 'over', claiming.claimsDuplicateOrder, [phase(11, 1.6, 9, 5)]],
    ['ordered-twice-once', 'just_below', claiming.claimsDuplicateOrder, [phase(10, 1.6, 8, 1)]],
    ['address-moved-house', 'just_below', claiming.claimsWrongAddress, [phase(8, 1.6, 14, 2)]],
  ]),
  ...as('legal-or-publicity-threats', [
    ['threatens-followers', 'over', writing.threatensWithPublicityOrLaw, [phase(10, 1.6, 9, 6)]],
    ['threatens-lawyer', 'over', writing.threatensWithPublicityOrLaw, [phase(11, 1.6, 11, 4)]],
    ['threatens-once', 'just_below', writing.threatensWithPublicityOrLaw, [phase(9, 1.6, 8, 1)]],
    ['threatens-extortion', 'over', writing.extorts, [phase(6, 1.6, 5, 1)]],
  ]),
  ...as('abusive-language', [
    ['abuses-chat', 'over', writing.insults, [phase(11, 1.6, 11, 7)]],
    ['abuses-lately', 'over', writing.insults, [phase(6, 1.6, 8, 4)]],
    ['abuses-violence', 'over', writing.threatensViolence, [phase(9, 1.6, 6, 1)]],
    ['abuses-once', 'just_below', writing.insults, [phase(10, 1.6, 8, 1)]],
    ['abuses-changed', 'changed', writing.insults, [phase(15, 10.5, 8, 5), phase(9, 0.5, 7, 0)], 9.6],
    ['abuses-restricted', 'over', writing.insults, [phase(14, 3.5, 16, 9)]],
  ]),
  ...as('impossible-expectations', [
    ['demands-sundays', 'over', writing.demandsTheImpossible, [phase(11, 1.6, 12, 8)]],
    ['demands-everything', 'over', writing.demandsTheImpossible, [phase(9, 1.6, 9, 5)]],
    ['demands-rarely', 'just_below', writing.demandsTheImpossible, [phase(11, 1.6, 14, 2)]],
  ]),
  ...as('malicious-cancellation', [
    ['cancels-on-the-van', 'over', claiming.cancelsTooLate, [phase(11, 1.6, 13, 8)]],
    ['cancels-often', 'over', claiming.cancelsTooLate, [phase(8, 1.6, 10, 5)]],
    ['cancels-twice', 'just_below', claiming.cancelsTooLate, [phase(11, 1.6, 13, 2)]],
  ]),
  ...as('false-complaint', [
    ['complains-drivers', 'over', claiming.complainsFalsely, [phase(11, 1.6, 11, 6)]],
    ['complains-prices', 'over', claiming.complainsFalsely, [phase(9, 1.6, 9, 4)]],
    ['complains-twice', 'just_below', claiming.complainsFalsely, [phase(11, 1.6, 13, 2)]],
  ]),
  ...as('unfair-review', [
    ['reviews-vouchers', 'over', claiming.reviewsUnfairly, [phase(11, 1.6, 10, 6)]],
    ['reviews-everything', 'over', claiming.reviewsUnfairly, [phase(8, 1.6, 8, 4)]],
    ['reviews-once', 'just_below', claiming.reviewsUnfairly, [phase(9, 1.6, 9, 1)]],
  ]),
  ...as('chargeback-abuse', [
    ['disputes-most', 'over', claiming.takesMoneyBack, [phase(11.5, 3, 11, 6)]],
    ['disputes-three', 'over', claiming.takesMoneyBack, [phase(10, 3, 10, 3)]],
    ['disputes-one', 'just_below', claiming.takesMoneyBack, [phase(9, 3, 9, 1)]],
  ]),
  ...as('shop-fault', [
    ['fault-eighty-percent', 'fine', fault.isLetDown, [phase(11.5, 1.6, 15, 12)]],
    ['fault-twice-a-month', 'fine', fault.isLetDown, [phase(9, 1.6, 12, 9)]],
    ['fault-lost-parcels', 'fine', fault.losesParcels, [phase(11, 1.6, 11, 6)]],
    ['fault-right-complaints', 'fine', fault.complainsRightly, [phase(11, 1.6, 10, 6)]],
    ['fault-stern-critic', 'fine', fault.reviewsSternly, [phase(11, 1.6, 12, 8)]],
    ['fault-keeps-asking', 'fine', fault.keepsAsking, [phase(11, 1.6, 10, 7)]],
    ['fault-hard-to-fit', 'fine', fault.hasHardToFitSizes, [phase(11, 1.6, 14, 8)]],
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
