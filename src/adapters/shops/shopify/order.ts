import { z } from 'zod';
import { assertNever } from '../../../core/shared/assert-never.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Json, PlatformFault, PlatformRecord, Reach } from '../../../ports/platforms.ts';
import { ask } from './api.ts';
import { gid, readThing, type Thing } from './ids.ts';
import { DISPUTE_BY_ID, FULFILLMENT_BY_ID, ORDER_BY_ID, RETURN_BY_ID, TRANSACTION_BY_ID } from './queries.ts';
import { GRAPH_ORDER } from './read.ts';
import { refundLines, wholeRefund } from './refunds.ts';

type Records = Result<readonly PlatformRecord[], PlatformFault>;

const record = z.record(z.string(), z.unknown());
const withOrder = z.looseObject({ id: z.string(), order: record.nullable() });

/** What a webhook rang for: a whole order by its number, or one thing of an order by the name that `thingName` gives. */
export async function order(reach: Reach, name: string): Promise<Records> {
  const thing = readThing(name);
  return thing === null ? wholeOrder(reach, name) : oneThing(reach, name, thing);
}

async function oneThing(reach: Reach, asked: string, thing: Thing): Promise<Records> {
  switch (thing.kind) {
    case 'refund': {
      const refund = await wholeRefund(reach, gid('Refund', thing.id));
      if (!refund.ok) return refund;
      const { order: head, ...rest } = refund.value;
      return ok([{ topic: GRAPH_ORDER, payload: { ...head, asked, refunds: [rest] } as unknown as Json }]);
    }
    case 'return':
      return fetched(reach, RETURN_BY_ID, 'return', gid('Return', thing.id), asked, (it) => ({
        returns: { nodes: [it] },
      }));
    case 'transaction':
      return fetched(reach, TRANSACTION_BY_ID, 'node', gid('OrderTransaction', thing.id), asked, (it) => ({
        transactions: [it],
      }));
    case 'fulfillment':
      return fetched(reach, FULFILLMENT_BY_ID, 'fulfillment', gid('Fulfillment', thing.id), asked, (it) => ({
        fulfillments: [it],
      }));
    case 'dispute':
      return fetched(reach, DISPUTE_BY_ID, 'dispute', gid('ShopifyPaymentsDispute', thing.id), asked, (it) => ({
        disputes: [it],
      }));
    default:
      return assertNever(thing.kind);
  }
}

async function fetched(
  reach: Reach,
  query: string,
  field: string,
  id: string,
  asked: string,
  around: (it: Record<string, unknown>) => Record<string, unknown>,
): Promise<Records> {
  const answer = await ask(reach, query, { id }, z.record(z.string(), withOrder.nullable()));
  if (!answer.ok) return answer;
  const found = answer.value.data[field] ?? null;
  if (found === null || found.order === null) return err({ kind: 'gone' });
  const { order: head, ...rest } = found;
  return ok([{ topic: GRAPH_ORDER, payload: { ...head, asked, ...around(rest) } as unknown as Json }]);
}

const pageInfo = z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
type PageInfo = z.infer<typeof pageInfo>;

const orderShape = z.looseObject({
  order: z
    .looseObject({
      id: z.string(),
      refunds: z.array(z.looseObject({ id: z.string() })),
      lineItems: z.looseObject({
        pageInfo,
        nodes: z.array(record),
      }),
    })
    .nullable(),
});

async function wholeOrder(reach: Reach, id: string): Promise<Records> {
  const lines: Record<string, unknown>[] = [];
  let after: string | null = null;
  for (;;) {
    const asked: Result<{ readonly data: z.infer<typeof orderShape> }, PlatformFault> = await ask(
      reach,
      ORDER_BY_ID,
      { id: gid('Order', id), after },
      orderShape,
    );
    if (!asked.ok) return asked;
    const found: z.infer<typeof orderShape>['order'] = asked.value.data.order;
    if (found === null) return err({ kind: 'gone' });
    lines.push(...found.lineItems.nodes);
    const { hasNextPage, endCursor }: PageInfo = found.lineItems.pageInfo;
    if (hasNextPage && typeof endCursor === 'string') {
      after = endCursor;
      continue;
    }
    const refunds = await refundLines(
      reach,
      found.refunds.map((refund) => refund.id),
    );
    if (!refunds.ok) return refunds;
    const payload = {
      ...found,
      asked: id,
      lineItems: { nodes: lines },
      refunds: found.refunds.map((refund) => ({
        ...refund,
        refundLineItems: refunds.value.lines.get(refund.id) ?? null,
      })),
    };
    return ok([{ topic: GRAPH_ORDER, payload: payload as unknown as Json }]);
  }
}
