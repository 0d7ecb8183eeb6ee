import type { CustomerId, MeasureId } from '../../core/shared/brand.ts';
import { addPeriod, months } from '../../core/shared/period.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import { conflict, invalid, notAllowed, notFound, type Refused } from '../desk/refused.ts';
import { wordingFault } from '../notices/may-say.ts';
import { tellStarted } from '../notices/tell.ts';
import { readEffect, rightsFault } from './effect.ts';
import { record, staffEvent } from './staff-event.ts';
import type { Actor, MeasureWish } from './types.ts';

/** Nothing lasts for ever: a measure ends after three years at the latest. */
const LONGEST = months(36);

/**
 * Takes a measure on a person's own judgement, with a reason and the events it rests on. Where the shop wants two people for a
 * block, no one person can take one: only a proposal can wait for the second.
 */
export async function takeMeasure(
  deps: Deps & { readonly policies: PolicyShelf },
  shop: Shop,
  by: Actor,
  customer: CustomerId,
  wish: MeasureWish,
): Promise<Result<MeasureId, Refused>> {
  if (by.role !== 'owner' && by.role !== 'manager')
    return err(notAllowed('Only an owner or a manager may take a measure.'));
  const read = readEffect(wish);
  if (!read.ok) return read;
  const effect = read.value;
  const wording = wordingFault(deps, 'reason', wish.reason) ?? wordingFault(deps, 'personal', wish.personal);
  if (wording !== null) return err(wording);
  const taken = rightsFault(effect, deps.laws.of(shop), deps.clock.now());
  if (taken !== null) return err(taken);
  if (effect.type === 'block' && shop.settings.secondApprovalForBlocks)
    return err(
      conflict('A block takes two people in this shop, and so a proposal of the policy. Take a restriction for now.'),
    );
  const { version, compiled } = await deps.policies.inForce(shop.id);
  const rule = compiled.policy.rules.find((each) => each.id === wish.rule);
  if (wish.rule !== undefined && rule === undefined)
    return err(invalid('rule', 'is not a rule of the policy in force'));
  return deps.store.transaction(async (store) => {
    await store.ledger.lock(shop.id);
    const now = deps.clock.now();
    const { until, reason } = wish;
    if (until <= now) return err(invalid('until', 'must be in the future'));
    if (until > addPeriod(now, LONGEST)) return err(invalid('until', 'must be within three years'));
    if (!(await store.standing.claim(shop.id, customer))) return err(unknownCustomer);
    const evidence = [...new Set(wish.evidence)];
    if (evidence.length > 0) {
      const [own] = await store.ledger.eventsOf(shop.id, [customer]);
      const known = new Set(own?.events.map((event) => event.id));
      if (!evidence.every((event) => known.has(event)))
        return err(invalid('evidence', 'names something that is not an event of this customer'));
    }
    const measure = deps.ids.next<MeasureId>();
    await record(
      store,
      shop,
      staffEvent({
        kind: 'measure.started',
        customer,
        by: by.id,
        at: now,
        act: measure,
        body: {
          measure,
          proposal: null,
          type: effect.type,
          obligations: [...effect.obligations],
          surfaces: [...effect.surfaces],
          ladder: null,
          step: null,
          rules: rule === undefined ? [] : [rule.id],
          policyVersion: rule === undefined ? null : version.version,
          evidence,
          until: formatInstant(until),
          skipped: null,
          proposedBy: 'staff',
          approvedBy: [by.id],
          softened: false,
        },
        private: { reason },
      }),
    );
    await tellStarted(store, shop, { measure, customer, type: effect.type, personal: wish.personal }, now);
    return ok(measure);
  });
}

export const unknownCustomer = notFound('The shop knows no such customer.');
