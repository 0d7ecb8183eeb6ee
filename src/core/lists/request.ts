import type { Identifier } from '../identity/identifier.ts';
import { domainOf } from './domain.ts';
import { normaliseNameAddress } from './name-address.ts';
import { normaliseDevice } from './normal.ts';
import type { EntryType } from './types.ts';

/** By what a request at a surface can be found on a list; its network address is looked up among networks instead. */
export interface EntryKey {
  readonly type: Exclude<EntryType, 'ip'>;
  readonly normal: string;
}

export interface AskedBy {
  /** Already normalised. */
  readonly identifiers: readonly Identifier[];
  readonly name?: string | undefined;
  readonly address?: { readonly street: string; readonly postcode?: string | undefined } | undefined;
  readonly device?: string | undefined;
}

/** All values of a request that an entry may stand for, in their normal forms. */
export function keysOf({ identifiers, name, address, device }: AskedBy): readonly EntryKey[] {
  const keys: EntryKey[] = identifiers.map(({ type, value }) => ({ type, normal: value }));
  const add = (type: EntryKey['type'], normal: string | null): void => {
    if (normal !== null) keys.push({ type, normal });
  };
  for (const { type, value } of identifiers) if (type === 'email') add('email_domain', domainOf(value));
  if (name !== undefined && address?.postcode !== undefined)
    add('name_address', normaliseNameAddress({ name, street: address.street, postcode: address.postcode }));
  if (device !== undefined) add('device', normaliseDevice(device));
  return keys;
}
