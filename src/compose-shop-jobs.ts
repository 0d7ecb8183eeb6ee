import type { Work } from './adapters/jobs/jobs.ts';
import type { ShopId } from './core/shared/brand.ts';
import { instant } from './core/shared/time.ts';
import type { Shop } from './ports.ts';
import { enforceDue } from './workflows/shops/enforce/enforce-due.ts';
import { fetchHistory, type HistoryDeps } from './workflows/shops/history.ts';
import { type IntakeDeps, readReceived } from './workflows/shops/intake.ts';
import { beginNightly } from './workflows/shops/runs.ts';
import { settleAddresses, settledUpTo } from './workflows/shops/settle-addresses.ts';

export type ShopWorkDeps = IntakeDeps & HistoryDeps;

const DAY = 86_400_000;
/** Raw bodies are kept a week after they were read, so that a mistake in reading can be put right. */
const BODIES_MS = 7 * DAY;
/** How long is remembered that a webhook came. */
const DELIVERIES_MS = 90 * DAY;
/** Orders do not change where they go after this long. */
const ADDRESSES_MS = 180 * DAY;

/** What is done with shop systems, a shop at a time. */
export function shopWork(
  deps: ShopWorkDeps,
  ofShop: (work: (shop: Shop) => Promise<boolean>) => (id: ShopId) => Promise<boolean>,
): Pick<Work, 'intake' | 'history' | 'enforce'> {
  const { store, clock } = deps;
  return {
    intake: {
      some: ofShop(async (shop) => (await readReceived(deps, shop)) || settleAddresses(deps, shop)),
      shopsWithDue: async () => {
        const now = clock.now();
        const due = await Promise.all([
          store.received.shopsWithWaiting(now),
          store.platformOrders.shopsWithUnsettled(settledUpTo(now)),
        ]);
        return [...new Set(due.flat())];
      },
    },
    history: {
      some: ofShop((shop) => fetchHistory(deps, shop)),
      shopsWithDue: async () => {
        await beginNightly(deps);
        return store.runs.shopsWithDue(clock.now());
      },
    },
    enforce: {
      some: ofShop((shop) => enforceDue(deps, shop)),
      shopsWithDue: () => store.acts.shopsWithDue(clock.now()),
    },
  };
}

/** Empties and forgets what is no longer needed of what platforms sent. */
export async function tidyReceived({ store, clock }: Pick<ShopWorkDeps, 'store' | 'clock'>): Promise<void> {
  const now = clock.now();
  await store.received.tidy(instant(now - BODIES_MS), instant(now - DELIVERIES_MS));
  await store.platformOrders.tidy(instant(now - ADDRESSES_MS));
}
