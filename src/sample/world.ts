import type { Calendar } from './calendar.ts';
import { type Faults, faultsOf } from './faults.ts';
import type { Purse } from './life.ts';

/** What all lives of the sample share. */
export interface World {
  readonly calendar: Calendar;
  readonly faults: Faults;
  /** The shop's own currency, in which nearly everybody pays. */
  readonly home: Purse;
  readonly foreign: Purse;
}

/** Prices are the same figures in every currency; a few customers pay in pounds (in a shop that counts in pounds, in euros). */
export function worldOf(calendar: Calendar, currency: string): World {
  return {
    calendar,
    faults: faultsOf(calendar),
    home: { currency, rate: null },
    foreign: currency === 'GBP' ? { currency: 'EUR', rate: '0.86' } : { currency: 'GBP', rate: '1.16' },
  };
}
