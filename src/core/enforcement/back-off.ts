import { assertNever } from '../shared/assert-never.ts';
import type { ActMove } from './acts.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long to wait after each try, at the least. A held order is wanted within seconds; a platform that is down for a day is not lost. */
export const BACK_OFF_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  8 * HOUR_MS,
  24 * HOUR_MS,
] as const;

/** How often an act is tried before it is given up and a person must look. */
export const MOST_TRIES = BACK_OFF_MS.length + 1;

/** What a platform asks us to wait is believed within these bounds. */
const LIMITED_MS = { least: SECOND_MS, most: HOUR_MS } as const;

/** The faults of a platform, and `fault`: our own. */
export type FaultKind =
  | 'unauthorised'
  | 'forbidden'
  | 'limited'
  | 'unavailable'
  | 'refused'
  | 'gone'
  | 'drift'
  | 'cannot'
  | 'fault';

/**
 * What follows a try that did not succeed. `spent`: whether the try counts among those an act has. `wait`: nothing of this connection goes
 * on before `waitMs` · `reconnect`: before a person has connected it again · `again`: this alone is tried again after `waitMs` · `end`: no more.
 */
export type AfterFault =
  | { readonly next: 'wait'; readonly waitMs: number; readonly spent: false }
  | { readonly next: 'reconnect'; readonly spent: false }
  | { readonly next: 'again'; readonly waitMs: number; readonly spent: true }
  | { readonly next: 'end'; readonly move: Extract<ActMove, 'given_up' | 'cannot'>; readonly spent: true };

/**
 * What follows a fault of an act; `tries` counts those made, this one included. A limit or lost credentials are nobody's failing, and use no
 * try up. What the platform refuses, or will not let us do, it refuses tomorrow too: a person looks. What it cannot do, or no longer has, is
 * impossible. All else is tried again.
 */
export function afterFault(
  fault: { readonly kind: FaultKind; readonly retryAfterMs?: number },
  tries: number,
): AfterFault {
  switch (fault.kind) {
    case 'limited':
      return { next: 'wait', waitMs: withinBounds(fault.retryAfterMs ?? 0), spent: false };
    case 'unauthorised':
      return { next: 'reconnect', spent: false };
    case 'unavailable':
    case 'drift':
    case 'fault': {
      const waitMs = BACK_OFF_MS[tries - 1];
      return waitMs === undefined
        ? { next: 'end', move: 'given_up', spent: true }
        : { next: 'again', waitMs, spent: true };
    }
    case 'refused':
    case 'forbidden':
      return { next: 'end', move: 'given_up', spent: true };
    case 'gone':
    case 'cannot':
      return { next: 'end', move: 'cannot', spent: true };
    default:
      return assertNever(fault.kind);
  }
}

/**
 * The same of marks and of the list of guests, which are never given up: as long as they are wrong they are told again, each day at the
 * least. Null: telling it again is of no use (the platform cannot, or does not know the customer).
 */
export function markAgainMs(kind: FaultKind, tries: number): number | null {
  switch (kind) {
    case 'gone':
    case 'cannot':
      return null;
    case 'refused':
    case 'forbidden':
      return Math.max(HOUR_MS, BACK_OFF_MS[tries - 1] ?? 24 * HOUR_MS);
    case 'limited':
    case 'unauthorised':
    case 'unavailable':
    case 'drift':
    case 'fault':
      return BACK_OFF_MS[tries - 1] ?? 24 * HOUR_MS;
    default:
      return assertNever(kind);
  }
}

const withinBounds = (ms: number): number => Math.min(LIMITED_MS.most, Math.max(LIMITED_MS.least, Math.ceil(ms)));
