import { expect, it } from 'vitest';
import { HOLD, isHeld } from './hold.ts';
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
  for (const total of [null, undefined, Number.NaN, -1, 'x'])
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
