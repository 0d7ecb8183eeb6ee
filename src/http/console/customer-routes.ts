import { conditionTraceJson, ruleTraceJson } from '../../core/policy/trace-json.ts';
import { type CustomerId, id } from '../../core/shared/brand.ts';
import { formatInstant } from '../../core/shared/time.ts';
import { type CustomerPageDeps, customerPage } from '../../workflows/console/customer-page.ts';
import { problem } from '../problem.ts';
import type { RegisterRoute } from './route.ts';
import { conditionView, customerRow, measureView, proposalRow, readerOf, ruleNames, traceView } from './views.ts';

/** The page of one customer. */
export function customerRoutes(route: RegisterRoute, deps: CustomerPageDeps): void {
  route('GET /api/shops/:shop/customers/:id', async ({ shop, params, language }) => {
    const page = await customerPage(deps, shop, id<CustomerId>(params.id));
    if (page === null) return problem(404, 'The shop knows no such customer.');
    const { card, policy } = page;
    const reader = readerOf(language, policy.compiled.policy);
    return {
      ...customerRow(card),
      email: card.email,
      phone: card.phone,
      erased: card.erased,
      because: ruleNames(reader.policy, card.because),
      lifetimeValue: page.lifetimeValue,
      refundedValue: card.refundedValue,
      eventCount: card.events,
      kindCounts: page.kindCounts,
      traces: page.traces.map((trace) => traceView(ruleTraceJson(trace), reader)),
      readings: page.readings.map(({ rule, condition, sparkline }) => {
        const { id: ruleId, title, gravity, outcome } = traceView(ruleTraceJson({ ...rule, conditions: [] }), reader);
        return {
          rule: { id: ruleId, title, gravity, outcome },
          condition: conditionView(conditionTraceJson(condition), reader),
          sparkline: [...sparkline],
        };
      }),
      measures: page.measures.map((each) => measureView(each, reader)),
      proposals: page.proposals.map((each) => {
        const { title } = proposalRow(each, shop.settings.secondApprovalForBlocks, reader);
        return { id: each.id, type: each.type, title, openedAt: formatInstant(each.openedAt) };
      }),
      allowListed: card.allowListed,
      policyVersion: policy.compiled.version,
    };
  });
}
