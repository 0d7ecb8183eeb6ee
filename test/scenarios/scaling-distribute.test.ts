import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { runCommandLine } from '../../src/cli/frame.ts';
import { createEmptyDatabase, dropDatabase, onDatabase } from '../support/database.ts';

let url: string;
let folder: string;
beforeAll(async () => {
  url = await createEmptyDatabase();
  folder = mkdtempSync(join(tmpdir(), 'evenhand-distribute-'));
});
afterAll(async () => {
  await dropDatabase(url);
  rmSync(folder, { recursive: true });
});

async function distribute(database: string | undefined, ...words: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommandLine(['db', 'distribute', ...words], {
    registry: COMMANDS,
    environment: { ...(database === undefined ? {} : { DATABASE_URL: database }), EVENHAND_DATA: join(folder, 'data') },
    workingFolder: folder,
    signal: new AbortController().signal,
    terminal: {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      raw: (text) => err.push(text),
      isScreen: false,
      columns: 120,
    },
  });
  return { code, out, err: err.join('\n') };
}

it('says what it would do, on any PostgreSQL', async () => {
  const { code, out, err } = await distribute(url, '--dry-run', '--shards', '64');
  expect(code).toBe(0);
  expect(err).toContain('The extension "citus" is not in this database yet.');
  const everywhere = ['api_key', 'shop', 'staff', 'staff_role'];
  expect(out.slice(0, 8)).toEqual(
    everywhere.flatMap((table) => [
      `select create_reference_table('public."${table}"');`,
      `select truncate_local_data_after_distributing_table('public."${table}"');`,
    ]),
  );
  expect(out[8]).toBe(
    `select create_distributed_table('public."ledger_event"', 'shop_id', shard_count => 64, colocate_with => 'none');`,
  );
  expect(out).toContain(
    `select create_distributed_table('public."measure"', 'shop_id', colocate_with => 'public."ledger_event"');`,
  );
});

it('refuses without the extension, and without a server of one’s own', async () => {
  const without = await distribute(url);
  expect(without.code).toBe(1);
  expect(without.err).toContain('The extension "citus" is not in this database: install it on the server');
  const embedded = await distribute(undefined);
  expect(embedded.code).toBe(1);
  expect(embedded.err).toContain('set DATABASE_URL to the coordinator');
});

it.each(['0', '1.5', 'many', '1025', '-3'])('takes no %s shards', async (shards) => {
  const { code, err } = await distribute(url, `--shards=${shards}`);
  expect(code).toBe(2);
  expect(err).toContain('whole number from 1 to 1024');
});

/** Such as postgres://postgres@127.0.0.1:5433/evenhand: an empty database of a coordinator, with the extension in it. */
const CLUSTER = process.env.TEST_CITUS_URL;

test.skipIf(CLUSTER === undefined)(
  'on a real cluster (TEST_CITUS_URL names one) every table goes where it belongs, once',
  async () => {
    const first = await distribute(CLUSTER);
    expect(first.err).not.toContain('rror');
    expect(first).toMatchObject({ code: 0, out: [expect.stringMatching(/^Done: \d+ tables/)] });
    const { rows } = await onDatabase(CLUSTER ?? '', (client) =>
      client.query<{ name: string; kind: string; colocation: number }>(
        `select c.relname as name, p.partmethod as kind, p.colocationid as colocation
         from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid where c.relnamespace = 'public'::regnamespace`,
      ),
    );
    const ofShops = rows.filter(({ kind }) => kind === 'h');
    expect(new Set(ofShops.map(({ colocation }) => colocation)).size).toBe(1);
    expect(
      rows
        .filter(({ kind }) => kind === 'n')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['api_key', 'shop', 'staff', 'staff_role']);
    expect(await distribute(CLUSTER)).toMatchObject({
      code: 0,
      out: [`Nothing to do: ${rows.length} tables are distributed already.`],
    });
  },
);
