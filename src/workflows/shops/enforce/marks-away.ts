import { setTimeout as sleep } from 'node:timers/promises';
import { NO_MARKS } from '../../../core/enforcement/desired.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';
import type { Connection, PlatformFault, Reach, ShopPlatform } from '../../../ports/platforms.ts';
import type { Shop } from '../../../ports.ts';
import { reachOf } from '../reach.ts';
import { type EnforceDeps, eachOf, OWN_FAULT, whoAt } from './deps.ts';

const PAGE = 100;
const AT_ONCE = 4;
/** Whoever disconnects waits for it. */
const PATIENCE_MS = 30_000;
/** A limit that asks to wait longer is not waited for. */
const LONGEST_WAIT_MS = 3_000;

/** What came of taking marks away. `left`: customers on whom some are left there. */
export interface MarksAway {
  readonly taken: number;
  readonly left: number;
  readonly fault: PlatformFault | typeof OWN_FAULT | null;
}

/**
 * Takes every mark of ours away from the platform, empties the list of guests, and calls off what waits to be done there: before a
 * connection is ended. Goes as far as the platform lets it within half a minute, and says how many are left.
 */
export async function marksAway(deps: EnforceDeps, shop: Shop, connection: Connection): Promise<MarksAway> {
  await deps.store.acts.cancelAll(shop.id, connection.id, deps.clock.now());
  const platform = deps.platforms.of(connection.platform);
  const reach = await reachOf(deps, connection);
  const deadline = performance.now() + PATIENCE_MS;
  let taken = 0;
  let left = 0;
  let fault: MarksAway['fault'] = null;
  if (platform.listGuests !== null) {
    const { listGuests } = platform;
    fault = await patiently(deps, deadline, async () => listGuests(reach, [], []));
  }
  for (let after: CustomerId | null = null; ; ) {
    const page = await deps.store.marks.marked(shop.id, connection.id, { after, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) return { taken, left, fault };
    after = last.customer;
    const shown = await deps.store.ledger.shownOf(
      shop.id,
      page.map(({ customer }) => customer),
    );
    await eachOf(page, AT_ONCE, async ({ customer, farewell }) => {
      const known = farewell ?? shown.get(customer) ?? {};
      const who = whoAt(connection, { externalId: known.externalId ?? undefined, email: known.email ?? undefined });
      const failed = isHopeless(fault) ? fault : await takeAway(deps, deadline, platform.mark, reach, who);
      if (failed === null || failed.kind === 'gone') {
        taken += 1;
        const told = { marks: NO_MARKS, at: deps.clock.now(), nextAt: null };
        await deps.store.marks.told(shop.id, connection.id, customer, told);
      } else {
        left += 1;
        fault = failed;
      }
    });
  }
}

type Fault = NonNullable<MarksAway['fault']>;
type Answer = { readonly ok: true } | { readonly ok: false; readonly error: PlatformFault };

/** Asking again for another customer would be answered the same. */
const isHopeless = (fault: Fault | null): boolean =>
  fault !== null && (fault.kind === 'unauthorised' || fault.kind === 'limited' || fault.kind === 'unavailable');

async function takeAway(
  deps: EnforceDeps,
  deadline: number,
  mark: ShopPlatform['mark'],
  reach: Reach,
  who: ReturnType<typeof whoAt>,
): Promise<Fault | null> {
  if (mark === null || (who.externalId === null && who.email === null)) return null;
  return patiently(deps, deadline, () => mark(reach, who, NOTHING));
}

const NOTHING = { ...NO_MARKS, sentences: [] };

/** Waits for short limits while there is time. Null: it went well. */
async function patiently(
  { onFault }: Pick<EnforceDeps, 'onFault'>,
  deadline: number,
  ask: () => Promise<Answer>,
): Promise<Fault | null> {
  for (;;) {
    try {
      const answer = await ask();
      if (answer.ok) return null;
      const { error } = answer;
      const wait = error.kind === 'limited' ? error.retryAfterMs : Number.POSITIVE_INFINITY;
      if (wait > LONGEST_WAIT_MS || performance.now() + wait > deadline) return error;
      await sleep(wait);
    } catch (error) {
      onFault(error);
      return OWN_FAULT;
    }
  }
}
