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
import { evasionsUndone, standingEvasions, voidedEvasions } from '../likeness/evasion.ts';
import { staffEvent } from '../measures/staff-event.ts';
import { tellCustomer } from '../notices/tell.ts';
import type { ObjectionDeps } from './types.ts';

type ClearingDeps = Pick<ObjectionDeps, 'ids' | 'policies'>;
type By = Pick<Hearer, 'id'>;

/** What is left of accounts once they are no longer taken for one person's. */
export interface Cleared {
  readonly events: readonly OfferedEvent[];
  /** What its customer is told of measures of theirs that fell with it. */
  readonly news: readonly (readonly [CustomerId, Cause])[];
}

/**
 * What records that neither of two accounts evaded measures of the other, and what becomes of the measures of both that do not stand
 * without it. Evasions of measures that fall with it were none, whoever of those linked to the two they were found with.
 */
export async function withoutEvasions(
  deps: ClearingDeps,
  store: Store,
  shop: Shop,
  by: By,
  { one, other, events }: Pair,
  now: Instant,
): Promise<Cleared> {
  const cleared: Cleared[] = [];
  for (const [customer, of] of [
    [one, other],
    [other, one],
  ] as const) {
    const own = await clearedOf(deps, store, shop, by, { customer, of, events: events(customer) }, now);
    const voided = own.news.flatMap(([, cause]) => (cause.kind === 'measure.voided' ? [cause.measure] : []));
    const undone = await evasionsUndone(store, shop, by.id, { customer, voided, now });
    // What the two of them evaded of each other is taken back above.
    const others = undone.filter(({ subject }) => subject?.id !== one && subject?.id !== other);
    cleared.push({ events: [...own.events, ...others], news: own.news });
  }
  return { events: cleared.flatMap((each) => each.events), news: cleared.flatMap((each) => each.news) };
}

interface Pair {
  readonly one: CustomerId;
  readonly other: CustomerId;
  readonly events: (of: CustomerId) => readonly LedgerEvent[];
}

/** Tells what became of measures; but not whom we never told that one began. */
export async function tellCleared(store: Store, shop: Shop, { news }: Cleared, now: Instant): Promise<void> {
  const measures = news.flatMap(([, cause]) => ('measure' in cause ? [cause.measure] : []));
  const told = await store.notices.toldOf(shop.id, measures);
  for (const [customer, cause] of news)
    if ('measure' in cause && told.has(cause.measure)) await tellCustomer(store, shop, customer, cause, now);
}

/**
 * What records that evasions of another account's measures never were, and what becomes of every measure of this account that does
 * not stand without them: judged again as after an appeal that voids evidence.
 */
async function clearedOf(
  { ids, policies }: ClearingDeps,
  store: Store,
  shop: Shop,
  by: By,
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
