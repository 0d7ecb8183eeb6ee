import { getConfig, Order, type RequestContext, type TransactionalConnection } from '@vendure/core';
import { IsNull, Not } from 'typeorm';
import type { Question } from './ask';
import { amountOf, countryOf, fitting, ipOf, known, mailOf, streetOf } from './fit';
import type { HomeData } from './payload';
import { homeData } from './snapshot';

/** Who buys; null: nobody is known yet. */
export function askedOf(ctx: RequestContext, order: Order): Question | null {
  const { customer } = order;
  if (customer === undefined || customer === null) return null;
  return {
    surface: 'purchase',
    customer: known({
      externalId: fitting(String(customer.id), 1, 120),
      email: mailOf(customer.emailAddress),
      phone: fitting(customer.phoneNumber, 3, 40),
    }),
    order: known({ reference: fitting(order.code, 1, 120), items: articlesIn(order) }),
    ...known({ language: fitting(ctx.languageCode, 2, 20) }),
  };
}

/** With what is known of the order. One look-up by an index. */
export async function withOrder(
  question: Question,
  ctx: RequestContext,
  order: Order,
  connection: TransactionalConnection,
): Promise<Question> {
  const precision = getConfig().entityOptions.moneyStrategy?.precision ?? 2;
  return {
    ...question,
    order: {
      ...question.order,
      ...amountOf(order.totalWithTax, precision, order.currencyCode),
      ...known({
        first: await isFirst(ctx, order, connection),
        billingCountry: countryOf(order.billingAddress?.countryCode),
        deliveryCountry: countryOf(order.shippingAddress?.countryCode),
      }),
    },
  };
}

/** With where the buyer lives and from where they are buying. Each such question counts as an attempt from there. */
export function withPlace(question: Question, ctx: RequestContext, order: Order): Question {
  const { customer, billingAddress } = order;
  const name = fitting(`${customer?.firstName ?? ''} ${customer?.lastName ?? ''}`, 1, 200);
  const phone = question.customer.phone ?? fitting(billingAddress?.phoneNumber, 3, 40);
  return {
    ...question,
    customer: { ...question.customer, ...known({ phone, name, address: addressOf(homeData(order)) }) },
    ...known({ ip: ipOf(ctx.req?.ip) }),
  };
}

function addressOf(home: HomeData | null): Question['customer']['address'] {
  const street = streetOf(home?.line1, home?.line2);
  if (home === null || street === undefined) return undefined;
  const rest = {
    postcode: fitting(home.postcode, 1, 20),
    city: fitting(home.city, 1, 120),
    country: countryOf(home.country),
  };
  return { street, ...known(rest) };
}

function articlesIn(order: Order): number | undefined {
  const articles = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return articles <= 100_000 ? articles : undefined;
}

/** Whether the customer has placed no order that was not cancelled. */
async function isFirst(
  ctx: RequestContext,
  { id, customer }: Order,
  connection: TransactionalConnection,
): Promise<boolean | undefined> {
  if (customer === undefined) return undefined;
  const another = {
    id: Not(id),
    customer: { id: customer.id },
    orderPlacedAt: Not(IsNull()),
    state: Not('Cancelled' as const),
  };
  return !(await connection.getRepository(ctx, Order).exists({ where: another }));
}
