import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';

const MOST = 200;

/** Orders with refunds made since an instant: Medusa's own routes have no word for these. GET /admin/evenhand/refunds?since=…&after=… */
export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { since, after } = request.query;
  if (typeof since !== 'string' || Number.isNaN(Date.parse(since))) {
    response
      .status(400)
      .json({ type: 'invalid_data', message: 'since must be an instant such as 2026-03-01T00:00:00Z' });
    return;
  }
  const { data } = await request.scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: 'refund',
    fields: ['id', 'payment.payment_collection.order.id'],
    filters: {
      created_at: { $gte: new Date(since) },
      ...(typeof after === 'string' ? { id: { $gt: after } } : {}),
    },
    pagination: { skip: 0, take: MOST, order: { id: 'ASC' } },
  });
  const refunds = (data as readonly Refund[]).map(({ id, payment }) => ({
    id,
    order_id: payment?.payment_collection?.order?.id ?? null,
  }));
  response.json({ refunds, next: refunds.length < MOST ? null : (refunds.at(-1)?.id ?? null) });
}

interface Refund {
  readonly id: string;
  readonly payment?: {
    readonly payment_collection?: { readonly order?: { readonly id?: string } | null } | null;
  } | null;
}
