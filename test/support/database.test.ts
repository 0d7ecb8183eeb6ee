import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, describeOnEveryDatabase, onDatabase, type TestDatabase } from './database.ts';

describeOnEveryDatabase('a test database', (makeDatabase) => {
  let first: TestDatabase;
  beforeAll(async () => {
    first = await makeDatabase();
  });
  afterAll(() => first.drop());

  test('is migrated, and the service may not change its ledger', async () => {
    const asService = await first.pool.query('select count(*) as count from ledger_event');
    expect(asService.rows).toEqual([{ count: 0 }]);
    await expect(first.pool.query('delete from ledger_event')).rejects.toThrow('permission denied');
  });

  test('is its own', async () => {
    await onDatabase(first.adminUrl, (client) => client.query('create table mine (n int)'));
    const second = await makeDatabase();
    const found = await onDatabase(second.adminUrl, (client) => client.query("select to_regclass('mine') as mine"));
    expect(found.rows).toEqual([{ mine: null }]);
    await second.drop();
    await expect(onDatabase(second.adminUrl, (client) => client.query('select 1'))).rejects.toThrow('does not exist');
  });
});

test('several at once are quick', async () => {
  await (await createTestDatabase()).drop();
  const begin = performance.now();
  const databases = await Promise.all([1, 2, 3, 4].map(() => createTestDatabase()));
  const each = (performance.now() - begin) / databases.length;
  await Promise.all(databases.map((database) => database.drop()));
  expect(each).toBeLessThan(1_000);
});
