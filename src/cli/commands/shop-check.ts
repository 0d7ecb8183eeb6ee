import { say } from '../../core/shared/words.ts';
import { checkConnection } from '../../workflows/shops/connect.ts';
import { defineCommand } from '../frame.ts';
import { withInstallation } from '../installation.ts';
import { connectedShop, shopsDeps } from '../shop-system.ts';

export default defineCommand({
  name: 'shop check',
  summary: "Tests the connection to a shop's system, right by right",
  options: {
    shop: { type: 'string', value: 'SLUG', about: 'the shop', required: true },
    json: { type: 'boolean', about: 'Prints what was found as JSON' },
  },
  examples: ['evenhand shop check --shop linde'],
  run: (call) =>
    withInstallation(call, async (installation) => {
      const { terminal, options } = call;
      const deps = shopsDeps(installation);
      const { connection } = await connectedShop(installation, deps, options.shop);
      const { found } = await checkConnection(deps, connection);
      if (options.json) terminal.out(JSON.stringify(found, null, 2));
      else {
        const { english } = deps.languages;
        terminal.out(`${connection.platform} at ${connection.address}`);
        if (found.shopName !== null) terminal.out(`Shop      ${found.shopName}`);
        if (found.version !== null) terminal.out(`Version   ${found.version}`);
        for (const { name, granted } of found.scopes) terminal.out(`${granted ? 'granted ' : 'MISSING '}  ${name}`);
        terminal.out(
          found.fault === null
            ? 'It works.'
            : `${say(english, `shops.health.check.${found.fault.kind}.what`)} ${say(english, `shops.health.check.${found.fault.kind}.todo`)}`,
        );
      }
      return found.fault === null ? 0 : 1;
    }),
});
