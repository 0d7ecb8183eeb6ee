import type { Instant } from '../../../core/shared/time.ts';
import type { ActRecord } from '../../../ports/enforcing.ts';

/** Somebody is doing it at this moment: nobody knows yet whether it will have been done. */
export const isInFlight = ({ state, attempts, fault, nextAt }: ActRecord, now: Instant): boolean =>
  state === 'waiting' && attempts > 0 && fault === null && nextAt > now;
