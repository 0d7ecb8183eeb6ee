import type { MeasureType, Obligation, Surface } from '../core/events/measures.ts';

/** Something staff once decided about a member of the cast. */
export type PastAnswer = {
  readonly member: string;
  readonly ladder: string;
  readonly step: number;
  readonly rules: readonly string[];
  /** Months before the end of the sample. */
  readonly monthsAgo: number;
} & (Taken | Declined);

export interface Effect {
  readonly type: MeasureType;
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
  /** "180 days", "1 year" */
  readonly lasts: string;
}

interface Taken {
  readonly said: 'yes';
  readonly effect: Effect;
  /** How it ended before its time. */
  readonly lifted?: Lifted;
}

interface Declined {
  readonly said: 'no';
  readonly reason: string;
}

interface Lifted {
  readonly monthsAgo: number;
  readonly because: 'staff' | 'earned';
  readonly reason: string;
}

/** What the steps of the policy that comes with Evenhand did when these decisions were made, by ladder. A test compares the two. */
export const effects = {
  returns: [warning('180 days'), restriction(['no_free_returns'], '180 days')],
  'several-variants': [warning('180 days')],
  'used-goods': [warning('1 year')],
  claims: [
    warning('180 days'),
    restriction(['signature_on_delivery', 'manual_review'], '1 year'),
    { type: 'block', obligations: [], surfaces: ['purchase'], lasts: '1 year' },
  ],
  payments: [warning('1 year')],
  contact: [warning('180 days'), restriction(['official_channels_only'], '180 days')],
} as const satisfies Record<string, readonly Effect[]>;

type Ladder = keyof typeof effects;

/** The decisions of the sample's past. */
export const pastAnswers: readonly PastAnswer[] = [
  // A warning was enough.
  yes('returns-changed', 'returns', 1, ['sends-most-back'], 10.2, {
    monthsAgo: 6.4,
    because: 'earned',
    reason: 'nothing new for 90 days, and 2 orders placed and kept since it began',
  }),
  yes('sizes-changed', 'several-variants', 1, ['orders-several-keeps-few'], 11, {
    monthsAgo: 7.7,
    because: 'earned',
    reason: 'nothing new for 90 days since it began',
  }),
  yes('abuses-changed', 'contact', 1, ['abusive-language'], 12, {
    monthsAgo: 7.9,
    because: 'earned',
    reason: 'nothing new for 120 days since it began',
  }),

  // A warning was not, a restriction lifted early was.
  yes('returns-lifted', 'returns', 1, ['sends-most-back'], 12.6),
  yes('returns-lifted', 'returns', 2, ['sends-most-back'], 9.6, {
    monthsAgo: 8.1,
    because: 'staff',
    reason: 'Rang us: buys for three children and now measures them first. Two orders kept since. Lifted early.',
  }),

  // In force.
  yes('abuses-restricted', 'contact', 1, ['abusive-language'], 9),
  yes('abuses-restricted', 'contact', 2, ['abusive-language'], 3),
  yes('claims-blocked', 'claims', 1, ['says-parcels-did-not-arrive'], 12),
  yes('claims-blocked', 'claims', 2, ['says-parcels-did-not-arrive'], 9),
  yes('claims-blocked', 'claims', 3, ['says-parcels-did-not-arrive'], 3.2),

  // Went on regardless: the next step waits in the queue.
  yes('returns-most', 'returns', 1, ['sends-most-back'], 9),
  yes('returns-most', 'returns', 2, ['sends-most-back'], 5),
  yes('sizes-always', 'several-variants', 1, ['orders-several-keeps-few'], 5),
  yes('wears-every-weekend', 'used-goods', 1, ['sends-back-used-goods'], 5.5),
  yes('claims-never-came', 'claims', 1, ['says-parcels-did-not-arrive'], 9),
  yes('claims-never-came', 'claims', 2, ['says-parcels-did-not-arrive'], 6),
  yes('disputes-most', 'payments', 1, ['disputes-payments'], 6.5),
  yes('abuses-chat', 'contact', 1, ['abusive-language'], 7),

  // Staff said no.
  no(
    'returns-family',
    'returns',
    1,
    ['sends-most-back'],
    1.7,
    'Six people under one roof try everything on. They keep a lot, too.',
  ),
  no(
    'ordered-twice-explained',
    'orders',
    1,
    ['duplicate-order-claims'],
    1.6,
    'Spoke on the phone: presses the button again when the page is slow. Showed where to cancel.',
  ),
  no(
    'claims-socks',
    'claims',
    1,
    ['small-refunds-again-and-again'],
    4.4,
    'Small amounts. Let us see whether the new packing list helps.',
  ),
];

function yes(
  member: string,
  ladder: Ladder,
  step: number,
  rules: readonly string[],
  monthsAgo: number,
  lifted?: Lifted,
): PastAnswer {
  const effect: Effect | undefined = effects[ladder][step - 1];
  if (effect === undefined) throw new Error(`Nobody wrote down what step ${step} of ${ladder} does`);
  return { member, ladder, step, rules, monthsAgo, said: 'yes', effect, ...(lifted === undefined ? {} : { lifted }) };
}

function no(
  member: string,
  ladder: string,
  step: number,
  rules: readonly string[],
  monthsAgo: number,
  reason: string,
): PastAnswer {
  return { member, ladder, step, rules, monthsAgo, said: 'no', reason };
}

function warning(lasts: string): Effect {
  return { type: 'warning', obligations: [], surfaces: [], lasts };
}

function restriction(obligations: readonly Obligation[], lasts: string): Effect {
  return { type: 'restriction', obligations, surfaces: [], lasts };
}
