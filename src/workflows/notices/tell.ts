import type { MeasureType } from '../../core/events/measures.ts';
import { canMove } from '../../core/notices/outbox.ts';
import type { Cause } from '../../core/notices/types.ts';
import type { AppealId, CustomerId, MeasureId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';

type Outbox = Pick<Store, 'outbox'>;

/** Writes that a customer is to be told something, in the transaction of what it tells about. */
export async function tellCustomer(
  { outbox }: Outbox,
  shop: Shop,
  customer: CustomerId,
  cause: Cause,
  at: Instant,
  personal?: string | undefined,
): Promise<void> {
  await outbox.tell(shop.id, { cause, audience: 'customer', customer, personal, at });
}

/** A measure has begun: its customer is told, and after a block the team is told what to do if they call. */
export async function tellStarted(
  store: Outbox,
  shop: Shop,
  {
    measure,
    customer,
    type,
    personal,
  }: {
    readonly measure: MeasureId;
    readonly customer: CustomerId;
    readonly type: MeasureType;
    readonly personal?: string | undefined;
  },
  at: Instant,
): Promise<void> {
  await tellCustomer(store, shop, customer, { kind: 'measure.started', measure }, at, personal);
  if (type !== 'block') return;
  await store.outbox.tell(shop.id, {
    cause: { kind: 'team.blocked', measure },
    audience: 'team',
    customer,
    at,
  });
}

/** An appeal or application has come in: the customer hears that it has, and the team by when it must be answered. */
export async function tellAppealFiled(
  store: Outbox,
  shop: Shop,
  appeal: AppealId,
  customer: CustomerId,
  at: Instant,
): Promise<void> {
  await tellCustomer(store, shop, customer, { kind: 'appeal.acknowledged', appeal }, at);
  await store.outbox.tell(shop.id, {
    cause: { kind: 'team.appeal_filed', appeal },
    audience: 'team',
    customer,
    at,
  });
}

/**
 * A measure was taken back at once. What has not left yet does not leave any more; where it has, or may have, the customer is
 * told that it was taken back.
 */
export async function tellTakenBack(
  store: Pick<Store, 'outbox' | 'notices'>,
  shop: Shop,
  measure: MeasureId,
  customer: CustomerId,
  at: Instant,
): Promise<void> {
  const issued = (await store.notices.ofMeasure(shop.id, measure)).filter(({ kind }) => kind === 'measure.started');
  const rows = await store.outbox.ofNotices(
    shop.id,
    issued.map((notice) => notice.id),
  );
  // Also what got stuck or came back: nobody may send it again as if it were true.
  for (const row of rows)
    if (canMove(row.state, 'cancelled')) await store.outbox.move(shop.id, row.id, { state: 'cancelled', at });
  await tellCustomer(store, shop, customer, { kind: 'measure.lifted', measure, because: 'undo' }, at);
}

/** Whether a customer may have read that a measure began: a message that was stopped before anybody took it was not read. */
export async function mayHaveHeard(
  store: Pick<Store, 'outbox' | 'notices'>,
  shop: Shop,
  measure: MeasureId,
): Promise<boolean> {
  const issued = (await store.notices.ofMeasure(shop.id, measure)).filter(({ kind }) => kind === 'measure.started');
  if (issued.length === 0) return false;
  const rows = await store.outbox.ofNotices(
    shop.id,
    issued.map((notice) => notice.id),
  );
  return rows.some((row) => row.state !== 'cancelled' || row.attempts > 0);
}
