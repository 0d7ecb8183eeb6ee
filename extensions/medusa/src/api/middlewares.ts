import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { defineMiddlewares } from '@medusajs/framework/http';
import { MedusaError, Modules } from '@medusajs/framework/utils';
import { HELD, isHeld } from '../logic/hold.ts';

/** Medusa knows no orders on hold: an order that is held is not fulfilled, and staff read why. */
async function refuseHeldOrders(request: MedusaRequest, _: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  const id = request.params.id;
  if (id === undefined) return next();
  const [order] = await request.scope.resolve(Modules.ORDER).listOrders({ id }, { select: ['id', 'metadata'] });
  if (isHeld(order?.metadata)) return next(new MedusaError(MedusaError.Types.NOT_ALLOWED, HELD));
  return next();
}

export default defineMiddlewares({
  routes: [{ matcher: '/admin/orders/:id/fulfillments', methods: ['POST'], middlewares: [refuseHeldOrders] }],
});
