import { sql, type Transaction } from 'kysely';
import type { LedgerEvent } from '../../../core/events/event.ts';
import type { CustomerId, EventId, ShopId } from '../../../core/shared/brand.ts';
import { type EventRow, eventColumns, toEvent } from '../queries/event-row.ts';
import type { Database } from '../schema.ts';
import type { Projected } from './project.ts';

/** An event that a correction took out of the totals (−1) or put back (+1). */
export interface Voided {
  readonly event: LedgerEvent;
  readonly sign: 1 | -1;
}

/** What the corrections among these rows change about totals, given what earlier corrections of the same events said. */
export async function findVoided(
  tx: Transaction<Database>,
  shop: ShopId,
  rows: readonly Projected[],
): Promise<readonly Voided[]> {
  const corrections = rows.flatMap(({ event }) => (event.kind === 'event.corrected' ? [event] : []));
  const first = corrections[0];
  if (first === undefined) return [];
  const named = [...new Set(corrections.map((correction) => correction.body.event))];
  const customers = [...new Set(corrections.flatMap((correction) => correction.customer ?? []))];
  const [events, voidedBefore] = [
    await corrected(tx, shop, named),
    await voidedUpTo(tx, shop, customers, named, first.seq),
  ];
  const voided: Voided[] = [];
  for (const { body } of corrections) {
    const event = events.get(body.event);
    if (event === undefined) continue;
    const was = voidedBefore.has(body.event);
    const is = body.as === 'void';
    if (was === is) continue;
    voided.push({ event, sign: is ? -1 : 1 });
    if (is) voidedBefore.add(body.event);
    else voidedBefore.delete(body.event);
  }
  return voided;
}

async function corrected(
  tx: Transaction<Database>,
  shop: ShopId,
  ids: readonly string[],
): Promise<Map<string, LedgerEvent>> {
  const { rows } = await sql<EventRow>`
    select ${eventColumns} from ledger_event where shop_id = ${shop} and id = any(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, toEvent(row)]));
}

/** Which of the events the last correction before `seq` left void. */
async function voidedUpTo(
  tx: Transaction<Database>,
  shop: ShopId,
  customers: readonly CustomerId[],
  ids: readonly string[],
  seq: number,
): Promise<Set<string>> {
  const { rows } = await sql<{ event: EventId; how: string }>`
    select distinct on (body ->> 'event') body ->> 'event' as event, body ->> 'as' as how from ledger_event
    where shop_id = ${shop} and customer_id = any(${customers}::uuid[]) and kind = 'event.corrected'
      and body ->> 'event' = any(${ids}::text[]) and seq < ${seq}
    order by body ->> 'event', seq desc`.execute(tx);
  return new Set(rows.filter((row) => row.how === 'void').map((row) => row.event));
}
