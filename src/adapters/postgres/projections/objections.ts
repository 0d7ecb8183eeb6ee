import { sql, type Transaction } from 'kysely';
import { foldObjections, isObjectionEvent, type Objection, objectionKinds } from '../../../core/appeals/objections.ts';
import type { LedgerEvent } from '../../../core/events/event.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import { packed } from '../packed.ts';
import { type EventRow, eventColumns, toEvent } from '../queries/event-row.ts';
import type { Database } from '../schema.ts';
import type { Projected } from './project.ts';

/**
 * Objections of customers of whom something was recorded here, folded anew from all their events up to here. Those of an erased
 * customer, and about one, are forgotten with the link they are about.
 */
export async function projectObjections(
  tx: Transaction<Database>,
  shop: ShopId,
  rows: readonly Projected[],
): Promise<void> {
  const touched = rows.filter(({ event }) => isObjectionEvent(event));
  const last = touched.at(-1);
  if (last !== undefined) {
    const customers = [...new Set(touched.flatMap(({ event }) => event.customer ?? []))];
    const { rows: stored } = await sql<EventRow>`
      select ${eventColumns} from ledger_event
      where shop_id = ${shop} and customer_id = any(${customers}::uuid[]) and kind = any(${[...objectionKinds]}::text[])
        and seq <= ${last.event.seq}`.execute(tx);
    const events = await withoutErased(tx, shop, stored.map(toEvent), last.event.seq);
    const told = [...Map.groupBy(events, (event) => event.customer)].flatMap(([customer, own]) =>
      customer === null ? [] : foldObjections(own).map((objection) => ({ customer, objection })),
    );
    await save(tx, shop, told);
  }
  const erased = rows.flatMap(({ event }) =>
    event.kind === 'account.erased' && event.customer !== null ? [event.customer] : [],
  );
  if (erased.length === 0) return;
  const gone = sql`any(${packed('uuid', erased)})`;
  await sql`delete from objection where shop_id = ${shop} and (customer_id = ${gone} or other_id = ${gone})`.execute(
    tx,
  );
  await sql`delete from link_told where shop_id = ${shop} and customer_id = ${gone}`.execute(tx);
}

/**
 * Events up to `seq` but for the filing of what was forgotten since: whoever objected, or whose account it was about, was erased
 * afterwards. Read from the ledger, because an erased account that comes back is not marked any more.
 */
async function withoutErased(
  tx: Transaction<Database>,
  shop: ShopId,
  events: readonly LedgerEvent[],
  seq: number,
): Promise<readonly LedgerEvent[]> {
  const concerned = events.flatMap((event) =>
    event.kind === 'objection.filed' && event.customer !== null ? [event.customer, event.body.other] : [],
  );
  if (concerned.length === 0) return events;
  const { rows } = await sql<{ customer: string; seq: string | number }>`
    select customer_id as customer, max(seq) as seq from ledger_event
     where shop_id = ${shop} and kind = 'account.erased' and customer_id = any(${packed('uuid', [...new Set(concerned)])})
       and seq <= ${seq} group by customer_id`.execute(tx);
  const erasedAt = new Map(rows.map((row) => [row.customer, Number(row.seq)]));
  const isGone = (customer: string, filed: number): boolean => (erasedAt.get(customer) ?? 0) > filed;
  return events.filter(
    (event) =>
      event.kind !== 'objection.filed' ||
      event.customer === null ||
      !(isGone(event.customer, event.seq) || isGone(event.body.other, event.seq)),
  );
}

async function save(
  tx: Transaction<Database>,
  shop: ShopId,
  all: readonly { readonly customer: CustomerId; readonly objection: Objection }[],
): Promise<void> {
  if (all.length === 0) return;
  type Told = (typeof all)[number];
  const column = (type: 'uuid' | 'text' | 'integer', of: (told: Told) => string | number | null) =>
    packed(type, all.map(of));
  const instants = (of: (told: Told) => Instant | null) =>
    packed(
      'timestamptz',
      all.map((told) => {
        const at = of(told);
        return at === null ? null : formatInstant(at);
      }),
    );
  await sql`
    insert into objection (shop_id, id, customer_id, other_id, state, round, language, filed_at, due_at, decided_at, decided_by)
    select ${shop}::uuid, * from unnest(
      ${column('uuid', ({ objection }) => objection.id)},
      ${column('uuid', ({ customer }) => customer)},
      ${column('uuid', ({ objection }) => objection.other)},
      ${column('text', ({ objection }) => objection.state)},
      ${column('integer', ({ objection }) => objection.round)},
      ${column('text', ({ objection }) => objection.language)},
      ${instants(({ objection }) => objection.filedAt)},
      ${instants(({ objection }) => objection.dueAt)},
      ${instants(({ objection }) => objection.decidedAt)},
      ${column('uuid', ({ objection }) => objection.decidedBy)}
    )
    on conflict (shop_id, id) do update set
      state = excluded.state, decided_at = excluded.decided_at, decided_by = excluded.decided_by`.execute(tx);
}
