import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CustomerData, OrderData } from '../src/payload.ts';
import {
  ADA,
  bookBack,
  buy,
  deliver,
  fillIn,
  goToPayment,
  pay,
  putIn,
  refund,
  register,
  signIn,
  stateOf,
} from './support/buying.ts';
import { ALLOW, type Listener, listen } from './support/listener.ts';
import { type Client, startVendure, type VendureServer } from './support/vendure.ts';

/* The plug-in in a real Vendure, with somebody who listens in Evenhand's place. */

const WAIT = { timeout: 30_000, interval: 25 };
const NO = 'Not now: «מחר», 明天. See https://fair.example.com/c/tulip: it’s explained {there}, and you can’t lose it.';
const deny = { outcome: 'deny', obligations: [], message: { language: 'en', text: NO } };
const demand = (name: string) => ({
  outcome: 'challenge',
  obligations: [{ name, words: `Please: ${name}.` }],
  message: { language: 'en', text: 'Please.' },
});

let evenhand: Listener;
let shop: VendureServer;
let ada: Client;

beforeAll(async () => {
  evenhand = await listen();
  shop = await startVendure({ ...evenhand.options, whenSilent: 'review', paymentKinds: { card: 'card' } });
  ada = shop.visitor();
  await register(ada, ADA);
  await signIn(ada, ADA);
});
afterAll(async () => {
  await shop?.stop();
  evenhand?.close();
});
beforeEach(() => {
  evenhand.answer = ALLOW;
  evenhand.status = 204;
});

const orders = (): OrderData[] =>
  evenhand.messages.filter(({ type }) => type.startsWith('order.')).map(({ data }) => data as OrderData);
const lastOf = (id: string): OrderData | undefined => orders().findLast((order) => order.id === id);
async function bought(client: Client = ada): Promise<string> {
  const order = await buy(client, shop.goods);
  if (!('id' in order)) throw new Error(`Refused: ${order.says}`);
  return order.id;
}

describe('what is told', () => {
  it('tells of an account, and of an order with all that becomes of it', async () => {
    const id = await bought();
    await expect.poll(() => evenhand.messages.some(({ type }) => type === 'order.placed'), WAIT).toBe(true);
    const account = evenhand.messages.find(({ type }) => type === 'customer.changed')?.data as CustomerData;
    expect(account).toMatchObject({ email: ADA.email, name: 'Ada Story', deletedAt: null });
    expect(evenhand.messages.find(({ type }) => type === 'order.placed')).toMatchObject({
      data: {
        ...{ id, total: 50_00, currency: 'EUR', precision: 2, asked: true, language: 'en' },
        customer: { email: ADA.email, registeredAt: expect.any(String) },
        lines: [{ title: 'Hat', quantity: 1, unitPrice: 50_00, paid: 50_00 }],
        payments: [{ amount: 50_00, kind: 'card', settledAt: expect.any(String), failedAt: null, technical: false }],
      },
    });
    await deliver(shop, id);
    await bookBack(shop, id, 'Changed mind');
    await refund(shop, id, 'Changed mind').catch(() => undefined);
    await expect.poll(() => lastOf(id)?.takenBack.length, WAIT).toBe(1);
    expect(lastOf(id)).toMatchObject({
      ...{ total: 50_00, deliveredAt: expect.any(String) },
      ...{ dispatchedAt: expect.any(String), allSentAt: expect.any(String) },
      takenBack: [{ reason: 'changed_mind', lines: [{ quantity: 1 }] }],
    });
    const damrak = { line1: 'Damrak 1', line2: null, postcode: '1012 LG', city: 'Amsterdam', country: 'NL' };
    expect(lastOf(id)?.home, 'her own, since no bill says another').toEqual(damrak);
  });

  it('tells the same from the past as it told when it happened', async () => {
    const id = await bought();
    await expect.poll(() => lastOf(id)?.state, WAIT).toBe('PaymentSettled');
    const records: { type: string; data: OrderData }[] = [];
    let from: unknown = null;
    do {
      const { status, body } = await evenhand.ask(shop.url, { what: 'history', from, since: null });
      expect(status).toBe(200);
      const page = body as { records: typeof records; next: unknown };
      records.push(...page.records);
      from = page.next;
    } while (from !== null);
    const told = records.find(({ type, data }) => type === 'order.changed' && data.id === id)?.data;
    expect({ ...told, language: null, asked: false }).toEqual({ ...lastOf(id), language: null, asked: false });
    const since = new Date(Date.now() + 60_000).toISOString();
    const later = await evenhand.ask(shop.url, { what: 'history', from: null, since });
    expect(later.body).toMatchObject({ records: [], total: 0 });
  });

  it('keeps what Evenhand could not take, and tells it when it can', async () => {
    evenhand.status = 503;
    const id = await bought();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(lastOf(id)).toBeUndefined();
    evenhand.status = 204;
    await expect.poll(() => lastOf(id)?.total, WAIT).toBe(50_00);
  });
});

