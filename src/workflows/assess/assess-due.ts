import type { LedgerEvent } from '../../core/events/event.ts';
import { buildHistory } from '../../core/metrics/history.ts';
import type { CompiledPolicy } from '../../core/policy/types.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import { assess } from '../../core/standing/assess.ts';
import type { Assessment } from '../../core/standing/types.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { AssessedCustomer } from '../../ports/standing.ts';
import type { Deps, Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import { openProposal } from './proposal.ts';

export interface AssessDeps extends Deps {
  readonly policies: PolicyShelf;
}

export interface Assessed {
  readonly customers: number;
  /** Whether others may still be due. */
  readonly more: boolean;
}

const CUSTOMERS_AT_ONCE = 200;

/**
 * Assesses customers of a shop that are due, at most `most`: writes standing, opens and withdraws proposals, notes when to look
 * again. What time or merit has ended becomes an event first, and the customer is then assessed anew. Safe to run
 * anywhere, any number of times, at once: nobody is assessed by two at a time.
 */
export async function assessDue(deps: AssessDeps, shop: Shop, most: number = CUSTOMERS_AT_ONCE): Promise<Assessed> {
  const now = deps.clock.now();
  const { claimed, endings } = await deps.store.transaction(async (store) => {
    const customers = await store.standing.claimDue(shop.id, now, most);
    if (customers.length === 0) return { claimed: 0, endings: [] };
    // After the claim: a policy published since makes its customers due again, one published before it is seen here.
    const { compiled } = await deps.policies.inForce(shop.id, store.policies);
    return { claimed: customers.length, endings: await assessClaimed(store, shop, customers, compiled, now) };
  });
  // In a transaction of its own: an append takes the ledger's lock first and customers after, as appends everywhere do.
  if (endings.length > 0) await deps.store.transaction((store) => store.ledger.append(shop, endings));
  return { customers: claimed, more: claimed === most || endings.length > 0 };
}

/** Assesses everybody who is due. `onProgress` is told how many have been assessed. */
export async function assessAllDue(
  deps: AssessDeps,
  shop: Shop,
  { onProgress, signal }: { onProgress?: (customers: number) => void; signal?: AbortSignal } = {},
): Promise<number> {
  let customers = 0;
  for (let more = true; more && signal?.aborted !== true; ) {
    const assessed = await assessDue(deps, shop);
    customers += assessed.customers;
    more = assessed.more;
    onProgress?.(customers);
  }
  return customers;
}

/** Writes what can be written now of claimed customers; gives the events that must come first for the others. */
async function assessClaimed(
  store: Store,
  shop: Shop,
  customers: readonly CustomerId[],
  policy: CompiledPolicy,
  now: Instant,
): Promise<readonly OfferedEvent[]> {
  const ledgers = new Map(
    (await store.ledger.eventsOf(shop.id, customers)).map((own) => [own.customer, own.events] as const),
  );
  const settled: AssessedCustomer[] = [];
  const endings: OfferedEvent[] = [];
  for (const customer of customers) {
    const assessment = judge(ledgers.get(customer) ?? [], shop, policy, now);
    const ended = endingsOf(customer, assessment, now);
    if (ended.length > 0) endings.push(...ended);
    else settled.push(toRecord(shop, customer, assessment, policy, now));
  }
  await store.standing.save(shop.id, settled, now);
  return endings;
}

/** One customer's assessment, from their events. */
export function judge(
  events: readonly LedgerEvent[],
  shop: Pick<Shop, 'currency'>,
  policy: CompiledPolicy,
  now: Instant,
): Assessment {
  return assess({ events, history: buildHistory(events, shop.currency, now), policy, now });
}

function toRecord(
  shop: Shop,
  customer: CustomerId,
  assessment: Assessment,
  policy: CompiledPolicy,
  now: Instant,
): AssessedCustomer {
  return {
    customer,
    standing: assessment.standing,
    since: assessment.since,
    until: assessment.until,
    because: assessment.because,
    nextAt: assessment.nextChangeAt,
    proposals: assessment.proposals.map((draft) => openProposal(shop.id, customer, draft, policy.version, now)),
  };
}

/** Ends that nobody decided: time is over, or the customer earned it. Their source ids make each happen once. */
function endingsOf(customer: CustomerId, assessment: Assessment, now: Instant): readonly OfferedEvent[] {
  const subject = { id: customer, identifiers: [], shown: {} };
  const measures = new Map(assessment.measures.map((measure) => [measure.id, measure]));
  const expired = assessment.toExpire.map(
    (measure): OfferedEvent => ({
      kind: 'measure.expired',
      body: { measure },
      subject,
      occurredAt: measures.get(measure)?.until ?? now,
      source: 'evenhand',
      sourceId: `expired:${measure}`,
    }),
  );
  const earned = assessment.earnedLifts.map(
    ({ measure, why }): OfferedEvent => ({
      kind: 'measure.lifted',
      body: { measure, because: 'earned', by: null },
      subject,
      private: { reason: why },
      occurredAt: now,
      source: 'evenhand',
      sourceId: `earned:${measure}`,
    }),
  );
  return [...expired, ...earned];
}
