import { decisionPage } from '../../workflows/portal/decision-page.ts';
import { portalPolicyPage } from '../../workflows/portal/policy-page.ts';
import { standingPage } from '../../workflows/portal/standing-page.ts';
import type { PortalDeps } from './deps.ts';
import { decisionView } from './pages/decision.ts';
import { policyView } from './pages/policy.ts';
import { standingView } from './pages/standing.ts';
import { nothingHere, type PortalRouter } from './router.ts';

/** What there is to read: where one stands, each decision, and the policy (which anybody may read). */
export function pageRoutes({ open, page }: PortalRouter, deps: PortalDeps): void {
  page('/standing', async ({ visit, session }) =>
    standingView(visit, await standingPage(deps, visit.shop, session.customer)),
  );

  page('/decisions/:measure', async (asked) => {
    const { visit, session } = asked;
    const found = await decisionPage(deps, visit.shop, session.customer, asked.param('measure'));
    if (found === null) return nothingHere(asked);
    const may = await deps.hearing.mayFile(deps, visit.shop, session.customer, found.measure.id);
    return decisionView(visit, found, may);
  });

  open('/policy', async (asked) => {
    const { visit } = asked;
    const wanted = asked.query('version');
    if (wanted !== '' && !/^[1-9]\d{0,8}$/.test(wanted)) return nothingHere(asked);
    const found = await portalPolicyPage(
      deps,
      visit.shop.id,
      wanted === '' ? null : Number(wanted),
      visit.language.code,
    );
    return found === null ? nothingHere(asked) : policyView(visit, found);
  });
}
