import { expect, it } from 'vitest';
import { at, uuid } from '../../../test/support/events.ts';
import type { ApiKey } from '../../ports/desk.ts';
import type { Shop } from '../../ports.ts';
import { KeyGuard } from './key-guard.ts';

const SECRET = `ehk_${'a'.repeat(43)}`;

it('asks again for a key it knows when the clock was put back, and believes it no longer than it takes to hear', async () => {
  let [now, valid, asked] = [Number(at('2026-06-01T12:00:00Z')), true, 0];
  const holder = { shop: {} as Shop, key: { id: uuid(1), lastUsedAt: now } as unknown as ApiKey };
  const guard = new KeyGuard({
    clock: { now: () => now },
    credentials: { tokenHash: () => Buffer.alloc(32) },
    keys: {
      find: async () => {
        asked += 1;
        return valid ? holder : null;
      },
      touch: async () => undefined,
    },
  } as unknown as ConstructorParameters<typeof KeyGuard>[0]);
  expect(await guard.holder(SECRET)).toBe(holder);
  expect(await guard.holder(SECRET)).toBe(holder);
  expect(asked).toBe(1);
  valid = false;
  now -= 3_600_000;
  await guard.holder(SECRET);
  await expect.poll(() => guard.holder(SECRET)).toBeNull();
  expect(asked).toBeGreaterThan(1);
});
