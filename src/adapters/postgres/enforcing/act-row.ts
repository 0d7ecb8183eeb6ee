import { sql } from 'kysely';
import type { ShopAct, ShopActKind, ShopActState } from '../../../core/enforcement/types.ts';
import type { ConnectionId, CustomerId, DecisionId, MeasureId, StaffId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { ActRecord } from '../../../ports/enforcing.ts';
import type { Vault } from '../../../ports.ts';

/** A row of `shop_act`, which the query calls `a`, with the wrapped key of its customer, `k`. */
export interface ActColumns {
  readonly id: string;
  readonly connection_id: ConnectionId;
  readonly customer_id: CustomerId | null;
  readonly kind: ShopActKind;
  readonly about: string | null;
  readonly sealed: Buffer;
  readonly state: ShopActState;
  readonly because: 'staff' | 'decision';
  readonly decision_id: DecisionId | null;
  readonly measures: readonly MeasureId[];
  readonly asked_by: StaffId | null;
  readonly asked_at: Instant;
  readonly attempts: number;
  readonly next_at: Instant;
  readonly done_at: Instant | null;
  readonly over_at: Instant | null;
  readonly reference: string | null;
  readonly fault: string | null;
  readonly wrapped: Buffer | null;
}

export const actColumns = sql`a.id, a.connection_id, a.customer_id, a.kind, a.about, a.sealed, a.state, a.because, a.decision_id,
  a.measures, a.asked_by, a.asked_at, a.attempts, a.next_at, a.done_at, a.over_at, a.reference, a.fault,
  (select k.wrapped from customer_key k where k.shop_id = a.shop_id and k.customer_id = a.customer_id) as wrapped`;

/** What is sealed of an act. */
export interface SealedAct {
  readonly act: ShopAct;
  readonly name: string | null;
  readonly said: string | null;
}

/** Under the customer's key, so that it goes with them; under the installation's where there is none (any more). */
export function sealAct(vault: Vault, wrapped: Buffer | null, act: SealedAct): Buffer {
  const plain = JSON.stringify(act);
  return wrapped === null
    ? Buffer.concat([INSTALLATION, vault.seal(plain)])
    : Buffer.concat([CUSTOMER, vault.sealBytesFor(vault.unwrap(wrapped), Buffer.from(plain, 'utf8'))]);
}

const INSTALLATION = Buffer.from([0]);
const CUSTOMER = Buffer.from([1]);

/** Null: its customer was erased since. What is sealed is authenticated, so it is what `sealAct` wrote. */
export function openAct(vault: Vault, wrapped: Buffer | null, sealed: Buffer): SealedAct | null {
  const body = sealed.subarray(1);
  if (sealed[0] === INSTALLATION[0]) return JSON.parse(vault.open(body)) as SealedAct;
  if (wrapped === null) return null;
  try {
    return JSON.parse(vault.openBytesFor(vault.unwrap(wrapped), body).toString('utf8')) as SealedAct;
  } catch {
    // Erased and met again: the key is another one.
    return null;
  }
}

/** A release says nothing of anybody but which order: it is done for those too who were erased before, or it would be held for ever. */
const nameless = ({ kind, about }: ActColumns): ShopAct | null =>
  kind === 'release_order' && about !== null ? { kind, order: about } : null;

export function toAct(vault: Vault, row: ActColumns): ActRecord {
  const open = openAct(vault, row.wrapped, row.sealed);
  return {
    id: row.id,
    connection: row.connection_id,
    customer: row.customer_id,
    kind: row.kind,
    about: row.about,
    act: open?.act ?? nameless(row),
    name: open?.name ?? null,
    said: open?.said ?? null,
    state: row.state,
    because: row.because,
    decision: row.decision_id,
    measures: row.measures,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    attempts: row.attempts,
    nextAt: row.next_at,
    doneAt: row.done_at,
    overAt: row.over_at,
    reference: row.reference,
    fault: row.fault,
  };
}
