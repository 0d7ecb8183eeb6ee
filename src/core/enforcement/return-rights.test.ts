import { expect, it } from 'vitest';
import { at } from '../../../test/support/events.ts';
import { SHOP_FAULT_REASONS } from '../events/values.ts';
import { rightOf } from './return-rights.ts';

const asked = {
  reason: 'changed_mind',
  askedAt: at('2026-03-20T10:00:00Z'),
  deliveredAt: at('2026-03-10T10:00:00Z'),
} as const;

it('keeps the withdrawal for the days of the law, the last of them whole', () => {
  expect(rightOf(asked, 14)).toBe('withdrawal');
  expect(rightOf({ ...asked, askedAt: at('2026-03-24T23:00:00Z') }, 14)).toBe('withdrawal');
  expect(rightOf({ ...asked, askedAt: at('2026-03-25T10:00:01Z') }, 14)).toBeNull();
  expect(rightOf({ ...asked, askedAt: at('2026-03-25T10:00:01Z'), deliveredAt: null }, 14)).toBe('withdrawal');
  expect(rightOf(asked, null)).toBeNull();
});

it('lets faulty goods come back whenever', () => {
  for (const reason of SHOP_FAULT_REASONS)
    expect(rightOf({ ...asked, reason, askedAt: at('2027-12-01') }, null), reason).toBe('faulty');
});
