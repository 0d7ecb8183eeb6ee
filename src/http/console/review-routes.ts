import type { ProposalDetail } from '../../contracts/review.ts';
import { routes } from '../../contracts/routes.ts';
import { id, type ProposalId } from '../../core/shared/brand.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { ProposalListing } from '../../ports/console.ts';
import type { StaffSession } from '../../ports/staff.ts';
import type { CustomerPageDeps } from '../../workflows/console/customer-page.ts';
import { messagePreview } from '../../workflows/console/message-preview.ts';
import { type Effect, proposalPage } from '../../workflows/console/proposal-page.ts';
import { type Asking, permission } from '../access.ts';
import { problem } from '../problem.ts';
import type { RegisterRoute } from './route.ts';
import { obligationView, proposalRow, timelineEntry } from './views.ts';

/** One proposal with all that is needed to answer it. */
export function reviewRoutes(route: RegisterRoute, deps: CustomerPageDeps): void {
  route('GET /api/shops/:shop/review/:id', async ({ shop, session, role, params }) => {
    const page = await proposalPage(deps, shop, id<ProposalId>(params.id));
    if (page === null) return problem(404, 'There is no such proposal.');
    const { proposal, card, policy } = page;
    return {
      ...proposalRow(proposal, shop.settings.secondApprovalForBlocks),
      effect: effectView(proposal),
      skipped: proposal.skipped,
      traces: [...proposal.trace],
      events: page.events.map(timelineEntry),
      customerFacts: {
        since: formatInstant(card.firstAt),
        orders: card.orders,
        orderedValue: card.orderedValue,
        returnedValue: card.returnedValue,
        lifetimeValue: page.lifetimeValue,
        measuresBefore: page.measuresBefore,
      },
      similar: page.similar,
      message: messagePreview(shop, policy.compiled.policy, proposal.rules, proposal),
      softer: page.softer.map(effectView),
      nextStep: page.nextStep === null ? null : whatView(page.nextStep),
      policyVersion: proposal.policyVersion,
      may: mayOf({ session, membership: { shop, role } }, proposal),
    };
  });
}

const whatView = (effect: Omit<Effect, 'until'>) => ({
  type: effect.type,
  obligations: effect.obligations.map(obligationView),
  surfaces: [...effect.surfaces],
});

const effectView = (effect: Effect) => ({ ...whatView(effect), until: formatInstant(effect.until) });

/** What this person may do now, by the same access rules that the routes themselves ask; and if not everything, why. */
function mayOf(asking: Asking & { readonly session: StaffSession }, proposal: ProposalListing): ProposalDetail['may'] {
  const nothing = { approve: false, soften: false, decline: false, ask: false };
  if (proposal.status !== 'open') return { ...nothing, why: 'This has been answered.' };
  const decide = permission(routes['POST /api/shops/:shop/review/:id/approve'].access, asking);
  const ask = permission(routes['POST /api/shops/:shop/review/:id/ask'].access, asking);
  if (!decide.permitted) return { ...nothing, ask: ask.permitted, why: decide.why };
  const second = proposal.firstApprover?.id === asking.session.staff.id;
  return {
    approve: !second,
    soften: true,
    decline: true,
    ask: true,
    why: second ? 'You approved this already. A block here takes a second person.' : null,
  };
}
