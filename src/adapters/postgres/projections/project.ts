import type { Transaction } from 'kysely';
import type { LedgerEvent } from '../../../core/events/event.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { Shop, Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { projectAppeals } from './appeals.ts';
import { projectErasure } from './erasure.ts';
import { projectIdentities } from './identities.ts';
import { projectLinks } from './links.ts';
import { projectMeasures } from './measures.ts';
import { projectObjections } from './objections.ts';
import { projectProposals } from './proposals.ts';
import { projectTotals } from './totals.ts';

/** A row of the ledger as projections read it. */
export interface Projected {
  readonly event: LedgerEvent;
  readonly sealed: Buffer | null;
}

/**
 * Brings every projection up to date with rows that follow, in sequence, those already projected. `append` and `rebuild` both
 * come through here, so what is kept in step and what is made anew cannot differ. The customers become due at `dueAt`.
 */
export async function project(
  tx: Transaction<Database>,
  vault: Vault,
  shop: Shop,
  rows: readonly Projected[],
  dueAt: Instant,
): Promise<void> {
  for (const part of upToErasures(rows)) {
    await projectTotals(tx, shop, part, dueAt);
    await projectIdentities(tx, vault, shop, part);
    await projectMeasures(tx, shop.id, part);
    await projectProposals(tx, shop.id, part);
    await projectAppeals(tx, shop.id, part);
    await projectErasure(tx, vault, shop.id, part);
    await projectLinks(tx, shop.id, part);
    await projectObjections(tx, shop.id, part);
  }
}

/** Splits after each erasure: what a customer brings afterwards must not be swept away with what came before. */
function upToErasures(rows: readonly Projected[]): readonly (readonly Projected[])[] {
  const parts: Projected[][] = [];
  let part: Projected[] = [];
  for (const row of rows) {
    part.push(row);
    if (row.event.kind !== 'account.erased') continue;
    parts.push(part);
    part = [];
  }
  if (part.length > 0) parts.push(part);
  return parts;
}
