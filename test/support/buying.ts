import type { CustomerReference } from '../../src/core/events/incoming.ts';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import { formatInstant } from '../../src/core/shared/time.ts';
import type { Shop } from '../../src/ports.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import type { TestClock, testJudgingDeps } from './shop.ts';

/** Lets somebody place an order of 20 € now, each with a number of its own; gives whose it is. */
export function buyer(
  deps: ReturnType<typeof testJudgingDeps>,
  shop: Shop,
  clock: TestClock,
): (customer: CustomerReference) => Promise<CustomerId> {
  let orders = 0;
  return async (customer) => {
    orders += 1;
    const { results } = await recordEvents(deps, shop, [
      {
        kind: 'order.placed',
        id: `o${orders}`,
        occurredAt: formatInstant(clock.now()),
        customer,
        body: { order: `O${orders}`, total: { amount: 20_00, currency: 'EUR' } },
      },
    ]);
    return results[0]?.customer as CustomerId;
  };
}
