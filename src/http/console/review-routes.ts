import { id, type ProposalId, type StaffId } from '../../core/shared/brand.ts';
import type { Result } from '../../core/shared/result.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { Language } from '../../core/shared/words.ts';
import type { CustomerPageDeps } from '../../workflows/console/customer-page.ts';
import { type Effect, proposalPage } from '../../workflows/console/proposal-page.ts';
import { approve } from '../../workflows/review/approve.ts';
import { askColleague } from '../../workflows/review/ask.ts';
import { decline } from '../../workflows/review/decline.ts';
import { mayAnswer } from '../../workflows/review/may.ts';
import { seenOf } from '../../workflows/review/seen.ts';
import { soften } from '../../workflows/review/soften.ts';
import type { Answered, ReviewDeps, ReviewRefused } from '../../workflows/review/types.ts';
import { undo } from '../../workflows/review/undo.ts';
import { problem, refused } from '../problem.ts';
import { ProblemWords, REMARKS } from '../problem-words.ts';
import { readUntil } from './acting-routes.ts';
import type { RegisterRoute } from './route.ts';
import { atOrNull, evidenceEntry, obligationView, proposalRow, readerOf, traceView } from './views.ts';

/** One proposal with all that is needed to answer it, and the answers. */
export function reviewRoutes(route: RegisterRoute, deps: CustomerPageDeps & ReviewDeps): void {
  const words = new ProblemWords(deps.languages);
  const remarks = new ProblemWords(deps.languages, REMARKS);

  route('GET /api/shops/:shop/review/:id', async ({ shop, session, role, params, language }) => {
    const page = await proposalPage(deps, shop, id<ProposalId>(params.id));
    if (page === null) return problem(404, 'There is no such proposal.');
    const { proposal, card, policy, lifetime } = page;
    const reader = readerOf(language, policy.compiled.policy);
    const may = mayAnswer(
      shop,
      { status: proposal.status, type: proposal.type, firstApprover: proposal.firstApprover?.id ?? null },
      { id: session.staff.id, role },
    );
    const { ordered, cancelled, returned, refunded, disputed } = lifetime;
    return {
      ...proposalRow(proposal, shop.settings.secondApprovalForBlocks, reader),
      effect: effectView(proposal, language),
      seen: seenOf(proposal),
      skipped: proposal.skipped,
      traces: proposal.trace.map((trace) => traceView(trace, reader)),
      events: page.events.map((each) => evidenceEntry(each, remarks, language)),
      customerFacts: {
        since: formatInstant(card.firstAt),
        orders: card.orders,
        orderedValue: ordered,
        cancelledValue: cancelled,
        returnedValue: returned,
        refundedValue: refunded,
        disputedValue: disputed,
        lifetimeValue: ordered - cancelled - returned - refunded - disputed,
        measuresBefore: page.measuresBefore,
      },
      similar: page.similar,
      alsoOpen: page.alsoOpen.map((each) => {
        const { id: other, type, title } = proposalRow(each, shop.settings.secondApprovalForBlocks, reader);
        return { id: other, type, title };
      }),
      softer: page.softer.map((each) => effectView(each, language)),
      nextStep: page.nextStep === null ? null : whatView(page.nextStep, language),
      policyVersion: proposal.policyVersion,
      may: { ...may, why: may.why === null ? null : words.say(language, may.why) },
    };
  });

  route('POST /api/shops/:shop/review/:id/approve', async ({ shop, session, role, params, body }) =>
    tell(await approve(deps, shop, { id: session.staff.id, role }, id<ProposalId>(params.id), body.seen, body)),
  );

  route('POST /api/shops/:shop/review/:id/soften', async ({ shop, session, role, params, body }) => {
    const until = readUntil(body.until);
    if (!until.ok) return refused(until.error);
    const { seen, ...wanted } = body;
    const wish = { ...wanted, until: until.value };
    return tell(await soften(deps, shop, { id: session.staff.id, role }, id<ProposalId>(params.id), seen, wish));
  });

  route('POST /api/shops/:shop/review/:id/decline', async ({ shop, session, role, params, body }) =>
    tell(await decline(deps, shop, { id: session.staff.id, role }, id<ProposalId>(params.id), body.reason)),
  );

  route('POST /api/shops/:shop/review/:id/ask', async ({ shop, session, role, params, body }) => {
    const wish = { ...body, colleague: id<StaffId>(body.colleague) };
    return tell(await askColleague(deps, shop, { id: session.staff.id, role }, id<ProposalId>(params.id), wish));
  });

  route('POST /api/shops/:shop/review/:id/undo', async ({ shop, session, role, params }) =>
    tell(await undo(deps, shop, { id: session.staff.id, role }, id<ProposalId>(params.id))),
  );
}

const tell = (answer: Result<Answered, ReviewRefused>) =>
  answer.ok ? answeredView(answer.value) : refused(answer.error);

const whatView = (effect: Omit<Effect, 'until'>, language: Language) => ({
  type: effect.type,
  obligations: effect.obligations.map((name) => obligationView(name, language)),
  surfaces: [...effect.surfaces],
});

const effectView = (effect: Effect, language: Language) => ({
  ...whatView(effect, language),
  until: formatInstant(effect.until),
});

function answeredView(answered: Answered) {
  return { ...answered, undoUntil: atOrNull(answered.undoUntil) };
}
