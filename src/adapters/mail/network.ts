import { lookup } from 'node:dns/promises';
import { isNearby } from '../net/addresses.ts';

/**
 * The address that a name stands for, where every one of them is nearby; null where one is not. It is connected to by that
 * address, so that nobody can have the name mean another one a moment later. Throws when the name stands for nothing.
 */
export async function nearbyAddress(host: string): Promise<string | null> {
  const found = await lookup(host, { all: true, verbatim: false });
  return found.every(({ address }) => isNearby(address)) ? (found[0]?.address ?? null) : null;
}
