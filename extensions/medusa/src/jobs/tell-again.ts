import type { MedusaContainer } from '@medusajs/framework/types';
import { deliverDue } from '../logic/deliver.ts';
import { EVENHAND } from '../modules/evenhand/index.ts';
import type { EvenhandService } from '../modules/evenhand/service.ts';
import { snapshotsOf } from '../snapshots.ts';

const KEPT_OPEN_MS = 31 * 86_400_000;

/** Tells Evenhand, each minute, what it could not be told before. */
export default async function tellAgain(container: MedusaContainer): Promise<void> {
  const service = container.resolve<EvenhandService>(EVENHAND);
  const { settings } = service.configuration;
  if (settings === null) return;
  const now = (): Date => new Date();
  await service.forgetOpen(new Date(now().getTime() - KEPT_OPEN_MS));
  await deliverDue({ settings, outbox: service.outbox, snapshot: snapshotsOf(container), now, send: fetch });
}

export const config = { name: 'evenhand-tell-again', schedule: '* * * * *' };
