import { conditionTraceJson, ruleTraceJson } from '../../core/policy/trace-json.ts';
import { type CustomerId, id } from '../../core/shared/brand.ts';
import { formatInstant } from '../../core/shared/time.ts';
import { type CustomerPageDeps, customerPage } from '../../workflows/console/customer-page.ts';
import { problem } from '../problem.ts';
import type { RegisterRoute } from './route.ts';
import { customerRow, measureView, proposalRow, ruleNames } from './views.ts';

/** The page of one customer. */
export function customerRoutes(route: RegisterRoute, deps: CustomerPageDeps): void {
  route('GET /api/shops/:shop/customers/:id', async ({ shop, params }) => {
    const page = await customerPage(deps, shop, id<CustomerId>(params.id));
    if (page === null) return problem(404, 'The shop knows no such customer.');
    const { card, policy } = page;
    const { policy: written, version } = policy.compiled;
    return {
      ...customerRow(card),
      email: card.email,
      phone: card.phone,
      erased: card.erased,
      because: ruleNames(written, card.because),
      lifetimeValue: page.lifetimeValue,
      refundedValue: card.refundedValue,
      eventCount: card.events,
      kindCounts: page.kindCounts,
      traces: page.traces.map(ruleTraceJson),
      readings: page.readings.map(({ rule, condition, sparkline }) => {
        const { id: ruleId, title, gravity, outcome } = ruleTraceJson({ ...rule, conditions: [] });
        return {
          rule: { id: ruleId, title, gravity, outcome },
          condition: conditionTraceJson(condition),
          sparkline: [...sparkline],
        };
      }),
      measures: page.measures.map((each) => ({
        ...measureView(each, written),
        message: page.messages.get(each.id) ?? null,
      })),
      proposals: page.proposals.map((each) => {
        const { title } = proposalRow(each, shop.settings.secondApprovalForBlocks);
        return { id: each.id, type: each.type, title, openedAt: formatInstant(each.openedAt) };
      }),
      allowListed: card.allowListed,
      policyVersion: version,
    };
  });
}
