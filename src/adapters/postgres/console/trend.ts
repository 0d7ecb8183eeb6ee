import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { currencyExponent } from '../../../core/shared/money.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { WeekTotals } from '../../../ports/console.ts';
import type { Database } from '../schema.ts';

/**
 * What was ordered and sent back in each week, in the shop's currency. Reads the whole ledger of the shop since an instant:
 * callers keep the answer for a while.
 */
export async function trend(
  db: Kysely<Database>,
  shop: ShopId,
  currency: string,
  timeZone: string,
  since: Instant,
): Promise<readonly WeekTotals[]> {
  const { rows } = await sql<{ week: string; ordered: string; returned: string }>`
    select to_char(date_trunc('week', occurred_at at time zone ${timeZone}), 'YYYY-MM-DD') as week,
           round(sum(case when kind = 'order.placed' then units else 0 end)) as ordered,
           round(sum(case when kind = 'return.received' then units else 0 end)) as returned
      from (
        select e.kind, e.occurred_at,
               (m.money ->> 'amount')::numeric * coalesce((m.money ->> 'rate')::numeric, 1)
                 * case when m.money ->> 'currency' = ${currency} then 1 else ${factorOf(currency)} end as units
          from ledger_event e
         cross join lateral (select coalesce(e.body -> 'total', e.body -> 'value') as money) m
         where e.shop_id = ${shop} and e.kind in ('order.placed', 'return.received')
           and e.occurred_at >= ${formatInstant(since)}) counted
     group by 1 order by 1`.execute(db);
  return rows.map((row) => ({ week: row.week, ordered: Number(row.ordered), returned: Number(row.returned) }));
}

/** Between minor units of other currencies and of the shop's. */
function factorOf(currency: string) {
  const own = currencyExponent(currency);
  const three = sql.join(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => sql.lit(code)));
  const none = sql.join(
    [
      'BIF',
      'CLP',
      'DJF',
      'GNF',
      'ISK',
      'JPY',
      'KMF',
      'KRW',
      'PYG',
      'RWF',
      'UGX',
      'UYI',
      'VND',
      'VUV',
      'XAF',
      'XOF',
      'XPF',
    ].map((code) => sql.lit(code)),
  );
  return sql`power(10::numeric, ${own}::int - case when m.money ->> 'currency' in (${three}) then 3
                                                  when m.money ->> 'currency' in (${none}) then 0 else 2 end)`;
}
