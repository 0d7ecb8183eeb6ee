import type { Shop } from '../ports.ts';
import { type AssessDeps, assessAllDue } from './assess/assess-due.ts';

/**
 * Drops what was computed from a shop's ledger and computes it again, to the same result, in one transaction: nobody sees a half
 * of it. Standings are then assessed as of now.
 */
export async function rebuildLedger(
  deps: AssessDeps,
  shop: Shop,
  onProgress: (done: number, of: 'events' | 'customers') => void = () => undefined,
): Promise<void> {
  await deps.store.transaction(async (store) => {
    await store.ledger.rebuild(shop, (rows) => onProgress(rows, 'events'));
    await assessAllDue({ ...deps, store }, shop, { onProgress: (customers) => onProgress(customers, 'customers') });
  });
}
