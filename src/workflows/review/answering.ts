import type { ProposalId, StaffId } from '../../core/shared/brand.ts';
import { err, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Role } from '../../ports/staff.ts';
import type { ProposalRecord } from '../../ports/standing.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { conflict, notAllowed, notFound, type Refused } from '../desk/refused.ts';
import type { Answered, ReviewDeps, ReviewRefused, WhyRefused } from './types.ts';

/** A proposal that nobody else can answer until the transaction ends. */
export interface Held {
  readonly store: Store;
  readonly proposal: ProposalRecord;
  readonly now: Instant;
}

export type Answer = Result<Answered, ReviewRefused>;

export const refuse = (why: WhyRefused, refused: Refused): { readonly ok: false; readonly error: ReviewRefused } =>
  err({ ...refused, why });

/** Who may decide about customers. Agents prepare and ask; auditors read. */
export const mayDecide = (role: Role): boolean => role === 'owner' || role === 'manager';

export const onlyDeciders = () => refuse('may-not', notAllowed('Only an owner or a manager may answer a proposal.'));

/**
 * Runs `work` on a proposal, in one transaction and alone with it: what becomes of a proposal is written in the ledger, and by
 * one at a time. Names of people are looked up after the transaction, which would otherwise hold its lock while it waits
 * for a second connection.
 */
export async function holding(
  deps: ReviewDeps,
  shop: Shop,
  id: ProposalId,
  work: (held: Held) => Promise<Answer>,
): Promise<Answer> {
  return deps.store.transaction(async (store) => {
    await store.ledger.lock(shop.id);
    const proposal = await store.standing.proposal(shop.id, id);
    return proposal === null ? unknown() : work({ store, proposal, now: deps.clock.now() });
  });
}

/** Runs `work` on a proposal that is still open; who comes too late is told who was faster. */
export async function answering(
  deps: ReviewDeps,
  shop: Shop,
  id: ProposalId,
  work: (held: Held) => Promise<Answer>,
): Promise<Answer> {
  let answered: ProposalRecord | null = null;
  const answer = await holding(deps, shop, id, async (held) => {
    if (held.proposal.status === 'open') return work(held);
    answered = held.proposal;
    return refuse('already-answered', conflict(''));
  });
  return answered === null ? answer : refuse('already-answered', conflict(await saidAlready(deps, shop, answered)));
}

const unknown = () => refuse('unknown-proposal', notFound('There is no such proposal.'));

async function saidAlready(deps: ReviewDeps, shop: Shop, { status, decidedBy }: ProposalRecord): Promise<string> {
  if (status === 'withdrawn')
    return 'This proposal was withdrawn meanwhile: what the customer did no longer leads to it.';
  const name = await nameOf(deps, shop, decidedBy);
  return `${name} ${status === 'declined' ? 'declined' : 'approved'} this already.`;
}

export async function nameOf({ staff }: Pick<ReviewDeps, 'staff'>, shop: Shop, id: StaffId | null): Promise<string> {
  const colleague = id === null ? null : await staff.colleague(shop.id, id);
  return colleague?.name ?? 'Somebody else';
}

/** How long an answer can be taken back. */
const UNDO_MS = 10 * 60_000;

export const undoUntil = (answeredAt: Instant): Instant => (answeredAt + UNDO_MS) as Instant;

/** What the events about a proposal all carry. */
export const named = ({ id, ladder, step, rules }: ProposalRecord) => ({
  proposal: id,
  ladder,
  step,
  rules: [...rules],
});

/** Two people must approve this. */
export const takesTwo = (shop: Shop, type: ProposalRecord['type']): boolean =>
  shop.settings.secondApprovalForBlocks && type === 'block';