describe('what is refused', () => {
  it('says no at the step to payment, in exactly the words it was given', async () => {
    await putIn(ada, shop.goods.hat);
    await fillIn(ada, shop.goods);
    evenhand.answer = deny;
    expect(await goToPayment(ada)).toBe(NO);
    evenhand.answer = ALLOW;
    expect(await goToPayment(ada)).toBeNull();
    await pay(ada);
  });

  it('asks for a guest by the address they give, in the language they chose', async () => {
    evenhand.answer = deny;
    const guest = { email: 'guest@example.com', first: 'Gu', last: 'Est' };
    expect(await buy(shop.visitor('he'), shop.goods, guest)).toEqual({ where: 'checkout', says: NO });
    expect(evenhand.questions.at(-1)).toMatchObject({
      ...{ surface: 'purchase', language: 'he' },
      customer: { externalId: expect.any(String), email: guest.email },
    });
  });

  it('tells at the step to payment what is known of the buyer and the order, and at the cart only who it is', async () => {
    const buyer = shop.visitor('en', '203.0.113.9');
    const person = { email: 'first@example.com', first: 'Fi', last: 'Rst' };
    const before = evenhand.questions.length;
    await register(buyer, person);
    await signIn(buyer, person);
    await putIn(buyer, shop.goods.hat);
    await putIn(buyer, shop.goods.hat);
    await fillIn(buyer, shop.goods);
    expect(await goToPayment(buyer)).toBeNull();
    const [login, cart, checkout, ...more] = evenhand.questions.slice(before);
    expect(more).toEqual([]);
    const known = { externalId: expect.any(String), email: person.email };
    expect(login).toEqual({ surface: 'login', customer: known, language: 'en' });
    expect(cart).toEqual({ ...login, surface: 'purchase', order: { reference: expect.any(String), items: 0 } });
    const order = { ...cart?.order, total: 100_00, currency: 'EUR', items: 2, first: true, deliveryCountry: 'NL' };
    // The parcel goes to Ada Story.
    expect(checkout).toEqual({ ...cart, customer: { ...known, name: 'Fi Rst' }, order, ip: '203.0.113.9' });
    await pay(buyer);
  });

  it('takes the bill for where the buyer lives, else a delivery under their own name', async () => {
    const home = { street: 'Damrak 1', postcode: '1012 LG', city: 'Amsterdam', country: 'NL' };
    await putIn(ada, shop.goods.hat);
    await fillIn(ada, shop.goods);
    await goToPayment(ada);
    expect(evenhand.questions.at(-1)).toMatchObject({
      customer: { name: 'Ada Story', address: home },
      order: { first: false },
    });
    expect(evenhand.questions.at(-1)).not.toHaveProperty('ip');
    await ada.ask(`mutation { transitionOrderToState(state: "AddingItems") { __typename } }`);
    await ada.ask(`mutation { setOrderBillingAddress(input: {
      fullName: "Ada Story", streetLine1: "Kerkstraat 2", streetLine2: "hs 3", city: "${'x'.repeat(121)}", countryCode: "NL", phoneNumber: "+31612345678"
    }) { __typename } }`);
    await goToPayment(ada);
    expect(evenhand.questions.at(-1)).toMatchObject({
      customer: { phone: '+31612345678', address: { street: 'Kerkstraat 2 hs 3', country: 'NL' } },
      order: { billingCountry: 'NL', deliveryCountry: 'NL' },
    });
    expect(evenhand.questions.at(-1)?.customer.address).not.toHaveProperty('city');
    await pay(ada);
  });

  it('offers no payment afterwards to whoever is to pay first, by what is known of the order, and counts no attempt', async () => {
    await shop.admin.ask(`mutation { createPaymentMethod(input: {
      code: "later", enabled: true, translations: [{ languageCode: en, name: "Later" }],
      checker: { code: "evenhand-pay-later", arguments: [] }, handler: { code: "test-card", arguments: [] }
    }) { id } }`);
    await putIn(ada, shop.goods.hat);
    await fillIn(ada, shop.goods);
    evenhand.answer = demand('prepayment_only');
    const { methods } = await ada.ask<{ methods: object[] }>(
      '{ methods: eligiblePaymentMethods { code isEligible eligibilityMessage } }',
    );
    expect(methods).toContainEqual({
      code: 'later',
      isEligible: false,
      eligibilityMessage: 'Please: prepayment_only.',
    });
    expect(methods).toContainEqual({ code: 'card', isEligible: true, eligibilityMessage: null });
    const asked = evenhand.questions.at(-1);
    expect(asked?.order).toMatchObject({ total: 50_00, currency: 'EUR', first: false, deliveryCountry: 'NL' });
    for (const field of ['name', 'address']) expect(asked?.customer).not.toHaveProperty(field);
    evenhand.answer = ALLOW;
    expect(await goToPayment(ada)).toBeNull();
    await pay(ada);
  });

  it('lets somebody in who bought something lately, and shows a stranger’s password nothing', async () => {
    evenhand.answer = deny;
    expect(await signIn(shop.visitor(), ADA)).toBeNull();
    const newcomer = { email: 'new@example.com', first: 'New', last: 'Comer' };
    await register(shop.visitor(), newcomer);
    expect(await signIn(shop.visitor(), newcomer)).toBe(NO);
    const asked = evenhand.questions.length;
    const { login } = await shop
      .visitor()
      .ask<{ login: { authenticationError: string } }>(
        `mutation { login(username: "${newcomer.email}", password: "guess") { ... on InvalidCredentialsError { authenticationError } } }`,
      );
    expect(login.authenticationError).toBe('');
    expect(evenhand.questions).toHaveLength(asked);
  });

  it('keeps to the obligations that show in an order', async () => {
    const person = { email: 'limit@example.com', first: 'Li', last: 'Mit' };
    const client = shop.visitor();
    await register(client, person);
    await signIn(client, person);
    const open = await bought(client);
    evenhand.answer = demand('order_limit');
    expect(await buy(client, shop.goods)).toEqual({ where: 'checkout', says: 'Please: order_limit.' });
    await deliver(shop, open);
    expect(await goToPayment(client)).toBeNull();
    expect(await stateOf(shop, (await pay(client)).id)).toBe('PaymentSettled');
  });
});

