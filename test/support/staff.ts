import { createCredentials } from '../../src/adapters/credentials.ts';
import { randomIds } from '../../src/adapters/ids.ts';
import { createStaffStore } from '../../src/adapters/postgres/staff/staff.ts';
import type { StaffId } from '../../src/core/shared/brand.ts';
import type { Role, StaffStore } from '../../src/ports/staff.ts';
import type { Clock, Shop, Vault } from '../../src/ports.ts';
import type { TestDatabase } from './database.ts';

/** The staff of a test database, under the test master key. */
export function testStaff({ db }: Pick<TestDatabase, 'db'>, vault: Vault): StaffStore {
  return createStaffStore(db, vault, createCredentials(Buffer.alloc(32, 42)));
}

/** Somebody who works for a shop, and could not sign in. */
export async function hire(
  staff: StaffStore,
  clock: Clock,
  shop: Shop,
  name: string,
  role: Role,
): Promise<{ readonly id: StaffId; readonly role: Role }> {
  const id = randomIds.next<StaffId>();
  const added = await staff.addColleague(
    shop.id,
    { id, name, email: `${id}@staff.example`, passwordHash: 'never' },
    role,
    clock.now(),
  );
  if (added.status !== 'added') throw new Error(`A test hires ${name} twice`);
  return { id: added.id, role };
}
