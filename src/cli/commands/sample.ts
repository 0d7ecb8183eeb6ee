import { loadInto, sampleShop } from '../../compose-sample.ts';
import { workflowDeps } from '../../compose-workflows.ts';
import { sampleShopFacts } from '../../sample/sample-shop.ts';
import { defineCommand } from '../frame.ts';
import { withInstallation } from '../installation.ts';
import { startProgress } from '../progress.ts';

export default defineCommand({
  name: 'sample',
  summary: 'Loads the sample shop: 2,000 invented customers, 18 months',
  options: {
    shop: {
      type: 'string',
      value: 'SLUG',
      about: 'the shop to load it into, made if there is none',
      default: sampleShopFacts.slug,
    },
  },
  examples: ['evenhand sample', 'evenhand sample --shop try-out'],
  run: (call) =>
    withInstallation(call, async (installation) => {
      const deps = workflowDeps(installation);
      const shop = await sampleShop(installation, deps, call.options.shop);
      let progress: ReturnType<typeof startProgress> | undefined;
      const loaded = await loadInto(installation, deps, shop, {
        signal: call.signal,
        onProgress: (done, total) => {
          progress ??= startProgress(call.terminal, { label: 'Loading the sample shop', unit: 'events', total });
          progress.update(done);
        },
      });
      progress?.finish();
      if (loaded.status === 'interrupted') {
        call.terminal.err('Stopped. The same command goes on where this one stopped.');
        return 1;
      }
      const known = loaded.known === 0 ? '' : `, ${loaded.known.toLocaleString('en')} were there already`;
      call.terminal.out(
        `Added ${loaded.added.toLocaleString('en')} ${loaded.added === 1 ? 'event' : 'events'} up to ${loaded.lastDay} to ${shop.slug}${known}.`,
      );
      return 0;
    }),
});
