import { z } from 'zod';

/* What our plug-in sends (extensions/vendure/src/payload.ts). Unknown fields are let through. */

const at = z.iso.datetime({ offset: true });
const id = z.string().min(1);
/** Whole units of 1 / 10^precision of the currency. */
const units = z.int();
const reason = z.string();
const parts = z.array(z.looseObject({ line: id, quantity: z.int().min(1) }));

export const customerData = z.looseObject({
  id,
  email: z.string(),
  phone: z.string().nullable(),
  name: z.string().nullable(),
  registeredAt: at.nullable(),
  deletedAt: at.nullable(),
});
export type CustomerData = z.infer<typeof customerData>;

/** The plug-in decides whose address it is, so that nobody else's is sent. */
const home = z.looseObject({
  line1: z.string(),
  line2: z.string().nullish(),
  postcode: z.string().nullish(),
  city: z.string().nullish(),
  country: z.string().nullish(),
});

export const orderData = z.looseObject({
  id,
  code: id,
  currency: z.string().length(3),
  precision: z.int().min(0).max(6),
  placedAt: at.nullable(),
  customer: customerData.nullable(),
  /** Older plug-ins do not say it. */
  home: home.nullish(),
  language: z.string().nullable(),
  asked: z.boolean(),
  total: units,
  lines: z.array(
    z.looseObject({
      id,
      product: id,
      variant: id,
      title: z.string(),
      quantity: z.int().min(1),
      unitPrice: units,
      paid: units,
    }),
  ),
  payments: z.array(
    z.looseObject({
      id,
      amount: units,
      kind: z.enum(['prepaid', 'card', 'invoice', 'cash_on_delivery', 'other']),
      settledAt: at.nullable(),
      failedAt: at.nullable(),
      technical: z.boolean(),
    }),
  ),
  dispatchedAt: at.nullable(),
  allSentAt: at.nullable(),
  deliveredAt: at.nullable(),
  cancelled: z.looseObject({ at, reason }).nullable(),
  takenBack: z.array(z.looseObject({ id, at, reason, lines: parts })),
  refunds: z.array(z.looseObject({ id, at, settledAt: at.nullable(), amount: units, reason, lines: parts })),
  moved: z.array(z.looseObject({ id, at })),
});
export type OrderData = z.infer<typeof orderData>;

export const orderMessage = z.looseObject({ type: z.string(), data: orderData });
export const customerMessage = z.looseObject({ type: z.string(), data: customerData });

/** What the plug-in answers to a check. */
export const checkAnswer = z.looseObject({
  evenhand: z.string(),
  vendure: z.string(),
  currency: z.string(),
  currencies: z.array(z.string()),
  precision: z.int().min(0).max(6),
  asks: z.looseObject({ checkout: z.boolean(), cart: z.boolean(), login: z.boolean() }),
});

const record = z.looseObject({ type: z.string() });
export const historyAnswer = z.looseObject({
  records: z.array(record),
  next: z.looseObject({ of: z.string(), after: z.string().nullable() }).nullable(),
  total: z.int().nullable(),
});
export const orderAnswer = record;

/** What became of an act or a mark. */
export const doneAnswer = z.union([
  z.looseObject({
    fault: z.looseObject({ kind: z.enum(['gone', 'cannot', 'refused']), detail: z.string().optional() }),
  }),
  z.looseObject({ reference: z.string().nullable() }),
]);
