import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { ShopAct } from '../../../core/enforcement/types.ts';
import { currencyExponent, type Money, minorUnits } from '../../../core/shared/money.ts';
import { err, ok } from '../../../core/shared/result.ts';
import { formatInstant, type Instant, parseInstant } from '../../../core/shared/time.ts';
import type { MarkedCustomer, Reach } from '../../../ports/platforms.ts';
import type { Acted } from './acts.ts';
import { ask, objection, userErrors } from './api.ts';
import { mutate } from './connect.ts';
import { gid, numberOf } from './ids.ts';
import { NAMESPACE } from './metafields.ts';
import { CREDIT, CREDITS, CUSTOMER_BY_EMAIL, DISCOUNT, GIFT_CARD, METAFIELDS_SET } from './queries.ts';

type Gift<K extends ShopAct['kind']> = Extract<ShopAct, { kind: K }>;

const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A code that follows from the act alone, so that asking again meets the same one, and that nobody else can work out. */
export function codeFor({ codeSecret, connection }: Reach, key: string, length: number): string {
  const bytes = createHmac('sha256', codeSecret).update(`code ${connection.id} ${key}`).digest();
  return [...bytes.subarray(0, length)].map((byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('');
}

/** A decimal as Shopify takes it ("12.50"). */
export function decimalOf({ amount, currency }: Money): string {
  const exponent = currencyExponent(currency);
  const digits = String(amount).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

const moneyInput = (money: Money) => ({ amount: decimalOf(money), currencyCode: money.currency });

const credited = z.looseObject({
  storeCreditAccountCredit: z
    .looseObject({ storeCreditAccountTransaction: z.looseObject({ id: z.string() }).nullish(), userErrors })
    .nullable(),
});
const before = z.looseObject({
  customer: z
    .looseObject({
      id: z.string(),
      begun: z.looseObject({ value: z.string() }).nullish(),
      storeCreditAccounts: z.looseObject({
        nodes: z.array(
          z.looseObject({
            transactions: z.looseObject({
              nodes: z.array(
                z.looseObject({
                  id: z.string().optional(),
                  createdAt: z.string().optional(),
                  amount: z.looseObject({ amount: z.string(), currencyCode: z.string() }).optional(),
                }),
              ),
            }),
          }),
        ),
      }),
    })
    .nullable(),
});
const CLOCKS_DIFFER_MS = 5 * 60_000;

/**
 * Shopify does a credit as often as it is asked for. So what is about to be given is written down there first, and after a break a credit
 * of the same amount since then is taken for it.
 */
export async function giveStoreCredit(
  reach: Reach,
  { amount, until }: Gift<'give_store_credit'>,
  customer: MarkedCustomer | null,
  key: string,
): Promise<Acted> {
  const id = await customerGid(reach, customer);
  if (!id.ok) return id;
  const field = `credit_${codeFor(reach, key, 16).toLowerCase()}`;
  const known = await ask(reach, CREDITS, { id: id.value, key: field }, before);
  if (!known.ok) return known;
  const there = known.value.data.customer;
  if (there === null) return err({ kind: 'gone' });
  const begunAt = parseInstant(there.begun?.value ?? '');
  const given = begunAt === null ? undefined : creditSince(there.storeCreditAccounts.nodes, begunAt, amount);
  if (given !== undefined) return ok({ reference: numberOf(given) });
  if (begunAt === null) {
    const value = formatInstant(reach.now);
    const metafields = [{ ownerId: there.id, namespace: NAMESPACE, key: field, type: 'date_time', value }];
    const begun = await mutate(reach, METAFIELDS_SET, { metafields }, 'metafieldsSet');
    if (!begun.ok) return begun;
  }
  const input = {
    creditAmount: moneyInput(amount),
    notify: true,
    ...(until === null ? {} : { expiresAt: formatInstant(until) }),
  };
  const asked = await ask(reach, CREDIT, { id: there.id, input }, credited);
  if (!asked.ok) return asked;
  const payload = asked.value.data.storeCreditAccountCredit;
  const objected = objection(payload?.userErrors ?? []);
  if (objected !== null) return err(objected);
  const transaction = payload?.storeCreditAccountTransaction?.id;
  return ok({ reference: transaction === undefined ? null : numberOf(transaction) });
}

type Accounts = NonNullable<z.infer<typeof before>['customer']>['storeCreditAccounts']['nodes'];

function creditSince(accounts: Accounts, begunAt: Instant, amount: Money): string | undefined {
  return accounts
    .flatMap(({ transactions }) => transactions.nodes)
    .find(
      (each) =>
        each.amount?.currencyCode === amount.currency &&
        minorUnits(each.amount.amount, amount.currency) === amount.amount &&
        (parseInstant(each.createdAt ?? '') ?? 0) >= begunAt - CLOCKS_DIFFER_MS,
    )?.id;
}

const cardShape = z.looseObject({
  giftCardCreate: z
    .looseObject({ giftCard: z.looseObject({ lastCharacters: z.string() }).nullish(), userErrors })
    .nullable(),
});

/** Shopify sends the card to the customer, with the shop's words. What is remembered are its last four signs, never the code. */
export async function giveGiftCard(
  reach: Reach,
  { amount, words }: Gift<'give_gift_card'>,
  customer: MarkedCustomer | null,
  key: string,
): Promise<Acted> {
  const id = await customerGid(reach, customer);
  if (!id.ok) return id;
  const code = codeFor(reach, key, 16);
  const input = {
    code,
    initialAmount: moneyInput(amount),
    customerId: id.value,
    recipientAttributes: { id: id.value, ...(words === null ? {} : { message: words.slice(0, 200) }) },
  };
  const asked = await ask(reach, GIFT_CARD, { input }, cardShape);
  if (!asked.ok) return asked;
  const payload = asked.value.data.giftCardCreate;
  const objected = objection(payload?.userErrors ?? [], ['TAKEN']);
  if (objected !== null) return err(objected);
  return ok({ reference: (payload?.giftCard?.lastCharacters ?? code.slice(-4)).toUpperCase() });
}

/** A code that works once, for this customer alone. Gives the code. */
export async function giveDiscount(
  reach: Reach,
  { off, until }: Gift<'give_discount'>,
  customer: MarkedCustomer | null,
  key: string,
): Promise<Acted> {
  const id = await customerGid(reach, customer);
  if (!id.ok) return id;
  const code = `THANKS-${codeFor(reach, key, 10)}`;
  const discount = {
    title: code,
    code,
    startsAt: formatInstant(reach.now),
    ...(until === null ? {} : { endsAt: formatInstant(until) }),
    usageLimit: 1,
    appliesOncePerCustomer: true,
    context: { customers: { add: [id.value] } },
    customerGets: {
      items: { all: true },
      value:
        'percent' in off
          ? { percentage: off.percent / 100 }
          : { discountAmount: { amount: decimalOf(off.amount), appliesOnEachItem: false } },
    },
  };
  const made = await mutate(reach, DISCOUNT, { discount }, 'discountCodeBasicCreate', ['TAKEN']);
  return made.ok ? ok({ reference: code }) : made;
}

const byEmail = z.looseObject({ customerByIdentifier: z.looseObject({ id: z.string() }).nullable() });

async function customerGid(reach: Reach, customer: MarkedCustomer | null) {
  if (customer?.externalId !== null && customer?.externalId !== undefined)
    return ok(gid('Customer', customer.externalId));
  if (customer === null || customer.email === null) return err({ kind: 'gone' as const });
  const asked = await ask(reach, CUSTOMER_BY_EMAIL, { email: customer.email }, byEmail);
  if (!asked.ok) return asked;
  const found = asked.value.data.customerByIdentifier;
  return found === null ? err({ kind: 'gone' as const }) : ok(found.id);
}
