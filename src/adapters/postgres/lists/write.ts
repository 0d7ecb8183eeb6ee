import { sql, type Transaction } from 'kysely';
import { changeOf, untilOf } from '../../../core/lists/change.ts';
import type { EntryType } from '../../../core/lists/types.ts';
import type { StaffId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { OfferedEvent } from '../../../ports/ledger.ts';
import type { EntryToWrite, Written } from '../../../ports/lists.ts';
import type { Shop } from '../../../ports.ts';
import { makeVouchedDue } from '../enforcing/make-due.ts';
import { type AppendContext, append } from '../ledger/append.ts';
import { lockHead } from '../ledger/lock-head.ts';
import { tell } from '../ledger/tell.ts';
import { hex, packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { reasonOf } from './entry-row.ts';
import { valuesTable } from './values-table.ts';

export interface Writer {
  readonly staff: StaffId | null;
  readonly at: Instant;
}

type Row = Database['list_entry'];
interface KnownRow {
  readonly id: string;
  readonly list: Row['list'];
  readonly type: EntryType;
  readonly hash: Buffer;
  readonly answer: Row['answer'];
  readonly reason: Buffer | null;
  readonly old_reason: string | null;
  readonly until_at: Instant;
  readonly place: number;
}

type Change = Pick<EntryToWrite, 'list' | 'type' | 'hash' | 'answer' | 'until'> & {
  readonly id: string;
  readonly what: 'added' | 'changed' | 'extended' | 'removed';
  /** Whether the allow list is, or was, concerned. */
  readonly vouches: boolean;
};

/** See `ListStore.write`. */
export async function writeEntries(
  tx: Transaction<Database>,
  context: AppendContext,
  shop: Shop,
  entries: readonly EntryToWrite[],
  by: Writer,
): Promise<readonly { readonly id: string; readonly outcome: Written }[]> {
  if (entries.length === 0) return [];
  // The ledger's lock first: whoever writes the same values waits here, and sees what was written.
  await lockHead(tx, shop.id);
  const known = await knownRows(tx, shop, entries);
  const { vault } = context;
  const changes: Change[] = [];
  const rows: EntryToWrite[] = [];
  const outcomes = entries.map((entry, index): { id: string; outcome: Written } => {
    const before = known.get(index + 1);
    const said = before === undefined ? null : { ...before, until: before.until_at, reason: reasonOf(vault, before) };
    const what = changeOf(said, entry, by.at);
    const id = before?.id ?? entry.id;
    if (what === 'same' || what === 'vouched') return { id, outcome: what };
    const { list, type, hash, answer } = entry;
    const until = untilOf(said, entry, by.at);
    rows.push({ ...entry, id, until });
    changes.push({ id, list, type, hash, answer, until, what, vouches: list === 'allow' || before?.list === 'allow' });
    return { id, outcome: what };
  });
  if (rows.length === 0) return outcomes;
  await sql`
    insert into list_entry (shop_id, id, list, type, hash, sealed, reason, answer, created_by, created_at, until_at)
    select ${shop.id}::uuid, r.id, r.list, r.type, r.hash, r.sealed, r.reason, r.answer, ${by.staff}::uuid,
           ${formatInstant(by.at)}::timestamptz, r.until_at
      from unnest(
        ${column('uuid', rows, ({ id }) => id)}, ${column('text', rows, ({ list }) => list)},
        ${column('text', rows, ({ type }) => type)}, ${column('bytea', rows, ({ hash }) => hex(hash))},
        ${column('bytea', rows, ({ value }) => hex(vault.seal(value)))}, ${column('bytea', rows, ({ reason }) => hex(vault.seal(reason)))},
        ${column('text', rows, ({ answer }) => answer)},
        ${column('timestamptz', rows, ({ until }) => formatInstant(until))}
      ) as r (id, list, type, hash, sealed, reason, answer, until_at)
    on conflict (shop_id, type, hash) do update
       set list = excluded.list, sealed = excluded.sealed, reason = excluded.reason, old_reason = null, answer = excluded.answer,
           created_by = excluded.created_by, created_at = excluded.created_at, until_at = excluded.until_at`.execute(
    tx,
  );
  await leaveTrace(tx, context, shop, changes, by);
  return outcomes;
}

/** See `ListStore.extend`. */
export async function extendEntry(
  tx: Transaction<Database>,
  context: AppendContext,
  shop: Shop,
  id: string,
  to: { readonly until: Instant; readonly reason: string },
  by: Writer,
): Promise<boolean> {
  await lockHead(tx, shop.id);
  const row = await tx
    .updateTable('list_entry')
    .set({ until_at: formatInstant(to.until), reason: context.vault.seal(to.reason), old_reason: null })
    .where('shop_id', '=', shop.id)
    .where('id', '=', id)
    .returning(['list', 'type', 'hash', 'answer'])
    .executeTakeFirst();
  if (row === undefined) return false;
  const change = { ...row, id, until: to.until, what: 'extended', vouches: row.list === 'allow' } as const;
  await leaveTrace(tx, context, shop, [change], by);
  return true;
}

/** See `ListStore.remove`. */
export async function removeEntries(
  tx: Transaction<Database>,
  context: AppendContext,
  shop: Shop,
  ids: readonly string[],
  by: Writer,
): Promise<number> {
  await lockHead(tx, shop.id);
  const rows = await tx
    .deleteFrom('list_entry')
    .where('shop_id', '=', shop.id)
    .where('id', 'in', [...ids])
    .returning(['id', 'list', 'type', 'hash', 'answer', 'until_at'])
    .execute();
  const changes = rows.map(
    ({ until_at: until, ...row }): Change => ({ ...row, until, what: 'removed', vouches: row.list === 'allow' }),
  );
  await leaveTrace(tx, context, shop, changes, by);
  return rows.length;
}

async function knownRows(
  tx: Transaction<Database>,
  shop: Shop,
  entries: readonly EntryToWrite[],
): Promise<ReadonlyMap<number, KnownRow>> {
  const { rows } = await sql<KnownRow>`
    select e.id, e.list, e.type, e.hash, e.answer, e.reason, e.old_reason, e.until_at, v.place::int as place
      from ${valuesTable(entries)} join list_entry e on e.shop_id = ${shop.id} and e.type = v.type and e.hash = v.hash`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.place, row]));
}

/** Events of what was done, marks in the shop's system that depend on it, and word to every process. */
async function leaveTrace(
  tx: Transaction<Database>,
  context: AppendContext,
  shop: Shop,
  changes: readonly Change[],
  { staff, at }: Writer,
): Promise<void> {
  if (changes.length === 0) return;
  const offered = changes.map(
    ({ id, list, type, answer, until, what }): OfferedEvent => ({
      kind: `entry.${what}`,
      body: { entry: id, list, type, answer, until: formatInstant(until), by: staff },
      subject: null,
      occurredAt: at,
      source: 'lists',
      sourceId: context.ids.next<string>(),
    }),
  );
  await append(tx, context, shop, offered);
  const vouched = changes.filter(({ vouches }) => vouches);
  const enforce = await makeVouchedDue(tx, shop.id, vouched, at);
  if (enforce) await context.soon?.('enforce', tx, shop.id);
  await tell(tx, {
    shop: shop.id,
    seq: null,
    decisions: true,
    entries: changes.map(({ id }) => id),
    unenforced: enforce && context.soon === undefined,
  });
}

function column(
  type: 'uuid' | 'text' | 'bytea' | 'timestamptz',
  rows: readonly EntryToWrite[],
  of: (row: EntryToWrite) => string | null,
) {
  return packed(type, rows.map(of));
}
