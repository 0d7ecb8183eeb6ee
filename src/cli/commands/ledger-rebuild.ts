import { workflowDeps } from '../../compose-workflows.ts';
import { PolicyShelf } from '../../workflows/console/policy-shelf.ts';
import { rebuildLedger } from '../../workflows/rebuild-ledger.ts';
import { defineCommand } from '../frame.ts';
import { withInstallation } from '../installation.ts';
import { type Progress, startProgress } from '../progress.ts';
import { shopNamed } from '../shop.ts';

export default defineCommand({
  name: 'ledger rebuild',
  summary: 'Drops everything computed from the ledger of a shop and computes it again',
  options: { shop: { type: 'string', value: 'SLUG', about: 'the shop', required: true } },
  examples: ['evenhand ledger rebuild --shop linde'],
  run: (call) =>
    withInstallation(call, async (installation) => {
      const deps = workflowDeps(installation);
      const shop = await shopNamed(installation, call.options.shop);
      const bars = new Map<string, Progress>();
      const counts = { events: 0, customers: 0 };
      await rebuildLedger({ ...deps, policies: new PolicyShelf(deps.store.policies) }, shop, (done, of) => {
        counts[of] = done;
        if (of === 'customers') bars.get('events')?.finish();
        const label = of === 'events' ? 'Reading the ledger' : 'Assessing';
        const bar = bars.get(of) ?? startProgress(call.terminal, { label, unit: of });
        bars.set(of, bar);
        bar.update(done);
      });
      for (const bar of bars.values()) bar.finish();
      call.terminal.out(
        `Rebuilt ${shop.slug} from ${counts.events.toLocaleString('en')} events: ${counts.customers.toLocaleString('en')} customers.`,
      );
      return 0;
    }),
});
