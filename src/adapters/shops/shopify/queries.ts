/*
 * Everything that is asked of the Admin API 2026-10, word for word. A test validates each against Shopify's published schema.
 */

const ORDER_HEAD = `id name currencyCode createdAt processedAt updatedAt edited cancelledAt cancelReason email phone customerLocale
  displayFulfillmentStatus clientIp billingAddress { firstName lastName address1 address2 city zip countryCodeV2 }
  customer { id firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }`;
const ADDRESS = 'shippingAddress { firstName lastName address1 address2 city zip provinceCode countryCodeV2 }';
const PLACED = 'paymentGatewayNames originalTotalPriceSet { shopMoney { amount currencyCode } }';
const LINE_OF = `id title sku product { id } variant { id } originalUnitPriceSet { shopMoney { amount currencyCode } }`;
const TRANSACTION = 'id kind status createdAt processedAt errorCode amountSet { shopMoney { amount currencyCode } }';
const FULFILLMENT = 'id status createdAt deliveredAt';
const REASON = 'returnReason returnReasonDefinition { handle }';
const REFUND = 'id createdAt processedAt totalRefundedSet { shopMoney { amount currencyCode } }';
const REFUND_LINE = 'quantity restockType subtotalSet { shopMoney { amount currencyCode } }';
const RETURN = 'id status createdAt closedAt';
const DISPUTE = 'id status initiatedAt finalizedOn amount { amount currencyCode } reasonDetails { reason }';
const returnLine = (item: string): string => `quantity ${REASON}
  ... on ReturnLineItem { processedQuantity withCodeDiscountedTotalPriceSet { shopMoney { amount currencyCode } }
    fulfillmentLineItem { id lineItem { ${item} } } }`;

/** The shop, what was granted, and the plan. */
export const SHOP = `query Shop {
  shop { id name currencyCode ianaTimezone myshopifyDomain plan { publicDisplayName shopifyPlus partnerDevelopment } }
  currentAppInstallation { id accessScopes { handle } }
}`;

/** Customers, each on a line of their own. `%filter%` is put in by `bulkCustomers`. */
const BULK_CUSTOMERS = `{ customers(%filter%) { edges { node {
  id createdAt firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber }
  defaultAddress { firstName lastName address1 address2 city zip countryCodeV2 }
} } } }`;

/** Orders with everything that a bulk operation can give at once: lists may hold no connections there, so refunds come without their lines. */
const BULK_ORDERS = `{ orders(%filter%) { edges { node {
  ${ORDER_HEAD} ${ADDRESS} ${PLACED}
  transactions(first: 50) { ${TRANSACTION} }
  fulfillments(first: 50) { ${FULFILLMENT} }
  refunds(first: 50) { ${REFUND} return { id } }
  lineItems { edges { node { quantity ${LINE_OF} } } }
  returns { edges { node { ${RETURN} returnLineItems { edges { node { id ${returnLine('id')} } } } } } }
} } } }`;

/** `since` in ISO 8601; null: everything. */
export const bulkCustomers = (since: string | null): string => filtered(BULK_CUSTOMERS, since);
export const bulkOrders = (since: string | null): string => filtered(BULK_ORDERS, since);

const filtered = (query: string, since: string | null): string =>
  since === null
    ? query.replace('(%filter%)', '')
    : query.replace('%filter%', `query: "updated_at:>='${since}'", sortKey: UPDATED_AT`);

/** Grouped: children directly follow their parent, so that the file can be read as a stream. */
export const RUN_BULK = `mutation RunBulk($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: true) {
    bulkOperation { id status }
    userErrors { code field message }
  }
}`;

export const BULK_STATUS = `query BulkStatus($id: ID!) {
  bulkOperation(id: $id) { id status errorCode url fileSize objectCount rootObjectCount }
}`;

/** The lines of refunds that a bulk operation could not give. `first` small, because what is asked for is paid for. */
export const REFUND_LINES = `query RefundLines($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Refund { id refundLineItems(first: 10) {
    pageInfo { hasNextPage } nodes { ${REFUND_LINE} lineItem { id } }
  } } }
}`;

/** One refund, whole. */
export const REFUND_BY_ID = `query Refund($id: ID!, $after: String) {
  refund(id: $id) {
    ${REFUND}
    return { id returnLineItems(first: 20) { nodes { ${REASON} } } }
    refundLineItems(first: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${REFUND_LINE} lineItem { ${LINE_OF} } } }
    order { ${ORDER_HEAD} sent: fulfillments(first: 20) { id status createdAt } }
  }
}`;

export const RETURN_BY_ID = `query Return($id: ID!) {
  return(id: $id) { ${RETURN} returnLineItems(first: 50) { nodes { ${returnLine(LINE_OF)} } } order { ${ORDER_HEAD} } }
}`;

export const TRANSACTION_BY_ID = `query Transaction($id: ID!) {
  node(id: $id) { ... on OrderTransaction { ${TRANSACTION} order { ${ORDER_HEAD} } } }
}`;

export const FULFILLMENT_BY_ID = `query Fulfillment($id: ID!) {
  fulfillment(id: $id) { ${FULFILLMENT} order { ${ORDER_HEAD} } }
}`;

export const DISPUTE_BY_ID = `query Dispute($id: ID!) {
  dispute(id: $id) { ${DISPUTE} order { ${ORDER_HEAD} } }
}`;

/** One order whose creation was missed. */
export const ORDER_BY_ID = `query Order($id: ID!, $after: String) {
  order(id: $id) {
    ${ORDER_HEAD} ${ADDRESS} ${PLACED}
    transactions(first: 20) { ${TRANSACTION} }
    fulfillments(first: 20) { ${FULFILLMENT} }
    refunds(first: 20) { ${REFUND} return { id } }
    lineItems(first: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes { quantity ${LINE_OF} } }
  }
}`;

