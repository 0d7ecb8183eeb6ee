import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { masterKeyCheck } from '../vault/keys.ts';
import { keepKeyCheck, refuseOtherKey } from './master-key.ts';

it('takes the first key, the same key again, and no other', async () => {
  const database = await createTestDatabase();
  try {
    const [own, other] = [masterKeyCheck(Buffer.alloc(32, 1)), masterKeyCheck(Buffer.alloc(32, 2))];
    await refuseOtherKey(database.adminUrl, own);
    await keepKeyCheck(database.adminUrl, own);
    await refuseOtherKey(database.adminUrl, own);
    await keepKeyCheck(database.adminUrl, own);
    await expect(refuseOtherKey(database.adminUrl, other)).rejects.toThrow('master key is not the one');
    await expect(keepKeyCheck(database.adminUrl, other)).rejects.toThrow('EVENHAND_MASTER_KEY');
  } finally {
    await database.drop();
  }
});
