import { foldMeasures, inForce } from '../../core/measures/fold.ts';
import type { Measure } from '../../core/measures/types.ts';
import type { IssuedNotice } from '../../core/notices/types.ts';
import { type CustomerId, id, isUuid, type MeasureId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { AppealRecord } from '../../ports/hearing.ts';
import type { Shop } from '../../ports.ts';
import type { ShelvedPolicy } from '../console/policy-shelf.ts';
import type { PortalPageDeps } from './standing-page.ts';

export interface DecisionPage {
  readonly measure: Measure;
  /** Over, and not only resting until an appeal is answered. */
  readonly over: boolean;
  /** The version of the policy it was taken under; where that is gone, the one in force. */
  readonly policy: ShelvedPolicy;
  /** The statement of reasons as it was sent; null where there is none that can be read. */
  readonly statement: IssuedNotice | null;
  /** What was sent about it besides, the oldest first. */
  readonly later: readonly IssuedNotice[];
  /** Appeals and applications about it, the newest first. */
  readonly appeals: readonly AppealRecord[];
  readonly now: Instant;
}

/** A decision about a customer, with what they were told. Null: there is none with this id, or it is about somebody else. */
export async function decisionPage(
  deps: PortalPageDeps,
  shop: Shop,
  customer: CustomerId,
  wanted: string,
): Promise<DecisionPage | null> {
  if (!isUuid(wanted)) return null;
  const now = deps.clock.now();
  const [ledgers, notices, appeals] = await Promise.all([
    deps.store.ledger.eventsOf(shop.id, [customer]),
    deps.store.notices.ofMeasure(shop.id, id<MeasureId>(wanted)),
    deps.store.appeals.ofCustomer(shop.id, customer),
  ]);
  const measure = foldMeasures(ledgers[0]?.events ?? [], now).find((each) => each.id === wanted);
  if (measure === undefined) return null;
  const then = measure.policyVersion === null ? null : await deps.policies.version(shop.id, measure.policyVersion);
  const sent = notices
    .filter((notice) => notice.customer === customer)
    .toSorted((a, b) => a.issuedAt - b.issuedAt || (a.id < b.id ? -1 : 1));
  const statement = sent.find(({ kind }) => kind === 'measure.started') ?? null;
  return {
    measure,
    over: !inForce(measure, now) && measure.state !== 'suspended',
    policy: then ?? (await deps.policies.inForce(shop.id)),
    statement,
    later: sent.filter((notice) => notice !== statement),
    appeals: appeals.filter((appeal) => appeal.measure === measure.id).toSorted((a, b) => b.filedAt - a.filedAt),
    now,
  };
}
