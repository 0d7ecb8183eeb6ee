import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { id, type ShopId } from '../../core/shared/brand.ts';
import { startJobs } from './jobs.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('an assessment that fails is told, and tried again', async () => {
  const shop = id<ShopId>('00000000-0000-4000-8000-000000000001');
  const errors: unknown[] = [];
  const done = Promise.withResolvers<void>();
  let tries = 0;
  const jobs = await startJobs(database.serviceUrl, {
    assess: {
      some: async () => {
        tries += 1;
        if (tries === 1) throw new Error('The first try fails');
        done.resolve();
        return false;
      },
      shopsWithDue: async () => [shop],
    },
    onError: (error) => errors.push(error),
  });
  try {
    await done.promise;
    expect(errors).toMatchObject([{ message: 'The first try fails' }]);
  } finally {
    await jobs.stop();
  }
}, 30_000);
