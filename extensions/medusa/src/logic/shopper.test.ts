import { expect, it } from 'vitest';
import { HOLD, isHeld } from './hold.ts';
import { amountOf } from './money.ts';
import { configure } from './options.ts';
import { questionOf } from './shopper.ts';
import { mentionsIn, TOPICS } from './topics.ts';

const account = { id: 'cus_1', has_account: true, email: 'ada@example.com' };

it('asks of an account by its number and its address', () => {
  expect(
    questionOf({
      email: 'ada@example.com',
      customer: account,
      currency_code: 'eur',
      total: 84.95,
      items: [{ quantity: 2 }, { quantity: 1 }],
      locale: 'nl-NL',
      shipping_address: { phone: '+31612345678' },
    }),
  ).toEqual({
    surface: 'purchase',
    customer: { externalId: 'cus_1', email: 'ada@example.com', phone: '+31612345678' },
    order: { total: 8495, currency: 'EUR', items: 3 },
    language: 'nl-NL',
  });
});

/** What the project itself says the API takes; it is not part of the plug-in. */
const project = async <T>(path: string): Promise<T> => (await import(path)) as T;
const isTaken = async (question: unknown): Promise<boolean> => {
  type Contract = { readonly decisionRequest: { safeParse(body: unknown): { readonly success: boolean } } };
  const { decisionRequest } = await project<Contract>('../../../../src/contracts/v1.ts');
  return decisionRequest.safeParse(question).success;
};

const home = { address_1: 'Dam 1', postal_code: '1012 JS', city: 'Amsterdam', country_code: 'nl' };
const ada = { first_name: 'Ada', last_name: 'Story' };

it('tells what a cart knows of its buyer and of itself, as the API takes it', async () => {
  const question = questionOf(
    {
      ...{ id: 'cart_1', email: 'ada@example.com', customer: account, currency_code: 'eur', total: 84.95 },
      items: [{ quantity: 2 }],
      billing_address: { ...ada, ...home, phone: '+31612345678' },
      shipping_address: {
        first_name: 'Nel',
        last_name: 'Next',
        address_1: 'Dam 3',
        country_code: 'be',
        phone: '+3212',
      },
    },
    true,
  );
  expect(question).toEqual({
    surface: 'purchase',
    customer: {
      ...{ externalId: 'cus_1', email: 'ada@example.com', phone: '+31612345678', name: 'Ada Story' },
      address: { street: 'Dam 1', postcode: '1012 JS', city: 'Amsterdam', country: 'NL' },
    },
    order: {
      ...{ reference: 'cart_1', total: 8495, currency: 'EUR', items: 2, first: true },
      ...{ billingCountry: 'NL', deliveryCountry: 'BE' },
    },
  });
  expect(await isTaken(question)).toBe(true);
});

it('takes where a parcel goes for the home of its buyer only under their own name', () => {
  const customer = { ...account, ...ada };
  const street = (cart: Parameters<typeof questionOf>[0]) => questionOf(cart)?.customer.address?.street;
  expect(street({ customer, shipping_address: { ...home, first_name: ' ÁDA', last_name: 'story.' } })).toBe('Dam 1');
  expect(street({ customer, shipping_address: { ...home, first_name: 'Nel' } })).toBeUndefined();
  expect(street({ customer: account, shipping_address: { ...home, ...ada } })).toBeUndefined();
  expect(street({ customer, shipping_address: home })).toBeUndefined();
  expect(street({ customer, billing_address: { address_1: ' ' }, shipping_address: { ...home, ...ada } })).toBe(
    'Dam 1',
  );
});

it.each([
  ['Apt 4', 'Dam 1 Apt 4'],
  ['c/o Bakker', 'Dam 1'],
  ['Tel. 06 1234 5678', 'Dam 1'],
])('reads a second line %j as %s', (address_2, street) => {
  expect(questionOf({ email: 'a@b.c', billing_address: { ...home, address_2 } })?.customer.address?.street).toBe(
    street,
  );
});

it('leaves out every field that is empty or longer than the API takes', async () => {
  const long = 'é'.repeat(201);
  const question = questionOf({
    ...{ id: long, email: 'ada@example.com', customer: { ...account, id: long }, locale: long },
    ...{ currency_code: 'pts', total: 5, items: [{ quantity: 100_001 }] },
    billing_address: { first_name: long, address_1: 'Dam 1', postal_code: long, city: '\u00a0', country_code: 'nld' },
    shipping_address: { phone: long, country_code: '' },
  });
  expect(question).toEqual({
    surface: 'purchase',
    customer: { email: 'ada@example.com', address: { street: 'Dam 1' } },
  });
  expect(questionOf({ email: 'nobody', customer: { has_account: false } })).toBeNull();
  const full = { first_name: 'é'.repeat(200), address_1: 'é'.repeat(200), phone: '1'.repeat(40) };
  const most = questionOf({ id: 'x'.repeat(120), email: 'a@b.c', billing_address: full });
  expect(most?.customer.name).toHaveLength(200);
  expect(await isTaken(most)).toBe(true);
});