/** Disputes of Shopify Payments. There are few, so they are paged. */
export const DISPUTES = `query Disputes($after: String, $query: String) {
  disputes(first: 25, after: $after, query: $query) {
    pageInfo { hasNextPage endCursor } nodes { ${DISPUTE} order { ${ORDER_HEAD} } }
  }
}`;

export const HOOKS = `query Hooks($after: String) {
  webhookSubscriptions(first: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes { id topic uri } }
}`;
export const HOOK_CREATE = `mutation HookCreate($topic: WebhookSubscriptionTopic!, $hook: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $hook) { webhookSubscription { id } userErrors { field message } }
}`;
export const HOOK_DELETE = `mutation HookDelete($id: ID!) {
  webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
}`;
export const DEFINITION_CREATE = `mutation DefinitionCreate($definition: MetafieldDefinitionInput!) {
  metafieldDefinitionCreate(definition: $definition) { createdDefinition { id } userErrors { code field message } }
}`;
export const DEFINITION_DELETE = `mutation DefinitionDelete($identifier: MetafieldDefinitionIdentifierInput!) {
  metafieldDefinitionDelete(identifier: $identifier, deleteAllAssociatedMetafields: true) {
    deletedDefinitionId userErrors { code field message }
  }
}`;

const MARKED = `id tags note checkout: metafield(namespace: "$app:evenhand", key: "checkout") { value }
  marks: metafield(namespace: "$app:evenhand", key: "marks") { value }`;
export const CUSTOMER_BY_ID = `query Marked($id: ID!) { customer(id: $id) { ${MARKED} } }`;
export const CUSTOMER_BY_EMAIL = `query MarkedByEmail($email: String!) {
  customerByIdentifier(identifier: { emailAddress: $email }) { ${MARKED} }
}`;
export const TAGS_ADD = `mutation TagsAdd($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { userErrors { field message } } }`;
export const TAGS_REMOVE = `mutation TagsRemove($id: ID!, $tags: [String!]!) {
  tagsRemove(id: $id, tags: $tags) { userErrors { field message } }
}`;
export const NOTE_SET = `mutation NoteSet($input: CustomerInput!) { customerUpdate(input: $input) { userErrors { field message } } }`;
export const METAFIELDS_SET = `mutation MetafieldsSet($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { userErrors { code field message } }
}`;
export const METAFIELDS_DELETE = `mutation MetafieldsDelete($metafields: [MetafieldIdentifierInput!]!) {
  metafieldsDelete(metafields: $metafields) { userErrors { field message } }
}`;

export const PARCELS = `query Parcels($id: ID!) {
  order(id: $id) { id cancelledAt fulfillmentOrders(first: 20) { nodes {
    id status fulfillmentHolds { id handle heldByRequestingApp }
  } } }
}`;
export const HOLD = `mutation Hold($id: ID!, $hold: FulfillmentOrderHoldInput!) {
  fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) { fulfillmentHold { id } userErrors { code field message } }
}`;
export const RELEASE = `mutation Release($id: ID!, $holds: [ID!]) {
  fulfillmentOrderReleaseHold(id: $id, holdIds: $holds) { userErrors { code field message } }
}`;
export const ORDER_STATE = `query OrderState($id: ID!) { order(id: $id) { id cancelledAt } }`;
export const CANCEL = `mutation Cancel(
  $id: ID!, $restock: Boolean!, $refund: OrderCancelRefundMethodInput, $note: String
) {
  orderCancel(orderId: $id, reason: STAFF, restock: $restock, refundMethod: $refund, notifyCustomer: true, staffNote: $note) {
    job { id } orderCancelUserErrors { code field message }
  }
}`;
export const ASSESS = `mutation Assess($input: OrderRiskAssessmentCreateInput!) {
  orderRiskAssessmentCreate(orderRiskAssessmentInput: $input) { orderRiskAssessment { riskLevel } userErrors { code field message } }
}`;
export const RETURN_STATE = `query ReturnState($id: ID!) { return(id: $id) { id status } }`;
export const APPROVE = `mutation Approve($input: ReturnApproveRequestInput!) {
  returnApproveRequest(input: $input) { return { id status } userErrors { code field message } }
}`;
export const DECLINE = `mutation Decline($input: ReturnDeclineRequestInput!) {
  returnDeclineRequest(input: $input) { return { id status } userErrors { code field message } }
}`;
export const CREDIT = `mutation Credit($id: ID!, $input: StoreCreditAccountCreditInput!) {
  storeCreditAccountCredit(id: $id, creditInput: $input) {
    storeCreditAccountTransaction { id createdAt } userErrors { code field message }
  }
}`;
export const CREDITS = `query Credits($id: ID!, $key: String!) {
  customer(id: $id) {
    id begun: metafield(namespace: "$app:evenhand", key: $key) { value }
    storeCreditAccounts(first: 5) { nodes { id balance { currencyCode } transactions(first: 25, reverse: true) { nodes {
      ... on StoreCreditAccountCreditTransaction { id createdAt amount { amount currencyCode } }
    } } } }
  }
}`;
export const GIFT_CARD = `mutation GiftCard($input: GiftCardCreateInput!) {
  giftCardCreate(input: $input) { giftCard { id lastCharacters } userErrors { code field message } }
}`;
export const DISCOUNT = `mutation Discount($discount: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $discount) { codeDiscountNode { id } userErrors { code field message } }
}`;
