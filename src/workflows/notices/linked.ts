import { foldObjections, objectionRefusal } from '../../core/appeals/objections.ts';
import { foldMeasures } from '../../core/measures/fold.ts';
import {
  linkBound,
  linkFreed,
  objectionAcknowledged,
  objectionDecided,
  teamObjectionFiled,
} from '../../core/notices/linked.ts';
import type { Cause, NoticeDocument } from '../../core/notices/types.ts';
import type { ObjectionId } from '../../core/shared/brand.ts';
import { confirmersOf } from '../objections/may-answer.ts';
import { objectionWords } from '../objections/objection-words.ts';
import type { Composing } from './compose.ts';
import { policyOf } from './known.ts';
import { othersCanHear } from './people.ts';

type BindingCause = Extract<Cause, { bound: unknown }>;
type ObjectionCause = Extract<Cause, { objection: ObjectionId }>;

/** What is told about a measure of another account that binds a customer, or no longer does; null: it is not so any more. */
export async function aboutBinding(
  { deps, shop, known, setting }: Composing,
  { kind, bound, of }: BindingCause,
): Promise<NoticeDocument | null> {
  const { store } = deps;
  const bindings = await store.objections.bindings(shop.id, [known.customer], known.now);
  const binds = bindings.some(({ measure }) => measure === bound);
  if (kind === 'link.freed') {
    if (binds) return null;
    const same = await store.links.sameAs(shop.id, [known.customer]);
    return linkFreed(setting, { apart: same.get(known.customer)?.includes(of) !== true });
  }
  const [theirs] = await store.ledger.eventsOf(shop.id, [of]);
  const measure = foldMeasures(theirs?.events ?? [], known.now).find(({ id }) => id === bound);
  if (!binds || measure === undefined) return null;
  const [then, now, confirmers] = await Promise.all([
    policyOf(deps, shop, measure.policyVersion),
    deps.policies.inForce(shop.id, store.policies),
    confirmersOf(store, shop, { customer: known.customer, other: of }),
  ]);
  return linkBound(setting, {
    measure,
    policy: then.compiled.policy,
    answerWithin: now.compiled.policy.procedure.answerWithin,
    othersCanHear: othersCanHear(known.colleagues, confirmers),
  });
}

/** What is told about an objection; null: it is not so any more. */
export async function aboutObjection(
  { deps, shop, known, setting }: Composing,
  cause: ObjectionCause,
): Promise<NoticeDocument | null> {
  const objections = foldObjections(known.events);
  const objection = objections.find(({ id }) => id === cause.objection);
  if (objection === undefined) return null;
  const { state, filedAt, dueAt, other } = objection;
  if (cause.kind === 'objection.decided') {
    if (state !== 'upheld' && state !== 'rejected') return null;
    const words = (await objectionWords(deps.store, shop, known.customer, [objection.id])).get(objection.id);
    return objectionDecided(setting, {
      outcome: state,
      reason: words?.answered ?? null,
      alone: words?.alone ?? false,
      mayAgain: objectionRefusal(objections.filter((each) => each.other === other)) === null,
    });
  }
  if (state !== 'filed') return null;
  const confirmers = await confirmersOf(deps.store, shop, { customer: known.customer, other });
  const facts = { filedAt, dueAt, othersCanHear: othersCanHear(known.colleagues, confirmers) };
  return cause.kind === 'team.objection_filed'
    ? teamObjectionFiled(setting, facts)
    : objectionAcknowledged(setting, facts);
}
