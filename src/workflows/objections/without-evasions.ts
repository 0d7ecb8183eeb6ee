import { consequencesOf, type WhatIf, whatIf } from '../../core/appeals/outcome.ts';
import type { LedgerEvent } from '../../core/events/event.ts';
import type { Cause } from '../../core/notices/types.ts';
import type { CompiledPolicy } from '../../core/policy/types.ts';
import { type CustomerId, id, type MeasureId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { Hearer } from '../appeals/types.ts';
import { standingEvasions, voidedEvasions } from '../likeness/evasion.ts';
import { staffEvent } from '../measures/staff-event.ts';
import type { ObjectionDeps } from './types.ts';

/** What is left of one account once it is no longer taken for the other's. */
export interface Cleared {
  readonly events: readonly OfferedEvent[];
  /** What its customer is told of measures of theirs that fell with it. */
  readonly news: readonly (readonly [CustomerId, Cause])[];
}

/**
 * What records that evasions of another account's measures never were, and what becomes of every measure of this account that does
 * not stand without them: judged again as after an appeal that voids evidence.
 */
export async function withoutEvasions(
  { ids, policies }: Pick<ObjectionDeps, 'ids' | 'policies'>,
  store: Store,
  shop: Shop,
  by: Hearer,
  { customer, of, events }: { customer: CustomerId; of: CustomerId; events: readonly LedgerEvent[] },
  now: Instant,
): Promise<Cleared> {
  const evasions = standingEvasions(events, of);
  if (evasions.length === 0) return { events: [], news: [] };
  const { compiled } = await policies.inForce(shop.id, store.policies);
  const versions = new Map<number, CompiledPolicy>();
  for (const event of events) {
    const version = event.kind === 'measure.started' ? event.body.policyVersion : null;
    const then = version === null ? null : await policies.version(shop.id, version, store.policies);
    if (version !== null && then !== null) versions.set(version, then.compiled);
  }
  const input: WhatIf = {
    events,
    currency: shop.currency,
    policy: compiled,
    version: (version) => versions.get(version) ?? null,
    corrections: evasions.map((evasion) => ({ event: evasion.id, as: 'void' })),
    lift: null,
    decides: null,
    by: by.id,
    now,
  };
  const consequences = consequencesOf(whatIf(input).verdicts, input);
  const act = ids.next<string>();
  return {
    events: [
      ...voidedEvasions(ids, by.id, { customer, of, events }, now),
      ...consequences.map(({ kind, body }) =>
        staffEvent({ kind, customer, by: by.id, at: now, act: `${act}:${body.measure}`, body }),
      ),
    ],
    news: consequences.flatMap(({ kind, body }) => {
      const measure = id<MeasureId>(body.measure);
      return kind === 'measure.voided' || kind === 'measure.changed' ? [[customer, { kind, measure }] as const] : [];
    }),
  };
}
