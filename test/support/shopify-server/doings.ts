import type { World } from './answers.ts';

interface Input {
  readonly [name: string]: unknown;
}
const fine = { userErrors: [] };
const no = (message: string, code: string | null = null) => ({ userErrors: [{ code, field: null, message }] });

/** Mutations, each under its name in the schema. They do to the shop in memory what Shopify documents, and object to the same. */
export function mutations({ shop, bulk, now }: World): Record<string, (args: never) => unknown> {
  const iso = () => new Date(now()).toISOString();
  const tags = (id: string): readonly string[] => (shop.customers.get(id)?.tags as readonly string[] | undefined) ?? [];
  const ownerExists = (id: string) => shop.customers.has(id) || shop.orders.has(id) || id === 'gid://shopify/Shop/1';
  return {
    bulkOperationRunQuery: ({ query, groupObjects }: { query: string; groupObjects: boolean }) => {
      const { operation, errors } = bulk.run(query, groupObjects);
      return { bulkOperation: operation, userErrors: errors };
    },
    webhookSubscriptionCreate: ({
      topic,
      webhookSubscription,
    }: {
      topic: string;
      webhookSubscription: { uri: string };
    }) => {
      if (shop.hooks.some((hook) => hook.topic === topic && hook.uri === webhookSubscription.uri))
        return no('Address for this topic has already been taken');
      const hook = { id: shop.nextId('WebhookSubscription'), topic, uri: webhookSubscription.uri };
      shop.hooks.push(hook);
      return { webhookSubscription: hook, ...fine };
    },
    webhookSubscriptionDelete: ({ id }: { id: string }) => {
      const at = shop.hooks.findIndex((hook) => hook.id === id);
      if (at === -1) return no('Webhook subscription does not exist');
      shop.hooks.splice(at, 1);
      return { deletedWebhookSubscriptionId: id, ...fine };
    },
    metafieldDefinitionCreate: ({ definition }: { definition: Input }) => {
      const name = `${definition.ownerType} ${definition.namespace} ${definition.key}`;
      if (shop.definitions.has(name)) return no('Key is in use', 'TAKEN');
      shop.definitions.add(name);
      return { createdDefinition: { id: shop.nextId('MetafieldDefinition') }, ...fine };
    },
    metafieldDefinitionDelete: ({ identifier }: { identifier: Input }) => {
      const name = `${identifier.ownerType} ${identifier.namespace} ${identifier.key}`;
      if (!shop.definitions.delete(name)) return no('Definition not found', 'NOT_FOUND');
      for (const key of [...shop.metafields.keys()])
        if (key.endsWith(` ${identifier.namespace} ${identifier.key}`)) shop.metafields.delete(key);
      return { deletedDefinitionId: 'gid://shopify/MetafieldDefinition/1', ...fine };
    },
    metafieldsSet: ({ metafields }: { metafields: readonly Record<string, string>[] }) => {
      const missing = metafields.find(({ ownerId }) => !ownerExists(ownerId ?? ''));
      if (missing !== undefined) return no('Owner does not exist', 'INVALID');
      // A function may read no more of one, and Shopify says so only there.
      for (const { ownerId, namespace, key, value } of metafields)
        shop.metafields.set(`${ownerId} ${namespace} ${key}`, value ?? '');
      return fine;
    },
    metafieldsDelete: ({ metafields }: { metafields: readonly Record<string, string>[] }) => {
      for (const { ownerId, namespace, key } of metafields) shop.metafields.delete(`${ownerId} ${namespace} ${key}`);
      return fine;
    },
    tagsAdd: ({ id, tags: added }: { id: string; tags: readonly string[] }) => {
      shop.change(id, { tags: [...new Set([...tags(id), ...added])] });
      return fine;
    },
    tagsRemove: ({ id, tags: removed }: { id: string; tags: readonly string[] }) => {
      shop.change(id, { tags: tags(id).filter((tag) => !removed.includes(tag)) });
      return fine;
    },
    customerUpdate: ({ input }: { input: Input }) => {
      if (!shop.customers.has(String(input.id))) return no('Customer does not exist');
      shop.change(String(input.id), input);
      return fine;
    },
    fulfillmentOrderHold: ({ id, fulfillmentHold }: { id: string; fulfillmentHold: { handle: string } }) => {
      const held = shop.holds.get(id) ?? [];
      if (held.some(({ handle }) => handle === fulfillmentHold.handle))
        return no('Handle has already been taken', 'DUPLICATE_FULFILLMENT_HOLD_HANDLE');
      const hold = { id: shop.nextId('FulfillmentHold'), handle: fulfillmentHold.handle };
      shop.holds.set(id, [...held, hold]);
      return { fulfillmentHold: hold, ...fine };
    },
    fulfillmentOrderReleaseHold: ({ id, holdIds }: { id: string; holdIds: readonly string[] }) => {
      shop.holds.set(
        id,
        (shop.holds.get(id) ?? []).filter((hold) => !holdIds.includes(hold.id)),
      );
      return fine;
    },
    orderCancel: (args: Input) => {
      const id = String(args.orderId);
      const order = shop.orders.get(id);
      if (order === undefined || order.cancelledAt !== null)
        return { orderCancelUserErrors: [{ code: 'INVALID', field: null, message: 'Cannot cancel this order' }] };
      shop.cancelled.push(args);
      shop.change(id, { cancelledAt: iso(), cancelReason: args.reason });
      return { job: { id: shop.nextId('Job'), done: false }, orderCancelUserErrors: [] };
    },
    orderRiskAssessmentCreate: ({ orderRiskAssessmentInput: input }: { orderRiskAssessmentInput: Input }) => {
      if (!shop.orders.has(String(input.orderId))) return no('Order does not exist', 'NOT_FOUND');
      shop.assessed.push(input);
      return { orderRiskAssessment: { riskLevel: input.riskLevel, facts: [] }, ...fine };
    },
    returnApproveRequest: ({ input }: { input: { id: string } }) => settle(input.id, 'OPEN'),
    returnDeclineRequest: ({ input }: { input: { id: string; declineNote: string } }) => {
      if (input.declineNote.length > 500) return no('Decline note is too long', 'TOO_LONG');
      shop.declined.push(input);
      return settle(input.id, 'DECLINED');
    },
    storeCreditAccountCredit: ({
      id,
      creditInput,
    }: {
      id: string;
      creditInput: { creditAmount: Record<string, string> };
    }) => {
      const { amount = '', currencyCode = '' } = creditInput.creditAmount;
      if (!shop.customers.has(id)) return no('Owner does not exist', 'OWNER_NOT_FOUND');
      const credit = {
        owner: id,
        id: shop.nextId('StoreCreditAccountCreditTransaction'),
        amount,
        currency: currencyCode,
        at: iso(),
      };
      shop.credits.push(credit);
      return {
        storeCreditAccountTransaction: {
          __typename: 'StoreCreditAccountCreditTransaction',
          id: credit.id,
          createdAt: credit.at,
          amount: { amount, currencyCode },
        },
        ...fine,
      };
    },
    giftCardCreate: ({ input }: { input: Input }) => {
      const code = String(input.code);
      if (shop.giftCards.has(code)) return { giftCard: null, ...no('Code has already been taken', 'TAKEN') };
      shop.giftCards.set(code, input);
      return { giftCard: { id: shop.nextId('GiftCard'), lastCharacters: code.slice(-4).toLowerCase() }, ...fine };
    },
    discountCodeBasicCreate: ({ basicCodeDiscount: discount }: { basicCodeDiscount: Input }) => {
      const code = String(discount.code);
      if (shop.discounts.has(code)) return { codeDiscountNode: null, ...no('Code must be unique', 'TAKEN') };
      shop.discounts.set(code, discount);
      return { codeDiscountNode: { id: shop.nextId('DiscountCodeNode') }, ...fine };
    },
  };

  function settle(id: string, status: 'OPEN' | 'DECLINED') {
    const found = shop.returnOf(id);
    if (found === null) return no('Return does not exist', 'NOT_FOUND');
    if (found.it.status !== 'REQUESTED') return no('Return is not requested', 'INVALID_STATE');
    shop.setReturn(id, { status });
    return { return: { id, status }, ...fine };
  }
}
