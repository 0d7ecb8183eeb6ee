import { type Correction, type Outcome, tracesAgain, type WhatIf, whatIf } from '../../core/appeals/outcome.ts';
import { reportedEvents } from '../../core/events/event.ts';
import type { CompiledPolicy, RuleTrace } from '../../core/policy/types.ts';
import type { AppealId, StaffId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Standing } from '../../core/standing/types.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { judge } from '../assess/assess-due.ts';
import { type Case, caseOf } from './hearing.ts';
import type { AppealDeps } from './types.ts';

/** What a reviewer would do about an appeal. */
export interface Ruling {
  readonly corrections: readonly Correction[];
  /** Ends the measure although its evidence stands. */
  readonly lift: boolean;
}

/** What is needed to see how a ruling turns out, read before it is judged. */
export async function whatIfOf(
  { policies }: Pick<AppealDeps, 'policies'>,
  store: Store,
  shop: Shop,
  { appeal, events }: Pick<Case, 'appeal' | 'events'>,
  { corrections, lift }: Ruling,
  by: StaffId,
  now: Instant,
): Promise<WhatIf> {
  const { compiled } = await policies.inForce(shop.id, store.policies);
  const versions = new Map<number, CompiledPolicy>();
  for (const event of events) {
    const version = event.kind === 'measure.started' ? event.body.policyVersion : null;
    if (version === null || versions.has(version)) continue;
    const then = await policies.version(shop.id, version, store.policies);
    if (then !== null) versions.set(version, then.compiled);
  }
  const because = appeal.type === 'application' ? ('application' as const) : ('appeal' as const);
  return {
    events,
    currency: shop.currency,
    policy: compiled,
    version: (version) => versions.get(version) ?? null,
    corrections,
    lift: lift ? { measure: appeal.measure, because } : null,
    decides: { appeal: appeal.id, measure: appeal.measure },
    by,
    now,
  };
}

/** Corrections that name something that is not a reported event of the customer. */
export function notCorrectable({ events }: Pick<Case, 'events'>, corrections: readonly Correction[]): boolean {
  const reported = new Set<string>(
    events.filter((event) => Object.hasOwn(reportedEvents, event.kind)).map((event) => event.id),
  );
  return !corrections.every((correction) => reported.has(correction.event));
}

export interface Preview {
  readonly outcome: Outcome;
  readonly standingNow: Standing;
  /** The rules behind the measure, judged again without what was marked. */
  readonly traces: readonly RuleTrace[];
  readonly case: Case;
}

/** How a ruling would turn out, before anything is decided. Null: the shop has no such appeal. */
export async function previewOutcome(
  deps: AppealDeps,
  shop: Shop,
  by: StaffId,
  id: AppealId,
  ruling: Ruling,
): Promise<Preview | 'unknown-event' | null> {
  const now = deps.clock.now();
  const found = await caseOf(deps.store, shop, id, now);
  if (found === null) return null;
  if (notCorrectable(found, ruling.corrections)) return 'unknown-event';
  const input = await whatIfOf(deps, deps.store, shop, found, ruling, by, now);
  return {
    outcome: whatIf(input),
    standingNow: judge(found.events, shop, input.policy, now).standing,
    traces: tracesAgain(input, found.appeal.measure),
    case: found,
  };
}