describe('when Evenhand is silent', () => {
  it('takes the order within the time, holds it, and lets it go once it hears that nothing is against it', async () => {
    await putIn(ada, shop.goods.hat);
    await fillIn(ada, shop.goods);
    evenhand.answer = null;
    const begin = performance.now();
    expect(await goToPayment(ada)).toBeNull();
    const took = performance.now() - begin;
    expect(took).toBeGreaterThan(295);
    expect(took).toBeLessThan(3_000);
    const { id } = await pay(ada);
    await expect.poll(() => stateOf(shop, id), WAIT).toBe('HeldForReview');
    await expect(deliver(shop, id)).rejects.toThrow(/held for review/);
    evenhand.answer = ALLOW;
    await expect.poll(() => stateOf(shop, id), WAIT).toBe('PaymentSettled');
    await deliver(shop, id);
  });
});

describe('what Evenhand asks', () => {
  const ask = (what: object, secret?: string) => evenhand.ask(shop.url, what, secret);

  it('answers nobody else', async () => {
    const other = `whsec_${Buffer.from('thirty two bytes of other secret').toString('base64')}`;
    expect(await ask({ what: 'check' }, other)).toMatchObject({ status: 401 });
    expect((await fetch(`${shop.url}/evenhand`, { method: 'POST', body: '{"what":"check"}' })).status).toBe(401);
    expect((await fetch(`${shop.url}/evenhand`)).status).toBe(405);
  });

  it('holds, releases, and cancels with the money given back, each once', async () => {
    const id = await bought();
    const act = (kind: string, more: object = {}) =>
      ask({ what: 'act', key: `k-${kind}`, act: { kind, order: id, ...more } });
    for (const time of [1, 2])
      expect(await act('hold_order'), String(time)).toMatchObject({ body: { reference: null } });
    expect(await stateOf(shop, id)).toBe('HeldForReview');
    for (const time of [1, 2])
      expect(await act('release_order'), String(time)).toMatchObject({ body: { reference: null } });
    expect(await stateOf(shop, id)).toBe('PaymentSettled');
    await act('hold_order');
    const words = 'We are sorry.';
    for (const time of [1, 2])
      expect(await act('cancel_order', { refund: true, words }), String(time)).toMatchObject({
        body: { reference: null },
      });
    const { order } = await shop.admin.ask<{ order: object }>(
      `{ order(id: "${id}") { state payments { refunds { total state } } history(options: { filter: { type: { eq: "ORDER_NOTE" } } }) { items { isPublic data } } } }`,
    );
    expect(order).toEqual({
      state: 'Cancelled',
      payments: [{ refunds: [{ total: 50_00, state: 'Settled' }] }],
      history: { items: [{ isPublic: true, data: { note: words } }] },
    });
    expect(await ask({ what: 'act', key: 'k', act: { kind: 'hold_order', order: id } })).toMatchObject({
      body: { fault: { kind: 'refused', detail: expect.stringContaining('From Cancelled') } },
    });
    expect(await ask({ what: 'act', key: 'k', act: { kind: 'hold_order', order: '9999' } })).toMatchObject({
      body: { fault: { kind: 'gone' } },
    });
  });

  it('does not cancel what was sent', async () => {
    const id = await bought();
    await deliver(shop, id);
    const cancel = { kind: 'cancel_order', order: id, refund: true, words: null };
    expect(await ask({ what: 'act', key: 'k', act: cancel })).toMatchObject({ body: { fault: { kind: 'refused' } } });
    expect(await stateOf(shop, id)).toBe('Delivered');
  });

  it('marks a customer by one group at a time', async () => {
    const groups = async () => {
      const { customers } = await shop.admin.ask<{ customers: { items: { groups: { name: string }[] }[] } }>(
        `{ customers(options: { filter: { emailAddress: { eq: "${ADA.email}" } } }) { items { groups { name } } } }`,
      );
      return customers.items.flatMap((each) => each.groups.map(({ name }) => name));
    };
    const customer = { id: null, email: ADA.email };
    for (const as of ['warned', 'blocked', 'blocked']) await ask({ what: 'mark', customer, as });
    expect(await groups()).toEqual(['Evenhand: blocked']);
    await ask({ what: 'mark', customer, as: null });
    expect(await groups()).toEqual([]);
    const nobody = { id: null, email: 'nobody@example.com' };
    expect(await ask({ what: 'mark', customer: nobody, as: null })).toMatchObject({
      body: { fault: { kind: 'gone' } },
    });
  });

  it('gives a coupon that takes something off once', async () => {
    const give = (off: object, key: string) =>
      ask({ what: 'act', key, act: { kind: 'give_discount', off, until: null } });
    const { body } = await give({ units: 5_00 }, 'one');
    const { reference } = body as { reference: string };
    expect((await give({ units: 5_00 }, 'one')).body).toEqual({ reference });
    expect((await give({ percent: 10 }, 'two')).body).not.toEqual({ reference });
    await putIn(ada, shop.goods.hat);
    const { order } = await ada.ask<{ order: object }>(
      `mutation { order: applyCouponCode(couponCode: "${reference}") { ... on Order { totalWithTax } ... on ErrorResult { message } } }`,
    );
    expect(order).toEqual({ totalWithTax: 45_00 });
  });

  it('leaves nothing in the server’s log', () => {
    expect(shop.errors()).toBe('');
  });
});
