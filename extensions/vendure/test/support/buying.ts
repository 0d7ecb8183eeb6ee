import type { Client, Goods, VendureServer } from './vendure.ts';

/* What a storefront does, by the Shop API. */

export interface Person {
  readonly email: string;
  readonly first: string;
  readonly last: string;
}

export const ADA: Person = { email: 'ada.story@example.com', first: 'Ada', last: 'Story' };
export const PASSWORD = 'correct horse battery';

export interface Bought {
  readonly id: string;
  readonly code: string;
}
/** What the shop says instead of going on. */
export interface Refused {
  readonly where: 'cart' | 'checkout';
  readonly says: string;
}

export async function register({ ask }: Client, { email, first, last }: Person): Promise<void> {
  await ask(
    `mutation ($input: RegisterCustomerInput!) { registerCustomerAccount(input: $input) { __typename ... on ErrorResult { message } } }`,
    { input: { emailAddress: email, firstName: first, lastName: last, password: PASSWORD } },
  );
}

/** Null: signed in; else what the shop says instead. */
export async function signIn({ ask }: Client, { email }: Person): Promise<string | null> {
  const { login } = await ask<{ login: { __typename: string; authenticationError?: string } }>(
    `mutation { login(username: "${email}", password: "${PASSWORD}") {
      __typename ... on InvalidCredentialsError { authenticationError } } }`,
  );
  return login.__typename === 'CurrentUser' ? null : (login.authenticationError ?? login.__typename);
}

interface Answered {
  readonly __typename: string;
  readonly id?: string;
  readonly code?: string;
  readonly transitionError?: string;
  readonly interceptorError?: string;
  readonly message?: string;
}
const ANSWER = `__typename ... on Order { id code } ... on OrderStateTransitionError { transitionError }
  ... on ErrorResult { message }`;

/** Puts an article into the cart; null: it is in. */
export async function putIn({ ask }: Client, variant: string, quantity = 1): Promise<string | null> {
  const { item } = await ask<{ item: Answered }>(
    `mutation { item: addItemToOrder(productVariantId: "${variant}", quantity: ${quantity}) {
      __typename ... on OrderInterceptorError { interceptorError } ... on ErrorResult { message } } }`,
  );
  return item.__typename === 'Order' ? null : (item.interceptorError ?? item.message ?? item.__typename);
}

/** Everything up to the step to payment, for somebody who is signed in or, with a person, for a guest. */
export async function fillIn({ ask }: Client, goods: Goods, guest?: Person): Promise<void> {
  if (guest !== undefined)
    await ask(
      `mutation ($input: CreateCustomerInput!) { setCustomerForOrder(input: $input) { __typename ... on ErrorResult { message } } }`,
      { input: { emailAddress: guest.email, firstName: guest.first, lastName: guest.last } },
    );
  await ask(`mutation { setOrderShippingAddress(input: {
    fullName: "Ada Story", streetLine1: "Damrak 1", city: "Amsterdam", postalCode: "1012 LG", countryCode: "NL"
  }) { __typename } }`);
  await ask(
    `mutation { setOrderShippingMethod(shippingMethodId: ["${goods.shipping}"]) { __typename ... on ErrorResult { message } } }`,
  );
}

/** The step to payment; null: it is open. */
export async function goToPayment({ ask }: Client): Promise<string | null> {
  const { moved } = await ask<{ moved: Answered }>(
    `mutation { moved: transitionOrderToState(state: "ArrangingPayment") { ${ANSWER} } }`,
  );
  return moved.__typename === 'Order' ? null : (moved.transitionError ?? moved.message ?? moved.__typename);
}

export async function pay({ ask }: Client): Promise<Bought> {
  const { paid } = await ask<{ paid: Answered }>(
    `mutation { paid: addPaymentToOrder(input: { method: "card", metadata: {} }) { __typename ... on Order { id code } ... on ErrorResult { message } } }`,
  );
  if (paid.id === undefined || paid.code === undefined) throw new Error(`Not paid: ${JSON.stringify(paid)}`);
  return { id: paid.id, code: paid.code };
}

/** The whole of it. */
export async function buy(client: Client, goods: Goods, guest?: Person): Promise<Bought | Refused> {
  const kept = await putIn(client, goods.hat);
  if (kept !== null) return { where: 'cart', says: kept };
  await fillIn(client, goods, guest);
  const refused = await goToPayment(client);
  return refused === null ? pay(client) : { where: 'checkout', says: refused };
}

/** What staff do in the dashboard: everything is sent, and arrives. */
export async function deliver({ admin }: VendureServer, order: string): Promise<void> {
  const lines = await linesOf(admin, order);
  const { made } = await admin.ask<{ made: { id?: string } }>(
    `mutation ($input: FulfillOrderInput!) { made: addFulfillmentToOrder(input: $input) { __typename ... on Fulfillment { id } ... on CreateFulfillmentError { fulfillmentHandlerError } ... on ErrorResult { message } } }`,
    {
      input: {
        lines,
        handler: {
          code: 'manual-fulfillment',
          arguments: [
            { name: 'method', value: 'Post' },
            { name: 'trackingCode', value: '' },
          ],
        },
      },
    },
  );
  if (made.id === undefined) throw new Error(`Not packed: ${JSON.stringify(made)}`);
  for (const state of ['Shipped', 'Delivered'])
    await admin.ask(`mutation { transitionFulfillmentToState(id: "${made.id}", state: "${state}") { __typename } }`);
}

/** Money back: all of it. */
export async function refund({ admin }: VendureServer, order: string, reason: string): Promise<void> {
  const { found } = await admin.ask<{ found: { payments: { id: string; amount: number }[] } }>(
    `{ found: order(id: "${order}") { payments { id amount } } }`,
  );
  const [payment] = found.payments;
  const { refunded } = await admin.ask<{ refunded: { __typename: string; message?: string } }>(
    `mutation ($input: RefundOrderInput!) { refunded: refundOrder(input: $input) { __typename ... on ErrorResult { message } } }`,
    {
      input: {
        ...{ lines: await linesOf(admin, order), shipping: 0, adjustment: 0, reason },
        amount: payment?.amount,
        paymentId: payment?.id,
      },
    },
  );
  if (refunded.__typename !== 'Refund') throw new Error(`Not refunded: ${JSON.stringify(refunded)}`);
}

/** Goods that came back are booked in. */
export async function bookBack({ admin }: VendureServer, order: string, reason: string): Promise<void> {
  const { cancelled } = await admin.ask<{ cancelled: { __typename: string } }>(
    `mutation ($input: CancelOrderInput!) { cancelled: cancelOrder(input: $input) { __typename ... on ErrorResult { message } } }`,
    { input: { orderId: order, lines: await linesOf(admin, order), reason } },
  );
  if (cancelled.__typename !== 'Order') throw new Error(`Not booked back: ${JSON.stringify(cancelled)}`);
}

export async function stateOf({ admin }: VendureServer, order: string): Promise<string> {
  const { found } = await admin.ask<{ found: { state: string } }>(`{ found: order(id: "${order}") { state } }`);
  return found.state;
}

async function linesOf({ ask }: Client, order: string): Promise<readonly { orderLineId: string; quantity: number }[]> {
  const { found } = await ask<{ found: { lines: { id: string; quantity: number }[] } }>(
    `{ found: order(id: "${order}") { lines { id quantity } } }`,
  );
  return found.lines.map(({ id, quantity }) => ({ orderLineId: id, quantity }));
}
