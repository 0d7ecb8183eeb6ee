import type { LedgerEvent } from '../../core/events/event.ts';
import { buildHistory } from '../../core/metrics/history.ts';
import type { CompiledPolicy } from '../../core/policy/types.ts';
import type { CustomerId, ShopId } from '../../core/shared/brand.ts';
import { type Instant, instant } from '../../core/shared/time.ts';
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
  /** Told of customers who could not be assessed. Without it that is thrown, after everybody else has been assessed. */
  readonly onFault?: (error: unknown) => void;
}

export interface Assessed {
  readonly customers: number;
  /** Whether others may still be due. */
  readonly more: boolean;
}

const CUSTOMERS_AT_ONCE = 200;
/** Histories are read whole, so it is they that bound the memory a batch takes. */
const EVENTS_AT_ONCE = 50_000;
const AGAIN_MS = 3_600_000;

/**
 * Assesses customers of a shop that are due, at most `most`: writes standing, opens and withdraws proposals, notes when to look
 * again. What time or merit has ended becomes an event first, and the customer is then assessed anew. Safe to run
 * anywhere, any number of times, at once: nobody is assessed by two at a time. A customer who cannot be assessed keeps the
 * standing they have, is reported, and is tried again in an hour.
 */
export async function assessDue(deps: AssessDeps, shop: Shop, most: number = CUSTOMERS_AT_ONCE): Promise<Assessed> {
  const now = deps.clock.now();
  const { claimed, more, endings, faults } = await deps.store.transaction(async (store) => {
    const { customers, more } = await store.standing.claimDue(shop.id, now, {
      customers: most,
      events: EVENTS_AT_ONCE,
    });
    if (customers.length === 0) return { claimed: 0, more, endings: [], faults: [] };
    // After the claim: a policy published since makes its customers due again, one published before it is seen here.
    const { compiled } = await deps.policies.inForce(shop.id, store.policies);
    return { claimed: customers.length, more, ...(await assessClaimed(store, shop, customers, compiled, now)) };
  });
  // In a transaction of its own: an append takes the ledger's lock first and customers after, as appends everywhere do.
  if (endings.length > 0) await deps.store.transaction((store) => store.ledger.append(shop, endings));
  if (faults.length > 0) report(deps, new NotAssessed(shop.id, faults));
  return { customers: claimed, more: more || endings.length > 0 };
}

/** Assesses everybody who is due. `onProgress` is told how many have been assessed. */
export async function assessAllDue(
  deps: AssessDeps,
  shop: Shop,
  { onProgress, signal }: { onProgress?: (customers: number) => void; signal?: AbortSignal } = {},
): Promise<number> {
  let customers = 0;
  const faults: unknown[] = [];
  const onFault = deps.onFault ?? ((error: unknown) => void faults.push(error));
  for (let more = true; more && signal?.aborted !== true; ) {
    const assessed = await assessDue({ ...deps, onFault }, shop);
    customers += assessed.customers;
    more = assessed.more;
    onProgress?.(customers);
  }
  if (faults.length > 0) throw faults[0];
  return customers;
}

/**
 * Some customers of a shop could not be assessed. Says where in the program, and neither who nor what: the message of an error may
 * quote what a customer's events hold.
 */
class NotAssessed extends Error {
  constructor(shop: ShopId, faults: readonly unknown[]) {
    const [first] = faults;
    super(
      `${faults.length} ${faults.length === 1 ? 'customer' : 'customers'} of shop ${shop} could not be assessed and will be tried again in an hour`,
    );
    this.name = 'NotAssessed';
    if (first instanceof Error) this.stack = [`${this.name}: ${this.message}`, ...placesIn(first)].join('\n');
  }
}

/** The lines of a stack that say where, without the message before them. */
function placesIn({ stack = '', message }: Error): readonly string[] {
  const places = stack.slice(stack.indexOf(message) + message.length);
  return places.split('\n').filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line));
}

function report({ onFault }: AssessDeps, fault: NotAssessed): void {
  if (onFault === undefined) throw fault;
  onFault(fault);
}

/** Writes what can be written now of claimed customers; gives the events that must come first for others, and what failed. */
async function assessClaimed(
  store: Store,
  shop: Shop,
  customers: readonly CustomerId[],
  policy: CompiledPolicy,
  now: Instant,
): Promise<{ readonly endings: readonly OfferedEvent[]; readonly faults: readonly unknown[] }> {
  const ledgers = new Map(
    (await store.ledger.eventsOf(shop.id, customers)).map((own) => [own.customer, own.events] as const),
  );
  const settled: AssessedCustomer[] = [];
  const endings: OfferedEvent[] = [];
  const failed: CustomerId[] = [];
  const faults: unknown[] = [];
  for (const customer of customers) {
    // Nothing here writes, so a customer whose events cannot be judged leaves the others whole.
    try {
      const assessment = judge(ledgers.get(customer) ?? [], shop, policy, now);
      const ended = endingsOf(customer, assessment, now);
      if (ended.length > 0) endings.push(...ended);
      else settled.push(toRecord(shop, customer, assessment, policy, now));
    } catch (error) {
      failed.push(customer);
      faults.push(error);
    }
  }
  await store.standing.save(shop.id, settled, now);
  await store.standing.postpone(shop.id, failed, instant(now + AGAIN_MS));
  return { endings, faults };
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
