import { defineCommand } from '../frame.ts';
import { withInstallation } from '../installation.ts';

export default defineCommand({
  name: 'status',
  summary: 'Shows where the data is and how much of it there is',
  options: { json: { type: 'boolean', about: 'Prints JSON' } },
  examples: ['evenhand status'],
  run: (call) =>
    withInstallation(call, async ({ config, pool, server }) => {
      const size = await pool.query<{ bytes: number; events: number; shops: number }>(
        `select pg_database_size(current_database()) as bytes,
                (select coalesce(sum(seq), 0)::int8 from ledger_head) as events,
                (select count(*) from shop) as shops`,
      );
      const row = size.rows[0];
      const facts = {
        dataFolder: config.dataFolder,
        database: config.databaseUrl === undefined ? 'embedded' : 'own',
        postgres: server.version,
        bytes: row?.bytes ?? 0,
        shops: row?.shops ?? 0,
        events: row?.events ?? 0,
      };
      if (call.options.json) {
        call.terminal.out(JSON.stringify(facts));
        return 0;
      }
      call.terminal.out(`Data folder  ${facts.dataFolder}`);
      call.terminal.out(
        `Database     PostgreSQL ${facts.postgres}, ${facts.database === 'embedded' ? 'embedded' : 'a server of your own'}`,
      );
      call.terminal.out(`Size         ${(facts.bytes / 1_000_000).toFixed(1)} MB`);
      call.terminal.out(`Shops        ${facts.shops}`);
      call.terminal.out(`Events       ${facts.events.toLocaleString('en')}`);
      return 0;
    }),
});
