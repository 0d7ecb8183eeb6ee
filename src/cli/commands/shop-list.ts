import { defineCommand } from '../frame.ts';
import { withInstallation } from '../installation.ts';

export default defineCommand({
  name: 'shop list',
  summary: 'Lists the shops, and the system each is connected to',
  options: { json: { type: 'boolean', about: 'Prints JSON' } },
  examples: ['evenhand shop list'],
  run: (call) =>
    withInstallation(call, async ({ db }) => {
      const shops = await db
        .selectFrom('shop as s')
        .leftJoin('connection as c', (join) => join.onRef('c.shop_id', '=', 's.id').on('c.state', '!=', 'disconnected'))
        .select(['s.slug', 's.name', 'c.platform', 'c.state', 'c.address'])
        .orderBy('s.slug')
        .execute();
      if (call.options.json) call.terminal.out(JSON.stringify(shops, null, 2));
      else
        for (const { slug, name, platform, state, address } of shops)
          call.terminal.out(
            `${slug.padEnd(24)}  ${platform === null ? 'connected to no shop system' : `${platform} at ${address} (${state})`}  ${name}`,
          );
      return 0;
    }),
});
