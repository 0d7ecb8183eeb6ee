import { type Kysely, sql } from 'kysely';
import type { ConnectionId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant, instant } from '../../../core/shared/time.ts';
import type { ReceivedHealth } from '../../../ports/connections.ts';
import type { Database } from '../schema.ts';

const DAY = 86_400_000;
/** Of how many of the newest webhooks of a day the medians are taken. */
const SAMPLE = 2_000;

/** How a connection's webhooks do, over the last 24 hours. */
export async function receivedHealth(
  db: Kysely<Database>,
  shop: ShopId,
  connection: ConnectionId,
  now: Instant,
): Promise<ReceivedHealth> {
  const since = formatInstant(instant(now - DAY));
  const own = sql`shop_id = ${shop} and connection_id = ${connection}`;
  const [counted, timed, rejected] = await Promise.all([
    sql<{ last: Instant | null; received: number; waiting: number; refused: number }>`
      select (select max(received_at) from hook_received where ${own} and live) as last,
             (select count(*) from hook_received where ${own} and live and received_at >= ${since}) as received,
             (select count(*) from hook_received where ${own} and state = 'waiting') as waiting,
             (select count(*) from hook_received where ${own} and state = 'refused') as refused`.execute(db),
    sql<{ heard: number | null; read: number | null }>`
      select percentile_cont(0.5) within group (order by extract(epoch from received_at - triggered_at) * 1000)
               filter (where triggered_at is not null) as heard,
             percentile_cont(0.5) within group (order by extract(epoch from done_at - received_at) * 1000)
               filter (where state = 'done') as read
        from (select received_at, triggered_at, done_at, state from hook_received
               where ${own} and live and received_at >= ${since}
               order by received_at desc limit ${SAMPLE}) newest`.execute(db),
    sql<{ reason: string; count: number; lastAt: Instant }>`
      select reason, sum(count) as count, max(last_at) as "lastAt" from hook_rejected
       where ${own} and last_at >= ${since} and hour >= ${formatInstant(instant(now - DAY - 3_600_000))}
       group by reason order by reason`.execute(db),
  ]);
  const [counts] = counted.rows;
  const [times] = timed.rows;
  return {
    lastReceivedAt: counts?.last ?? null,
    heardAfterMs: wholeOrNull(times?.heard),
    readAfterMs: wholeOrNull(times?.read),
    received24h: counts?.received ?? 0,
    waiting: counts?.waiting ?? 0,
    refused: counts?.refused ?? 0,
    rejected24h: rejected.rows,
  };
}

/** A clock there that is ahead of ours gives a negative lag, which says nothing. */
const wholeOrNull = (milliseconds: number | null | undefined): number | null =>
  milliseconds === null || milliseconds === undefined ? null : Math.max(0, Math.round(Number(milliseconds)));
