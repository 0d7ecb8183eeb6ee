import { objectionRefusal } from '../../core/appeals/objections.ts';
import { foldMeasures, inForce } from '../../core/measures/fold.ts';
import type { Measure } from '../../core/measures/types.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { ObjectionRecord } from '../../ports/objections.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf, ShelvedPolicy } from '../console/policy-shelf.ts';

/**
 * A measure of another account that binds a customer, as far as it may be shown to them: the link may be wrong, so nothing of the
 * other account is in here.
 */
export interface BoundMeasure {
  readonly measure: Pick<Measure, 'id' | 'type' | 'rules' | 'surfaces' | 'obligations' | 'startedAt' | 'until'>;
  /** The version of the policy it was taken under; where that is gone, the one in force. */
  readonly policy: ShelvedPolicy;
  /** Whether the customer can say now that the other account is not theirs. */
  readonly mayObject: boolean;
  /** The last time they said so about that account. */
  readonly objection: ObjectionRecord | null;
}

/** Objections of a customer that stand beside nothing which binds them now, the newest first: their answers are still to be read. */
export async function otherObjections(
  { store }: Pick<Deps, 'store'>,
  shop: Shop,
  customer: CustomerId,
  bound: readonly BoundMeasure[],
): Promise<readonly ObjectionRecord[]> {
  const shown = new Set(bound.map(({ objection }) => objection?.id));
  return (await store.objections.ofCustomer(shop.id, customer)).filter(({ id }) => !shown.has(id));
}

/** What binds a customer through links that staff confirmed, the newest first. */
export async function boundHere(
  { store, policies }: Pick<Deps, 'store'> & { readonly policies: PolicyShelf },
  shop: Shop,
  customer: CustomerId,
  now: Instant,
): Promise<readonly BoundMeasure[]> {
  const bindings = await store.objections.bindings(shop.id, [customer], now);
  if (bindings.length === 0) return [];
  const holders = [...new Set(bindings.map(({ holder }) => holder))];
  const [ledgers, objections, current] = await Promise.all([
    store.ledger.eventsOf(shop.id, holders),
    store.objections.ofCustomer(shop.id, customer),
    policies.inForce(shop.id),
  ]);
  const measures = new Map(
    ledgers.flatMap(({ events }) => foldMeasures(events, now).map((measure) => [measure.id, measure] as const)),
  );
  const found = await Promise.all(
    bindings.map(async ({ measure: id, holder }): Promise<BoundMeasure | null> => {
      const measure = measures.get(id);
      if (measure === undefined || !inForce(measure, now)) return null;
      const { type, rules, surfaces, obligations, startedAt, until, policyVersion } = measure;
      const then = policyVersion === null ? null : await policies.version(shop.id, policyVersion);
      const earlier = objections.filter(({ other }) => other === holder);
      return {
        measure: { id, type, rules, surfaces, obligations, startedAt, until },
        policy: then ?? current,
        mayObject: objectionRefusal(earlier) === null,
        objection: earlier[0] ?? null,
      };
    }),
  );
  return found.filter((each) => each !== null).sort((a, b) => b.measure.startedAt - a.measure.startedAt);
}
