import { transition } from '../../core/measures/transitions.ts';
import { id as brand, type CustomerId, type ProposalId, type ShopId, type StaffId } from '../../core/shared/brand.ts';
import { ok } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { ProposalRecord } from '../../ports/standing.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { conflict, notAllowed } from '../desk/refused.ts';
import { record, staffEvent } from '../measures/staff-event.ts';
import { tellTakenBack } from '../notices/tell.ts';
import {
  type Answer,
  type Held,
  holding,
  mayDecide,
  named,
  nameOf,
  onlyDeciders,
  refuse,
  takesTwo,
  undoUntil,
} from './answering.ts';
import type { ReviewDeps, Reviewer } from './types.ts';

/** Whoever gave an answer, and when. */
interface Given {
  readonly by: StaffId | null;
  readonly at: Instant;
}

/**
 * Takes an answer back within ten minutes, by whoever gave it. What was recorded stays in the ledger: an approved measure is
 * lifted, a refusal or a first approval is followed by its reopening. The proposal waits again as it did before.
 */
export async function undo(deps: ReviewDeps, shop: Shop, by: Reviewer, id: ProposalId): Promise<Answer> {
  if (!mayDecide(by.role)) return onlyDeciders();
  let other: StaffId | null = null;
  const answer = await holding(deps, shop, id, async (held) => {
    const { proposal, now, store } = held;
    const given = await lastAnswer(store, shop.id, proposal);
    if (given === null) return refuse('nothing-to-undo', conflict('There is no answer to take back.'));
    if (given.by !== by.id) {
      other = given.by;
      return refuse('not-yours-to-undo', notAllowed(''));
    }
    if (now >= undoUntil(given.at))
      return refuse(
        'too-late-to-undo',
        conflict(
          proposal.status === 'approved'
            ? 'It is more than ten minutes ago. Lift the measure instead.'
            : 'It is more than ten minutes ago, so the answer stands.',
        ),
      );
    return takeBack(deps, shop, held, by);
  });
  if (answer.ok || answer.error.why !== 'not-yours-to-undo') return answer;
  const name = await nameOf(deps, shop, other);
  return refuse('not-yours-to-undo', notAllowed(`${name} gave this answer, and only they can take it back.`));
}

async function takeBack(deps: ReviewDeps, shop: Shop, held: Held, by: Reviewer): Promise<Answer> {
  const { store, proposal, now } = held;
  const common = { customer: proposal.customer, by: by.id, at: now, act: deps.ids.next<string>() };
  if (proposal.status === 'approved') {
    const measure = proposal.measure === null ? null : await store.standing.measure(shop.id, proposal.measure);
    if (measure === null) throw new Error('An approved proposal without its measure');
    const state = measure.state === 'active' && measure.until <= now ? 'expired' : measure.state;
    const next = transition(state, 'measure.lifted');
    if (!next.ok) return refuse('nothing-to-undo', conflict(next.error.message));
    const body = { measure: measure.id, because: 'undo' as const, by: by.id };
    await record(store, shop, staffEvent({ kind: 'measure.lifted', body, ...common }));
    await tellTakenBack(store, shop, measure.id, proposal.customer, now);
  } else {
    await record(
      store,
      shop,
      staffEvent({ kind: 'proposal.reopened', body: { ...named(proposal), by: by.id }, ...common }),
    );
  }
  const firstApprover = proposal.status === 'open' ? null : proposal.firstApprover;
  const waitingForSecond = firstApprover !== null && takesTwo(shop, proposal.type);
  return ok({ proposal: proposal.id, status: 'open', measure: null, waitingForSecond, undoUntil: null });
}

/** The answer that stands: the decision, or the first of two approvals. Null: none, or the policy took the proposal back. */
async function lastAnswer(store: Store, shop: ShopId, proposal: ProposalRecord): Promise<Given | null> {
  const { status, decidedAt, decidedBy, firstApprover } = proposal;
  if (status === 'approved' || status === 'declined')
    return decidedAt === null ? null : { by: decidedBy, at: decidedAt };
  if (status !== 'open' || firstApprover === null) return null;
  return firstApproval(store, shop, proposal.customer, proposal.id);
}

async function firstApproval(
  store: Store,
  shop: ShopId,
  customer: CustomerId,
  proposal: ProposalId,
): Promise<Given | null> {
  const [own] = await store.ledger.eventsOf(shop, [customer]);
  const last = own?.events.findLast(
    (event) => event.kind === 'proposal.first_approval' && event.body.proposal === proposal,
  );
  return last?.kind === 'proposal.first_approval' ? { by: brand<StaffId>(last.body.by), at: last.occurredAt } : null;
}
