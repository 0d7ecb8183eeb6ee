import type { SubscriberArgs, SubscriberConfig } from '@medusajs/framework';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import { deliver } from '../logic/deliver.ts';
import { mentionsIn, TOPICS } from '../logic/topics.ts';
import { EVENHAND } from '../modules/evenhand/index.ts';
import type { EvenhandService } from '../modules/evenhand/service.ts';
import { holdWhereSilent, snapshotsOf } from '../snapshots.ts';

const FIRST_TRY_MS = 30_000;

/** Keeps what happened before telling it, so that nothing is lost while Evenhand is down; then tells it at once. */
export default async function tellEvenhand({ event, container }: SubscriberArgs<unknown>): Promise<void> {
  const service = container.resolve<EvenhandService>(EVENHAND);
  const { settings } = service.configuration;
  if (settings === null) return;
  const mentions = mentionsIn(event.name, event.data);
  if (mentions.length === 0) return;
  if (event.name === 'order.placed') for (const { reference } of mentions) await holdWhereSilent(container, reference);
  const kept = await service.keep(mentions, new Date(Date.now() + FIRST_TRY_MS));
  const post = {
    settings,
    outbox: service.outbox,
    snapshot: snapshotsOf(container),
    now: () => new Date(),
    send: fetch,
  };
  for (const message of kept)
    if (!(await deliver(post, message))) {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`Evenhand was not told of ${event.name} yet; it is told again`);
      break;
    }
}

export const config: SubscriberConfig = { event: Object.keys(TOPICS), context: { subscriberId: 'tell-evenhand' } };
