import { sql, type Transaction } from 'kysely';
import { foldAppeals, isAppealEvent } from '../../../core/appeals/fold.ts';
import { appealEventKinds } from '../../../core/appeals/transitions.ts';
import type { Appeal } from '../../../core/appeals/types.ts';
import type { LedgerEvent } from '../../../core/events/event.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import { packed } from '../packed.ts';
import { type EventRow, eventColumns, toEvent } from '../queries/event-row.ts';
import type { Database } from '../schema.ts';
import type { Projected } from './project.ts';

interface Told {
  readonly customer: CustomerId;
  readonly appeal: Appeal;
  readonly updatedAt: Instant;
}

/** The appeals of customers about whose appeals something was recorded here, folded anew from all their events up to here. */
export async function projectAppeals(
  tx: Transaction<Database>,
  shop: ShopId,
  rows: readonly Projected[],
): Promise<void> {
  const touched = rows.filter(({ event }) => isAppealEvent(event));
  const last = touched.at(-1);
  if (last === undefined) return;
  const customers = [...new Set(touched.flatMap(({ event }) => event.customer ?? []))];
  const { rows: stored } = await sql<EventRow>`
    select ${eventColumns} from ledger_event
    where shop_id = ${shop} and customer_id = any(${customers}::uuid[]) and kind = any(${[...appealEventKinds]}::text[])
      and seq <= ${last.event.seq}`.execute(tx);
  const told = [...Map.groupBy(stored.map(toEvent), (event) => event.customer)].flatMap(([customer, events]) =>
    customer === null ? [] : toldOf(customer, events),
  );
  await save(tx, shop, told);
}

function toldOf(customer: CustomerId, events: readonly LedgerEvent[]): Told[] {
  const last = new Map<string, Instant>();
  for (const event of events.filter(isAppealEvent)) {
    const known = last.get(event.body.appeal);
    if (known === undefined || event.occurredAt > known) last.set(event.body.appeal, event.occurredAt);
  }
  return foldAppeals(events).map((appeal) => ({ customer, appeal, updatedAt: last.get(appeal.id) ?? appeal.filedAt }));
}

async function save(tx: Transaction<Database>, shop: ShopId, all: readonly Told[]): Promise<void> {
  if (all.length === 0) return;
  const column = (type: 'uuid' | 'text' | 'integer' | 'timestamptz', of: (told: Told) => string | number | null) =>
    packed(type, all.map(of));
  const instants = (of: (told: Told) => Instant | null) =>
    column('timestamptz', (told) => {
      const at = of(told);
      return at === null ? null : formatInstant(at);
    });
  await sql`
    insert into appeal (shop_id, id, customer_id, measure_id, type, state, ground, language, round, reviewer, filed_at, due_at,
                        information_until, decided_at, decided_by, updated_at)
    select ${shop}::uuid, * from unnest(
      ${column('uuid', (told) => told.appeal.id)},
      ${column('uuid', (told) => told.customer)},
      ${column('uuid', (told) => told.appeal.measure)},
      ${column('text', (told) => told.appeal.type)},
      ${column('text', (told) => told.appeal.state)},
      ${column('text', (told) => told.appeal.ground)},
      ${column('text', (told) => told.appeal.language)},
      ${column('integer', (told) => told.appeal.round)},
      ${column('uuid', (told) => told.appeal.reviewer)},
      ${instants((told) => told.appeal.filedAt)},
      ${instants((told) => told.appeal.dueAt)},
      ${instants((told) => told.appeal.informationUntil)},
      ${instants((told) => told.appeal.decidedAt)},
      ${column('uuid', (told) => told.appeal.decidedBy)},
      ${instants((told) => told.updatedAt)}
    )
    on conflict (shop_id, id) do update set
      state = excluded.state, reviewer = excluded.reviewer, due_at = excluded.due_at,
      information_until = excluded.information_until, decided_at = excluded.decided_at, decided_by = excluded.decided_by,
      updated_at = excluded.updated_at`.execute(tx);
}
