import { afterFault } from '../../../core/enforcement/back-off.ts';
import { instant } from '../../../core/shared/time.ts';
import type { Connection } from '../../../ports/platforms.ts';
import type { Shop } from '../../../ports.ts';
import type { EnforceDeps } from './deps.ts';

/** The platform was asked too often: nothing of the connection goes on for as long as it says. Gives how long, in milliseconds. */
export async function rest(
  { store, clock }: Pick<EnforceDeps, 'store' | 'clock'>,
  shop: Shop,
  connection: Connection,
  retryAfterMs: number,
): Promise<number> {
  const after = afterFault({ kind: 'limited', retryAfterMs }, 1);
  if (after.next !== 'wait') throw new Error('A limit is waited for');
  const until = instant(clock.now() + after.waitMs);
  await store.marks.postpone(shop.id, connection.id, until);
  await store.acts.postpone(shop.id, connection.id, until, 'limited');
  return after.waitMs;
}
