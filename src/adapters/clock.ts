import { instant } from '../core/shared/time.ts';
import type { Clock } from '../ports.ts';

/** The machine's time. */
export const systemClock: Clock = { now: () => instant(Date.now()) };
