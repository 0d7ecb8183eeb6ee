import { instant } from '../../src/core/shared/time.ts';
import type { PlatformRecord } from '../../src/ports/platforms.ts';
import { iso, order } from './test-shop-system.ts';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

/** So many orders of forty customers, one an hour, each delivered. */
export const longPast = (orders: number): PlatformRecord[] =>
  Array.from({ length: orders }, (_, n) => {
    const at = iso(instant(START + n * HOUR));
    return order({
      id: `i${n}`,
      name: String(n),
      customer: { id: String(n % 40) },
      placed_at: at,
      updated_at: at,
      total: 10_00 + n,
      delivered_at: at,
    });
  });
