import { Order, type RequestContext, type TransactionalConnection } from '@vendure/core';
import { In, Not } from 'typeorm';
import type { Answer } from './ask';

const SENTENCE = 'This cannot be ordered now. Please write to us: a person will answer.';

/** What the customer reads when it is no. */
export function sentenceOf(answer: Answer): string {
  return answer.message?.text ?? SENTENCE;
}

/** The words of an obligation that this order does not keep to, of those that show in an order; null: it keeps to them. */
export async function brokenObligation(
  ctx: RequestContext,
  order: Order,
  answer: Answer,
  connection: TransactionalConnection,
): Promise<string | null> {
  for (const { name, words } of answer.obligations) {
    if (name === 'one_variant_per_article' && hasSeveralVariants(order)) return words;
    if (name === 'order_limit' && (await hasOpenOrder(ctx, order, connection))) return words;
  }
  return null;
}

function hasSeveralVariants(order: Order): boolean {
  const seen = new Map<string, string>();
  return order.lines.some(({ quantity, productVariant }) => {
    if (quantity === 0) return false;
    const [product, variant] = [String(productVariant.productId), String(productVariant.id)];
    const before = seen.get(product);
    seen.set(product, variant);
    return before !== undefined && before !== variant;
  });
}

/** Open: placed, and neither delivered nor cancelled. */
async function hasOpenOrder(ctx: RequestContext, order: Order, connection: TransactionalConnection): Promise<boolean> {
  const customer = order.customer;
  if (customer === undefined) return false;
  return connection.getRepository(ctx, Order).exists({
    where: {
      id: Not(order.id),
      customer: { id: customer.id },
      active: false,
      state: Not(In(['Delivered', 'Cancelled'])),
    },
  });
}
