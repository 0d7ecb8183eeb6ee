import { type Kysely, sql, type Transaction } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { OutboxRow, OutboxStore } from '../../../ports/hearing.ts';
import type { Ids, Vault } from '../../../ports.ts';
import type { Soon } from '../../jobs/jobs.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { claim } from './claim.ts';
import { counts } from './counts.ts';
import { envelopes } from './envelopes.ts';
import { list } from './list.ts';
import { move } from './move.ts';
import { type OutboxColumns, outboxColumns, toOutboxRow } from './outbox-row.ts';
import { personal } from './personal.ts';
import { readdress } from './readdress.ts';
import { tell } from './tell.ts';
import { wake } from './wake.ts';
import { worded } from './worded.ts';

export interface OutboxContext {
  readonly vault: Vault;
  readonly ids: Ids;
  /** Asks for the shop's messages to be sent, in the same transaction. Without it somebody else looks for them. */
  readonly soon?: Soon | undefined;
}

/** Messages on their way. Whatever makes one ready to go rings for it. */
export function createOutboxStore(db: Kysely<Database>, { vault, ids, soon }: OutboxContext): OutboxStore {
  const ring = async (shop: ShopId): Promise<void> => {
    if (db.isTransaction) await soon?.('deliver', db as Transaction<Database>, shop);
  };
  const first = async (query: Promise<{ rows: readonly OutboxColumns[] }>): Promise<OutboxRow | null> => {
    const [row] = (await query).rows;
    return row === undefined ? null : toOutboxRow(row);
  };
  return {
    async tell(shop, message) {
      if (!db.isTransaction) throw new Error('A message is written in the transaction of what it tells about');
      const id = await tell(db, { vault, ids }, shop, message);
      await ring(shop);
      return id;
    },
    claim: (shop, state, now, most) => claim(db, shop, state, now, most),
    async identify(shop, id, messageId) {
      await sql`update outbox set message_id = ${messageId}
                 where shop_id = ${shop} and id = ${id} and message_id is null`.execute(db);
    },
    personal: (shop, id) => personal(db, vault, shop, id),
    worded: (shop, id, to) => worded(db, vault, shop, id, to),
    envelope: async (shop, id) => (await envelopes(db, vault, shop, [id])).get(id) ?? null,
    subjects: async (shop, wanted) =>
      new Map([...(await envelopes(db, vault, shop, wanted))].map(([id, { subject }]) => [id, subject])),
    async move(shop, id, to) {
      const moved = await move(db, shop, id, to);
      if (moved && (to.state === 'due' || to.state === 'waiting') && (to.nextAt ?? to.at) <= to.at) await ring(shop);
      return moved;
    },
    async wake(shop, at) {
      await wake(db, shop, at);
      await ring(shop);
    },
    async postpone(shop, trouble, until, at) {
      await sql`update outbox set next_at = ${formatInstant(until)}, trouble = ${trouble}, updated_at = ${formatInstant(at)}
                 where shop_id = ${shop} and state = 'waiting' and next_at < ${formatInstant(until)}
                   and (attempts = 0 or trouble is not null)`.execute(db);
    },
    readdress: (shop, id, to) => readdress(db, vault, shop, id, to),
    byMessageId: (shop, messageId) =>
      first(
        sql<OutboxColumns>`select ${outboxColumns} from outbox where shop_id = ${shop} and message_id = ${messageId}`.execute(
          db,
        ),
      ),
    one: (shop, id) =>
      first(sql<OutboxColumns>`select ${outboxColumns} from outbox where shop_id = ${shop} and id = ${id}`.execute(db)),
    hold: (shop, id) =>
      first(
        sql<OutboxColumns>`select ${outboxColumns} from outbox where shop_id = ${shop} and id = ${id} for update`.execute(
          db,
        ),
      ),
    async ofNotices(shop, notices) {
      if (notices.length === 0) return [];
      const { rows } = await sql<OutboxColumns>`
        select ${outboxColumns} from outbox
         where shop_id = ${shop} and notice_id = any(${packed('uuid', notices)}) order by created_at desc, id`.execute(
        db,
      );
      return rows.map(toOutboxRow);
    },
    list: (shop, page) => list(db, shop, page),
    counts: (shop) => counts(db, shop),
    async shopsWithMail(now) {
      const { rows } = await sql<{ shop_id: ShopId }>`
        select distinct shop_id from outbox
         where state in ('due', 'waiting') and next_at <= ${formatInstant(now)}`.execute(db);
      return rows.map((row) => row.shop_id);
    },
  };
}
