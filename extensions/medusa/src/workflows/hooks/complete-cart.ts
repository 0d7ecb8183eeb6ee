import { ContainerRegistrationKeys, MedusaError } from '@medusajs/framework/utils';
import { completeCartWorkflow } from '@medusajs/medusa/core-flows';
import { ask, isSettled, refusalOf } from '../../logic/ask.ts';
import { type CartSeen, questionOf } from '../../logic/shopper.ts';
import { EVENHAND } from '../../modules/evenhand/index.ts';
import type { EvenhandService } from '../../modules/evenhand/service.ts';

/** Asks before an order is made and anything is paid. */
completeCartWorkflow.hooks.validate(async ({ input, cart }, { container }) => {
  const seen = cart as CartSeen & { readonly completed_at?: unknown };
  const service = container.resolve<EvenhandService>(EVENHAND);
  if (service.configuration.settings === null || seen.completed_at) return;
  const question = questionOf(seen);
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
