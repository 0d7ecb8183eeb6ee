import { sql, type Transaction } from 'kysely';
import type { LedgerEvent } from '../../../core/events/event.ts';
import { foldMeasures, isMeasureEvent } from '../../../core/measures/fold.ts';
import { measureEventKinds } from '../../../core/measures/transitions.ts';
import type { Measure } from '../../../core/measures/types.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import { packed } from '../packed.ts';
import { type EventRow, eventColumns, toEvent } from '../queries/event-row.ts';
import type { Database } from '../schema.ts';
import type { Projected } from './project.ts';

/** The measures of customers to whom something happened here, folded anew from all their measure events up to here. */
export async function projectMeasures(
  tx: Transaction<Database>,
  shop: ShopId,
  rows: readonly Projected[],
): Promise<void> {
  const touched = rows.filter(({ event }) => isMeasureEvent(event));
  const last = touched.at(-1);
  if (last === undefined) return;
  const customers = [...new Set(touched.flatMap(({ event }) => event.customer ?? []))];
  const { rows: stored } = await sql<EventRow>`
    select ${eventColumns} from ledger_event
    where shop_id = ${shop} and customer_id = any(${customers}::uuid[]) and kind = any(${[...measureEventKinds]}::text[])
      and seq <= ${last.event.seq}`.execute(tx);
  const measures = [...Map.groupBy(stored.map(toEvent), (event) => event.customer)].flatMap(([customer, events]) =>
    customer === null ? [] : foldAtLast(events).map((measure) => ({ customer, measure })),
  );
  await save(tx, shop, measures);
}

/** Judged at the time of the last event, not at the time of judging: so that a rebuild later gives the same rows. */
function foldAtLast(events: readonly LedgerEvent[]): readonly Measure[] {
  const last = events.reduce((latest, event) => (event.occurredAt > latest.occurredAt ? event : latest));
  return foldMeasures(events, last.occurredAt);
}

async function save(
  tx: Transaction<Database>,
  shop: ShopId,
  all: readonly { readonly customer: CustomerId; readonly measure: Measure }[],
): Promise<void> {
  if (all.length === 0) return;
  const measures = all.map(({ measure }) => measure);
  const list = (values: readonly string[]): string => JSON.stringify(values);
  await sql`
    insert into measure (shop_id, id, customer_id, type, state, obligations, surfaces, ladder, step, rules, policy_version,
                         started_at, until_at, ended_at, ended_because)
    select ${shop}::uuid, id, customer_id, type, state,
      array(select jsonb_array_elements_text(obligations)), array(select jsonb_array_elements_text(surfaces)), ladder, step,
      array(select jsonb_array_elements_text(rules)), policy_version, started_at, until_at, ended_at, ended_because
    from unnest(
      ${packed(
        'uuid',
        measures.map((one) => one.id),
      )},
      ${packed(
        'uuid',
        all.map((one) => one.customer),
      )},
      ${packed(
        'text',
        measures.map((one) => one.type),
      )},
      ${packed(
        'text',
        measures.map((one) => one.state),
      )},
      ${packed(
        'jsonb',
        measures.map((one) => list(one.obligations)),
      )},
      ${packed(
        'jsonb',
        measures.map((one) => list(one.surfaces)),
      )},
      ${packed(
        'text',
        measures.map((one) => one.ladder),
      )},
      ${packed(
        'integer',
        measures.map((one) => one.step),
      )},
      ${packed(
        'jsonb',
        measures.map((one) => list(one.rules)),
      )},
      ${packed(
        'integer',
        measures.map((one) => one.policyVersion),
      )},
      ${packed(
        'timestamptz',
        measures.map((one) => formatInstant(one.startedAt)),
      )},
      ${packed(
        'timestamptz',
        measures.map((one) => formatInstant(one.until)),
      )},
      ${packed(
        'timestamptz',
        measures.map((one) => (one.endedAt === null ? null : formatInstant(one.endedAt))),
      )},
      ${packed(
        'text',
        measures.map((one) => one.endedBecause),
      )}
    ) as f (id, customer_id, type, state, obligations, surfaces, ladder, step, rules, policy_version, started_at, until_at,
            ended_at, ended_because)
    on conflict (shop_id, id) do update set
      type = excluded.type, state = excluded.state, obligations = excluded.obligations, surfaces = excluded.surfaces,
      until_at = excluded.until_at, ended_at = excluded.ended_at, ended_because = excluded.ended_because`.execute(tx);
}
