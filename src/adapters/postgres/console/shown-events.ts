import { type Kysely, sql } from 'kysely';
import type { EventKind } from '../../../core/events/event.ts';
import { type CustomerId, type EventId, isUuid, type ShopId, type StaffId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { TimelineRow } from '../../../ports/console.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { staffName } from '../staff/sealed-person.ts';

export interface EventToShow {
  readonly id: EventId;
  readonly seq: number;
  readonly kind: EventKind;
  readonly occurred_at: Instant;
  readonly recorded_at: Instant;
  readonly source: string;
  readonly source_id: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly sealed: Buffer | null;
}

/** Without what a proposal rests on, which its own page shows and which may be hundreds of events. */
export const eventsToShow = sql`
  select e.id, e.seq, e.kind, e.occurred_at, e.recorded_at, e.source, e.source_id, e.sealed,
         case when e.kind = 'proposal.made' then (e.body::jsonb - 'trace' - 'evidence')::json else e.body end as body
    from ledger_event e`;

/** All but what only says anew, of a proposal that was open already, what has changed: it is open still. */
export const worthShowing = sql`(e.kind <> 'proposal.made' or e.body ->> 'opens' = 'true')`;

interface Around {
  readonly wrapped: Buffer | null;
  readonly corrections: Readonly<Record<string, TimelineRow['corrected']>> | null;
  readonly staff: readonly { readonly id: StaffId; readonly sealed: string }[] | null;
}

/** Opens a page of one customer's events and adds who did them and what later corrections say: one more query, however many rows. */
export async function showEvents(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customer: CustomerId,
  rows: readonly EventToShow[],
): Promise<readonly TimelineRow[]> {
  if (rows.length === 0) return [];
  const staff = [...new Set(rows.flatMap((row) => staffOf(row) ?? []))];
  const { rows: found } = await sql<Around>`
    select (select wrapped from customer_key where shop_id = ${shop} and customer_id = ${customer}::uuid) as wrapped,
           (select json_object_agg(event, treated) from (
              select body ->> 'event' as event,
                     (array_agg(body ->> 'as' order by occurred_at desc, seq desc))[1] as treated
                from ledger_event
               where shop_id = ${shop} and customer_id = ${customer}::uuid and kind = 'event.corrected'
                 and body ->> 'event' = any(${rows.map((row) => row.id)}::text[])
               group by 1) last) as corrections,
           (select json_agg(json_build_object('id', id, 'sealed', encode(sealed, 'base64')))
              from staff where id = any(${staff}::uuid[])) as staff`.execute(db);
  const around = found[0] ?? { wrapped: null, corrections: null, staff: null };
  const key = around.wrapped === null ? null : vault.unwrap(around.wrapped);
  const people = new Map((around.staff ?? []).map(({ id, sealed }) => [id, Buffer.from(sealed, 'base64')]));
  const names = new Map(staff.map((id) => [id, staffName(vault, id, people.get(id) ?? null)]));
  return rows.map((row) => {
    const by = staffOf(row);
    return {
      id: row.id,
      seq: row.seq,
      kind: row.kind,
      occurredAt: row.occurred_at,
      recordedAt: row.recorded_at,
      source: row.source,
      body: row.body,
      text: textOf(vault, key, row.sealed),
      by: by === null ? null : (names.get(by) ?? null),
      corrected: around.corrections?.[row.id] ?? null,
    };
  });
}

/** Who acted: events of ours carry it in their body, events that staff recorded in their source. */
function staffOf({ body, source }: Pick<EventToShow, 'body' | 'source'>): StaffId | null {
  const approved = Array.isArray(body.approvedBy) ? body.approvedBy.at(-1) : undefined;
  const by: unknown = body.by ?? approved ?? /^staff:(.+)$/.exec(source)?.[1];
  return typeof by === 'string' && isUuid(by) ? (by as StaffId) : null;
}

/** Null also for what an earlier key sealed: that customer was erased, and came back with another key. */
function textOf(vault: Vault, key: Buffer | null, sealed: Buffer | null): string | null {
  if (key === null || sealed === null) return null;
  try {
    const part = vault.openFor(key, sealed);
    return part.text ?? part.reason ?? null;
  } catch {
    return null;
  }
}
