import { sql, type Transaction } from 'kysely';
import { type FoldedLink, foldLinks, isLinkEvent, type LinkEvent, pairOf } from '../../../core/events/link-states.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { LinkRow } from '../links/link-row.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import type { Projected } from './project.ts';

/** Links that these rows speak of, folded on from what the rows before them gave; those of an erased customer are forgotten. */
export async function projectLinks(tx: Transaction<Database>, shop: ShopId, rows: readonly Projected[]): Promise<void> {
  const events = rows.flatMap(({ event }) => (isLinkEvent(event) ? [event] : []));
  if (events.length > 0) await save(tx, shop, [...foldLinks(events, await known(tx, shop, events)).values()]);
  const erased = rows.flatMap(({ event }) =>
    event.kind === 'account.erased' && event.customer !== null ? [event.customer] : [],
  );
  if (erased.length === 0) return;
  const gone = sql`any(${packed('uuid', erased)})`;
  await sql`delete from customer_link where shop_id = ${shop} and (a = ${gone} or b = ${gone})`.execute(tx);
  await sql`delete from customer_trait where shop_id = ${shop} and customer_id = ${gone}`.execute(tx);
  await sql`delete from link_due where shop_id = ${shop} and customer_id = ${gone}`.execute(tx);
}

async function known(
  tx: Transaction<Database>,
  shop: ShopId,
  events: readonly LinkEvent[],
): Promise<readonly FoldedLink[]> {
  const pairs = events.flatMap(({ customer, body }) =>
    customer === null ? [] : [pairOf<string>(customer, body.other)],
  );
  const { rows } = await sql<LinkRow>`
    select l.* from unnest(
      ${packed(
        'uuid',
        pairs.map(([a]) => a),
      )}, ${packed(
        'uuid',
        pairs.map(([, b]) => b),
      )}) as wanted (a, b)
    join customer_link l on l.shop_id = ${shop} and l.a = wanted.a and l.b = wanted.b`.execute(tx);
  return rows.map((row) => ({
    a: row.a,
    b: row.b,
    about: row.about,
    state: row.state,
    finding:
      row.class === null
        ? null
        : {
            other: row.about === row.a ? row.b : row.a,
            class: row.class,
            millibits: row.millibits ?? 0,
            fields: [...row.fields],
            model: row.model ?? 0,
          },
    foundAt: row.found_at,
    answeredAt: row.answered_at,
    answeredBy: row.answered_by,
    seq: row.seq,
  }));
}

async function save(tx: Transaction<Database>, shop: ShopId, links: readonly FoldedLink[]): Promise<void> {
  if (links.length === 0) return;
  type Column = Parameters<typeof packed>[0];
  const column = (type: Column, value: (link: FoldedLink) => string | number | null) => packed(type, links.map(value));
  const instant = (value: (link: FoldedLink) => Instant | null) =>
    column('timestamptz', (link) => {
      const at = value(link);
      return at === null ? null : formatInstant(at);
    });
  await sql`
    insert into customer_link (shop_id, a, b, about, state, class, millibits, fields, model, found_at, answered_at, answered_by, seq)
    select ${shop}::uuid, * from unnest(
      ${column('uuid', (link) => link.a)},
      ${column('uuid', (link) => link.b)},
      ${column('uuid', (link) => link.about)},
      ${column('text', (link) => link.state)},
      ${column('text', (link) => link.finding?.class ?? null)},
      ${column('integer', (link) => link.finding?.millibits ?? null)},
      ${column('jsonb', (link) => JSON.stringify(link.finding?.fields ?? []))},
      ${column('integer', (link) => link.finding?.model ?? null)},
      ${instant((link) => link.foundAt)},
      ${instant((link) => link.answeredAt)},
      ${column('uuid', (link) => link.answeredBy)},
      ${column('bigint', (link) => link.seq)}
    )
    on conflict (shop_id, a, b) do update set
      about = excluded.about, state = excluded.state, class = excluded.class, millibits = excluded.millibits,
      fields = excluded.fields, model = excluded.model, found_at = excluded.found_at, answered_at = excluded.answered_at,
      answered_by = excluded.answered_by, seq = excluded.seq`.execute(tx);
}
