import { type Kysely, sql, type Transaction } from 'kysely';
import type { LedgerEvent } from '../../../core/events/event.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { HookTopic } from '../../../ports/announcing.ts';
import type { Ids } from '../../../ports.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { kindOf, topicOf } from './rows.ts';

/** How much of the ledger is looked through at once, and how many messages are made of it, for one endpoint. */
const WINDOW = 20_000;
const MOST = 1_000;

/** See `AnnouncingStore.announce`. What is written here is written together: a message, and up to where the ledger was read. */
export async function announce(tx: Transaction<Database>, ids: Ids, shop: ShopId, now: Instant): Promise<boolean> {
  const endpoints = await tx
    .selectFrom('hook_endpoint')
    .select(['id', 'topics', 'cursor'])
    .where('shop_id', '=', shop)
    .where('state', '=', 'active')
    .orderBy('id')
    .forUpdate()
    .execute();
  const head = await tx.selectFrom('ledger_head').select('seq').where('shop_id', '=', shop).executeTakeFirst();
  let more = false;
  for (const endpoint of endpoints) {
    if (head === undefined || endpoint.cursor >= head.seq) continue;
    const upTo = Math.min(endpoint.cursor + WINDOW, head.seq);
    const found = await newsIn(tx, shop, endpoint.topics as HookTopic[], endpoint.cursor, upTo);
    const readTo = found.length < MOST ? upTo : (found.at(-1)?.seq ?? upTo);
    await addMessages(tx, ids, shop, endpoint.id, found, now);
    await tx
      .updateTable('hook_endpoint')
      .set({ cursor: readTo })
      .where('shop_id', '=', shop)
      .where('id', '=', endpoint.id)
      .execute();
    more ||= readTo < head.seq;
  }
  return more;
}

interface News {
  readonly seq: number;
  readonly kind: string;
}

async function newsIn(
  tx: Transaction<Database>,
  shop: ShopId,
  topics: readonly HookTopic[],
  after: number,
  upTo: number,
): Promise<readonly News[]> {
  const { rows } = await sql<News>`
    select seq, kind from ledger_event
     where shop_id = ${shop} and seq > ${after} and seq <= ${upTo} and kind = any(${topics.map(kindOf)}::text[])
       and (kind <> 'decision.made' or body ->> 'outcome' = 'deny')
     order by seq limit ${MOST}`.execute(tx);
  return rows;
}

async function addMessages(
  tx: Transaction<Database>,
  ids: Ids,
  shop: ShopId,
  endpoint: string,
  news: readonly News[],
  now: Instant,
): Promise<void> {
  if (news.length === 0) return;
  const at = formatInstant(now);
  await sql`
    insert into hook_sent (shop_id, id, endpoint_id, topic, seq, state, next_at, created_at)
    select ${shop}, u.id, ${endpoint}, u.topic, u.seq, 'waiting', ${at}::timestamptz, ${at}::timestamptz
      from unnest(${packed(
        'uuid',
        news.map(() => ids.next<string>()),
      )}, ${packed(
        'text',
        news.map(({ kind }) => topicOf(kind)),
      )}, ${packed(
        'bigint',
        news.map(({ seq }) => seq),
      )}) as u (id, topic, seq)
    on conflict (shop_id, endpoint_id, seq) do nothing`.execute(tx);
}

/** Whether other systems of the shop are to be told of any of these: asked with every append, so nearly always without a query. */
export async function anyoneListens(
  db: Kysely<Database>,
  shop: ShopId,
  events: readonly LedgerEvent[],
): Promise<boolean> {
  if (!events.some(isNews)) return false;
  const found = await db
    .selectFrom('hook_endpoint')
    .select('id')
    .where('shop_id', '=', shop)
    .where('state', '=', 'active')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

const isNews = (event: LedgerEvent): boolean =>
  event.kind.startsWith('measure.') ||
  event.kind.startsWith('appeal.') ||
  event.kind === 'account.erased' ||
  (event.kind === 'decision.made' && event.body.outcome === 'deny');
