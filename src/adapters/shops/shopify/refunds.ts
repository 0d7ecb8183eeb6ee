import { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { PlatformFault, Reach } from '../../../ports/platforms.ts';
import { ask, type Cost } from './api.ts';
import { REFUND_BY_ID, REFUND_LINES } from './queries.ts';

/** Twenty refunds with up to ten lines each are asked for at 860 points or so; a single query may cost 1,000. */
export const REFUNDS_AT_ONCE = 20;
export const REFUNDS_COST = 900;

const record = z.record(z.string(), z.unknown());
const page = z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
const listed = z.looseObject({
  nodes: z.array(
    z
      .looseObject({
        id: z.string().optional(),
        refundLineItems: z.looseObject({ pageInfo: page, nodes: z.array(record) }).optional(),
      })
      .nullable(),
  ),
});
const single = z.looseObject({
  refund: z
    .looseObject({
      id: z.string(),
      refundLineItems: z.looseObject({ pageInfo: page, nodes: z.array(record) }),
      order: record,
    })
    .nullable(),
});

type Lines = { readonly nodes: readonly Record<string, unknown>[] };

/** The lines of refunds by their ids. `cost`: of the last question. */
export async function refundLines(
  reach: Reach,
  ids: readonly string[],
): Promise<Result<{ readonly lines: ReadonlyMap<string, Lines>; readonly cost: Cost | null }, PlatformFault>> {
  const lines = new Map<string, Lines>();
  let cost: Cost | null = null;
  for (let from = 0; from < ids.length; from += REFUNDS_AT_ONCE) {
    const asked = await ask(reach, REFUND_LINES, { ids: ids.slice(from, from + REFUNDS_AT_ONCE) }, listed);
    if (!asked.ok) return asked;
    cost = asked.value.cost;
    for (const node of asked.value.data.nodes) {
      if (node?.id === undefined || node.refundLineItems === undefined) continue;
      if (!node.refundLineItems.pageInfo.hasNextPage) {
        lines.set(node.id, { nodes: node.refundLineItems.nodes });
        continue;
      }
      const whole = await wholeRefund(reach, node.id);
      if (!whole.ok) return whole;
      lines.set(node.id, whole.value.refundLineItems);
    }
  }
  return ok({ lines, cost });
}

/** A refund with all of its lines, and the head of its order. */
export async function wholeRefund(
  reach: Reach,
  id: string,
): Promise<
  Result<
    { readonly refundLineItems: Lines; readonly order: Record<string, unknown> } & Record<string, unknown>,
    PlatformFault
  >
> {
  const nodes: Record<string, unknown>[] = [];
  let after: string | null = null;
  for (;;) {
    const asked: Awaited<ReturnType<typeof ask<z.infer<typeof single>>>> = await ask(
      reach,
      REFUND_BY_ID,
      { id, after },
      single,
    );
    if (!asked.ok) return asked;
    const refund: z.infer<typeof single>['refund'] = asked.value.data.refund;
    if (refund === null) return err({ kind: 'gone' });
    nodes.push(...refund.refundLineItems.nodes);
    const { hasNextPage, endCursor }: z.infer<typeof page> = refund.refundLineItems.pageInfo;
    if (!hasNextPage || endCursor === null || endCursor === undefined)
      return ok({ ...refund, refundLineItems: { nodes } });
    after = endCursor;
  }
}