it('knows the currencies that the API knows, and their decimals', async () => {
  type Money = { isCurrency(code: string): boolean; currencyExponent(code: string): number };
  const { isCurrency, currencyExponent } = await project<Money>('../../../../src/core/shared/money.ts');
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const codes = [...letters].flatMap((a) => [...letters].flatMap((b) => [...letters].map((c) => `${a}${b}${c}`)));
  const expected = codes.filter(isCurrency).map((code) => [code, 10 ** currencyExponent(code)]);
  const found = codes.flatMap((code) => {
    const amount = amountOf(1, code.toLowerCase());
    return amount === undefined ? [] : [[amount.currency, amount.total]];
  });
  expect(found).toEqual(expected);
});

it('asks of a guest by address alone, and of nobody not at all', () => {
  const guest = { ...account, has_account: false };
  expect(questionOf({ customer: guest })?.customer).toEqual({ email: 'ada@example.com' });
  expect(questionOf({})).toBeNull();
  expect(questionOf({ customer: null, email: null, shipping_address: { phone: '+31612345678' } })).toBeNull();
});

it.each([
  ['jpy', 1200, 1200],
  ['kwd', 1.234, 1234],
  ['eur', 1.005, 101],
  ['eur', 0, 0],
])('counts %s %d as %i', (currency_code, total, units) => {
  expect(questionOf({ customer: account, currency_code, total })?.order?.total).toBe(units);
});

it('leaves out an amount that is none', () => {
  for (const total of [null, undefined, Number.NaN, -1, 'x', 1e30])
    expect(questionOf({ customer: account, currency_code: 'eur', total })?.order).toBeUndefined();
});

it('finds what each event names, one or many at a time', () => {
  expect(mentionsIn('order.placed', { id: 'order_1' })).toEqual([
    { topic: 'order.placed', kind: 'order', reference: 'order_1', return: null },
  ]);
  expect(mentionsIn('order.return_requested', { order_id: 'order_1', return_id: 'return_1' })).toEqual([
    { topic: 'order.return_requested', kind: 'order', reference: 'order_1', return: 'return_1' },
  ]);
  expect(mentionsIn('payment.refunded', { id: 'pay_1' })[0]).toMatchObject({ kind: 'payment', reference: 'pay_1' });
  expect(mentionsIn('customer.updated', [{ id: 'cus_1' }, { id: 'cus_2' }]).length).toBe(2);
  for (const data of [null, undefined, 'x', {}, { id: 7 }, []]) expect(mentionsIn('order.placed', data)).toEqual([]);
  expect(mentionsIn('product.updated', { id: 'prod_1' })).toEqual([]);
  expect(mentionsIn('toString', { id: 'prod_1' })).toEqual([]);
  expect(Object.keys(TOPICS).length).toBe(22);
});

const good = {
  hookUrl: 'https://fair.example.com/hooks/c1',
  hookSecret: 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz',
  apiKey: 'ehk_1',
};

it('reads the three values that Evenhand shows', () => {
  expect(configure({})).toMatchObject({ settings: null, timeoutMs: 300, whenSilent: 'allow', cart: true });
  expect(configure(good).settings?.decisionsUrl).toBe('https://fair.example.com/v1/decisions');
  expect(configure({ ...good, hookUrl: 'https://x.example/fair/hooks/c1' }).settings?.decisionsUrl).toBe(
    'https://x.example/fair/v1/decisions',
  );
});

it.each([
  [{ ...good, apiKey: '' }, /belong together/],
  [{ ...good, hookUrl: 'fair.example.com' }, /hookUrl must be/],
  [{ ...good, hookSecret: 'secret' }, /hookSecret must be/],
  [{ ...good, timeoutMs: 5 }, /timeoutMs must be/],
  [{ ...good, whenSilent: 'deny' as 'allow' }, /whenSilent must be/],
])('says what is wrong with the options, and never repeats a secret', (options, words) => {
  expect(() => configure(options)).toThrow(words);
  try {
    configure(options);
  } catch (error) {
    expect(String(error)).not.toContain(good.hookSecret);
  }
});

it('knows an order on hold by its metadata', () => {
  expect(isHeld({ [HOLD]: true })).toBe(true);
  for (const metadata of [null, undefined, {}, { [HOLD]: 'true' }, { [HOLD]: '' }])
    expect(isHeld(metadata)).toBe(false);
});
