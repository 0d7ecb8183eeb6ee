import type { LedgerEvent } from '../../core/events/event.ts';
import { buildHistory } from '../../core/metrics/history.ts';
import type { CompiledPolicy } from '../../core/policy/types.ts';
import type { CustomerId, ProposalId, ShopId } from '../../core/shared/brand.ts';
import { type Instant, instant } from '../../core/shared/time.ts';
import { assess } from '../../core/standing/assess.ts';
import type { Assessment } from '../../core/standing/types.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { AssessedCustomer, ProposalRecord } from '../../ports/standing.ts';
import type { Deps, Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import { tellEndings } from '../notices/tell-endings.ts';
import { proposalId, proposalNews } from './proposal.ts';

export interface AssessDeps extends Deps {
  readonly policies: PolicyShelf;
  /** Told of customers who could not be assessed. Without it that is thrown, after everybody else has been assessed. */
  readonly onFault?: (error: unknown) => void;
}

export interface Assessed {
  /** How many are done with: those about whom something had to be written first come again. */
  readonly customers: number;
  /** Whether others may still be due. */
  readonly more: boolean;
}

const CUSTOMERS_AT_ONCE = 200;
/** Histories are read whole, so it is they that bound the memory a batch takes. */
const EVENTS_AT_ONCE = 50_000;
const AGAIN_MS = 3_600_000;

/**
 * Assesses customers of a shop that are due, at most `most`: writes their standing, and notes when to look again. What time or
 * merit has ended becomes an event first, and so does what is proposed anew, otherwise or no more; the customer stays due and is
 * assessed again, until nothing is left to say. Safe to run anywhere, any number of times, at once: nobody is assessed by two at a time. A customer who cannot be assessed keeps the
 * standing they have, is reported, and is tried again in an hour.
 */
export async function assessDue(deps: AssessDeps, shop: Shop, most: number = CUSTOMERS_AT_ONCE): Promise<Assessed> {
  const now = deps.clock.now();
  const { done, more, news, faults } = await deps.store.transaction(async (store) => {
    const { customers, more } = await store.standing.claimDue(shop.id, now, {
      customers: most,
      events: EVENTS_AT_ONCE,
    });
    if (customers.length === 0) return { done: 0, more, news: [], faults: [] };
    // After the claim: a policy published since makes its customers due again, one published before it is seen here.
    const { compiled } = await deps.policies.inForce(shop.id, store.policies);
    return { more, ...(await assessClaimed(deps, store, shop, customers, compiled, now)) };
  });
  // In a transaction of its own: an append takes the ledger's lock first and customers after, as appends everywhere do.
  if (news.length > 0)
    await deps.store.transaction(async (store) => {
      const outcomes = await store.ledger.append(shop, news);
      await tellEndings(store, shop, news, outcomes, now);
    });
  if (faults.length > 0) report(deps, new NotAssessed(shop.id, faults));
  return { customers: done, more: more || news.length > 0 };
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

interface Found {
  readonly done: number;
  /** What must be in the ledger before some of the customers can be done with. */
  readonly news: readonly OfferedEvent[];
  readonly faults: readonly unknown[];
}

/** Writes what can be written now of claimed customers. */
async function assessClaimed(
  { policies }: Pick<AssessDeps, 'policies'>,
  store: Store,
  shop: Shop,
  customers: readonly CustomerId[],
  policy: CompiledPolicy,
  now: Instant,
): Promise<Found> {
  const ledgers = new Map(
    (await store.ledger.eventsOf(shop.id, customers)).map((own) => [own.customer, own.events] as const),
  );
  const failed = new Map<CustomerId, unknown>();
  // Nothing here writes, so a customer whose events cannot be judged leaves the others whole.
  const each = <T>(all: readonly CustomerId[], work: (customer: CustomerId) => T): (readonly [CustomerId, T])[] =>
    all.flatMap((customer) => {
      try {
        return [[customer, work(customer)] as const];
      } catch (error) {
        failed.set(customer, error);
        return [];
      }
    });
  const taken = each(customers, (customer) => versionsIn(ledgers.get(customer) ?? []));
  const version = await versionsOf(policies, store, shop, new Set(taken.flatMap(([, numbers]) => numbers)));
  const judged = new Map(each(customers, (customer) => judge(ledgers.get(customer) ?? [], shop, policy, now, version)));
  const proposed = await proposalsOf(store, shop, judged);
  const news = new Map(
    each([...judged.keys()], (customer) => {
      const assessment = judged.get(customer);
      if (assessment === undefined) return [];
      const ended = endingsOf(customer, assessment, now);
      // An end may be what the next proposal waited for, so that is judged after it.
      if (ended.length > 0) return ended;
      return proposalNews(shop.id, customer, assessment.proposals, proposed, policy.version, now);
    }),
  );
  const settled = [...judged].flatMap(([customer, assessment]) =>
    news.get(customer)?.length === 0 ? [toRecord(customer, assessment)] : [],
  );
  await store.standing.save(shop.id, settled, now);
  await store.standing.postpone(shop.id, [...failed.keys()], instant(now + AGAIN_MS));
  return { done: settled.length + failed.size, news: [...news.values()].flat(), faults: [...failed.values()] };
}

/** The open proposals about some customers, and those that would be made again, in one query. */
async function proposalsOf(
  store: Store,
  shop: Shop,
  judged: ReadonlyMap<CustomerId, Assessment>,
): Promise<ReadonlyMap<ProposalId, ProposalRecord>> {
  const ids = [...judged].flatMap(([customer, { proposals }]) =>
    proposals.map(({ key }) => proposalId(shop.id, customer, key)),
  );
  const known = await store.standing.proposals(shop.id, { ids, openAbout: [...judged.keys()] });
  return new Map(known.map((proposal) => [proposal.id, proposal]));
}

/** The versions of the policy under which measures were taken. */
const versionsIn = (events: readonly LedgerEvent[]): readonly number[] =>
  events.flatMap((event) => (event.kind === 'measure.started' ? (event.body.policyVersion ?? []) : []));

async function versionsOf(
  policies: PolicyShelf,
  store: Store,
  shop: Shop,
  numbers: ReadonlySet<number>,
): Promise<(version: number) => CompiledPolicy | null> {
  const found = new Map<number, CompiledPolicy | null>();
  for (const number of numbers) {
    // One that can be read no more promises nothing, and must not keep everybody else from being judged.
    const then = await policies.version(shop.id, number, store.policies).catch(() => null);
    found.set(number, then?.compiled ?? null);
  }
  return (version) => found.get(version) ?? null;
}

/** One customer's assessment, from their events. */
export function judge(
  events: readonly LedgerEvent[],
  shop: Pick<Shop, 'currency'>,
  policy: CompiledPolicy,
  now: Instant,
  version?: (version: number) => CompiledPolicy | null,
): Assessment {
  return assess({ events, history: buildHistory(events, shop.currency, now), policy, now, version });
}

function toRecord(customer: CustomerId, assessment: Assessment): AssessedCustomer {
  return {
    customer,
    standing: assessment.standing,
    since: assessment.since,
    until: assessment.until,
    because: assessment.because,
    nextAt: assessment.nextChangeAt,
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
