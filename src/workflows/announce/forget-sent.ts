import { days, subtractPeriod } from '../../core/shared/period.ts';
import type { AnnounceDeps } from './deps.ts';

/** How long the console shows what was sent to other systems. */
const KEPT = days(30);

/** Forgets what was sent to other systems long ago. */
export async function forgetSent({ store, clock }: Pick<AnnounceDeps, 'store' | 'clock'>): Promise<void> {
  await store.announcing.forget(subtractPeriod(clock.now(), KEPT));
}
