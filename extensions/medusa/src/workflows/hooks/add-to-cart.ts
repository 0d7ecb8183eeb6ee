import { ContainerRegistrationKeys, MedusaError } from '@medusajs/framework/utils';
import { addToCartWorkflow } from '@medusajs/medusa/core-flows';
import { ask, refusalOf } from '../../logic/ask.ts';
import { type CartSeen, questionOf } from '../../logic/shopper.ts';
import { EVENHAND } from '../../modules/evenhand/index.ts';
import type { EvenhandService } from '../../modules/evenhand/service.ts';

/** Asks when something is put into the cart of somebody known, so that nobody fills a cart in vain. */
addToCartWorkflow.hooks.validate(async ({ input }, { container }) => {
  const service = container.resolve<EvenhandService>(EVENHAND);
  const { settings, cart: asksHere } = service.configuration;
  if (settings === null || !asksHere) return;
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: 'cart',
    fields: ['email', 'locale', 'customer.id', 'customer.has_account', 'customer.email', 'shipping_address.phone'],
    filters: { id: input.cart_id },
  });
  const question = questionOf((data[0] ?? {}) as CartSeen);
  if (question === null) return;
  const refusal = refusalOf(await ask(service.configuration, question));
  if (refusal !== null) throw new MedusaError(MedusaError.Types.NOT_ALLOWED, refusal);
});
