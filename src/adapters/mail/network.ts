import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

const nearby = new BlockList();
nearby.addSubnet('127.0.0.0', 8);
nearby.addSubnet('10.0.0.0', 8);
nearby.addSubnet('172.16.0.0', 12);
nearby.addSubnet('192.168.0.0', 16);
nearby.addSubnet('169.254.0.0', 16);
nearby.addAddress('::1', 'ipv6');
nearby.addSubnet('fc00::', 7, 'ipv6');
nearby.addSubnet('fe80::', 10, 'ipv6');

/** Whether an address is on this machine or in a private network (RFC 1918, 3927, 4193, 4291). */
export function isNearby(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return nearby.check(mapped);
  const family = isIP(address);
  return family !== 0 && nearby.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The address that a name stands for, where every one of them is nearby; null where one is not. It is connected to by that
 * address, so that nobody can have the name mean another one a moment later. Throws when the name stands for nothing.
 */
export async function nearbyAddress(host: string): Promise<string | null> {
  const found = await lookup(host, { all: true, verbatim: false });
  return found.every(({ address }) => isNearby(address)) ? (found[0]?.address ?? null) : null;
}
