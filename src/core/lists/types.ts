import type { Instant } from '../shared/time.ts';

/** What stands on a list: let through always, or stopped. */
export const listNames = ['allow', 'deny'] as const;
export type ListName = (typeof listNames)[number];

/**
 * By what an entry recognises somebody. `external` is the shop's own customer number, `ip` an address or a network, `device` what the shop
 * recognises a device by. The first three are identifiers of a customer as the whole house knows them.
 */
export const entryTypes = ['email', 'external', 'phone', 'email_domain', 'name_address', 'ip', 'device'] as const;
export type EntryType = (typeof entryTypes)[number];

/** What an entry of the deny list answers, in order of severity. An allow entry answers nothing: it lets through. */
export const entryAnswers = ['challenge', 'review', 'deny'] as const;
export type EntryAnswer = (typeof entryAnswers)[number];

/** As much of a deny entry as a decision needs. */
export interface StandingEntry {
  readonly id: string;
  readonly type: EntryType;
  readonly answer: EntryAnswer;
  readonly until: Instant;
}

/** An entry as each process keeps it in memory. `hash` is the keyed hash of the normal form, 32 bytes. */
export type EntryInMemory = {
  readonly id: string;
  readonly type: EntryType;
  readonly hash: Uint8Array;
  readonly until: Instant;
  /** The network in its one text ("203.0.113.0/24"), for type `ip`; null for all others. */
  readonly network: string | null;
} & ({ readonly list: 'allow'; readonly answer: null } | { readonly list: 'deny'; readonly answer: EntryAnswer });
