import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnEveryDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { connect } from './connect.ts';

describeOnEveryDatabase('what comes out of the database', (makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.drop());

  const value = async (expression: string): Promise<unknown> => {
    const found = await database.pool.query<{ value: unknown }>(`select ${expression} as value`);
    return found.rows[0]?.value;
  };

  test.each([
    ['9007199254740991::int8', 9_007_199_254_740_991],
    ["'{1,null,3}'::int8[]", [1, null, 3]],
    ['12.50::numeric', '12.50'],
    ["'{0.1,2.00}'::numeric[]", ['0.1', '2.00']],
    ["'2026-03-01'::date", '2026-03-01'],
    ["'2026-03-01 10:00:00.123456+00'::timestamptz", Date.UTC(2026, 2, 1, 10, 0, 0, 123)],
    ["'2026-03-01 10:00:00+05:30'::timestamptz", Date.UTC(2026, 2, 1, 4, 30)],
    ["array['2026-03-01 10:00:00Z'::timestamptz, null]", [Date.UTC(2026, 2, 1, 10), null]],
    ["'0099-12-31 00:00:00+00'::timestamptz", Date.parse('0099-12-31T00:00:00Z')],
    [`'{"a": [1, "x"]}'::jsonb`, { a: [1, 'x'] }],
    ['null::timestamptz', null],
  ])('%s', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  test('a time is the same whatever zone the connection speaks', async () => {
    const client = await database.pool.connect();
    try {
      for (const zone of ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Europe/Amsterdam']) {
        await client.query("select set_config('timezone', $1, false)", [zone]);
        const found = await client.query<{ at: unknown }>("select '1995-07-01 12:00:00Z'::timestamptz as at");
        expect(found.rows[0]?.at).toBe(Date.UTC(1995, 6, 1, 12));
      }
    } finally {
      client.release(true);
    }
  });

  test.each(["'9007199254740993'::int8", "'infinity'::timestamptz"])(
    '%s throws instead of being nearly right',
    async (expression) => {
      await expect(value(expression)).rejects.toThrow(/from the database/);
    },
  );

  test.each(['the pool', 'the query builder', 'nothing'])(
    'closing ends every connection after %s was used',
    async (used) => {
      const own = connect(database.serviceUrl);
      if (used === 'the pool') await own.pool.query('select 1');
      if (used === 'the query builder') await own.db.selectFrom('shop').select('id').execute();
      await own.close();
      expect([own.pool.ended, own.pool.totalCount]).toEqual([true, 0]);
    },
  );
});

test('gives up on a server that lets nobody in', async () => {
  const mute = createServer().listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as AddressInfo;
  const own = connect(`postgres://somebody@127.0.0.1:${port}/nothing`, 1, 50);
  await expect(own.pool.query('select 1')).rejects.toThrow(/timeout/);
  await own.close();
  mute.close();
});
