import { sql } from 'kysely';
import type { CustomerId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { Standing } from '../../../core/standing/types.ts';
import type { CustomerListing } from '../../../ports/console.ts';
import type { Vault } from '../../../ports.ts';
import { faceOf, type SealedFace } from './faces.ts';

export interface CustomerRow extends SealedFace {
  readonly customer_id: CustomerId;
  readonly standing: Standing;
  readonly standing_since: Instant | null;
  readonly standing_until: Instant | null;
  readonly orders: number;
  readonly ordered_value: number;
  readonly returns: number;
  readonly returned_value: number;
  readonly first_at: Instant;
  readonly last_at: Instant;
  readonly open_proposal: boolean;
}

/** Of `customer c left join customer_key k`. */
export const customerColumns = sql`
  c.id as customer_id, c.sealed, k.wrapped, c.standing, c.standing_since, c.standing_until, c.orders, c.ordered_value,
  c.returns, c.returned_value, c.first_at, c.last_at,
  exists (select 1 from proposal p
           where p.shop_id = c.shop_id and p.customer_id = c.id and p.status = 'open') as open_proposal`;

export function toListing(vault: Vault, row: CustomerRow): CustomerListing {
  return {
    ...faceOf(vault, row),
    standing: row.standing,
    standingSince: row.standing_since,
    standingUntil: row.standing_until,
    orders: row.orders,
    orderedValue: row.ordered_value,
    returns: row.returns,
    returnedValue: row.returned_value,
    firstAt: row.first_at,
    lastAt: row.last_at,
    openProposal: row.open_proposal,
  };
}
