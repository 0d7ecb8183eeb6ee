import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys, MedusaError } from '@medusajs/framework/utils';
import { completeCartWorkflow } from '@medusajs/medusa/core-flows';
import { ask, isSettled, refusalOf } from '../../logic/ask.ts';
import { type CartSeen, questionOf } from '../../logic/shopper.ts';
import { EVENHAND } from '../../modules/evenhand/index.ts';
import type { EvenhandService } from '../../modules/evenhand/service.ts';

/** Statuses of orders that were taken. */
const TAKEN = ['pending', 'requires_action', 'completed', 'archived'];

/** Asks before an order is made and anything is paid. */
completeCartWorkflow.hooks.validate(async ({ input, cart }, { container }) => {
  const seen = cart as CartSeen & { readonly completed_at?: unknown };
  const service = container.resolve<EvenhandService>(EVENHAND);
  if (service.configuration.settings === null || seen.completed_at) return;
  if (questionOf(seen) === null) return;
  const question = questionOf(seen, await isFirst(seen.customer?.id, container));
  if (question === null) return;
  const answer = await ask(service.configuration, question);
  const refusal = refusalOf(answer);
  if (refusal !== null) throw new MedusaError(MedusaError.Types.NOT_ALLOWED, refusal);
  if (isSettled(answer)) return;
  // An order is not refused because this could not be kept.
  await service.leaveOpen(input.id, answer.kind === 'silent').catch((error: unknown) => {
    const why = error instanceof Error ? error.message : 'no reason';
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`Evenhand could not keep that a cart was left open: ${why}`);
  });
});

/** Whether the customer has ordered nothing that was not cancelled; undefined: it is not known. One look-up by an index. */
async function isFirst(customer: string | null | undefined, container: MedusaContainer): Promise<boolean | undefined> {
  if (!customer) return undefined;
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const filters = { customer_id: customer, is_draft_order: false, status: TAKEN };
  return query
    .graph({ entity: 'order', fields: ['id'], filters, pagination: { skip: 0, take: 1, order: { id: 'ASC' } } })
    .then(
      ({ data }) => data.length === 0,
      () => undefined,
    );
}
