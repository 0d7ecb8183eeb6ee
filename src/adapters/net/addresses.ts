import { isIP } from 'node:net';

/** nearby: on this machine or in a private network · reserved: for something else than one host on the internet · public. */
export type AddressKind = 'nearby' | 'reserved' | 'public';

type Range = readonly [network: string, bits: number, kind: Exclude<AddressKind, 'public'>];

/** https://www.iana.org/assignments/iana-ipv4-special-registry, and RFC 5771 for multicast. */
const RANGES_4: readonly Range[] = [
  ['0.0.0.0', 8, 'reserved'],
  ['10.0.0.0', 8, 'nearby'],
  ['100.64.0.0', 10, 'reserved'],
  ['127.0.0.0', 8, 'nearby'],
  ['169.254.0.0', 16, 'nearby'],
  ['172.16.0.0', 12, 'nearby'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'reserved'],
  ['192.88.99.0', 24, 'reserved'],
  ['192.168.0.0', 16, 'nearby'],
  ['198.18.0.0', 15, 'reserved'],
  ['198.51.100.0', 24, 'reserved'],
  ['203.0.113.0', 24, 'reserved'],
  ['224.0.0.0', 4, 'reserved'],
  ['240.0.0.0', 4, 'reserved'],
];

/** https://www.iana.org/assignments/iana-ipv6-special-registry. Only 2000::/3 is given out to hosts at all (RFC 4291). */
const RANGES_6: readonly Range[] = [
  ['::1', 128, 'nearby'],
  ['fc00::', 7, 'nearby'],
  ['fe80::', 10, 'nearby'],
  // Tunnels and protocols: Teredo, ORCHID, benchmarks. 6to4 would lead to whatever IPv4 address it holds.
  ['2001::', 23, 'reserved'],
  ['2001:db8::', 32, 'reserved'],
  ['2002::', 16, 'reserved'],
  ['3fff::', 20, 'reserved'],
];

/** What kind of address it is; one that stands for an IPv4 address (mapped, or by NAT64) is what that is. Null: it is none. */
export function addressKind(address: string): AddressKind | null {
  const family = isIP(address);
  if (family === 4) return kindIn(RANGES_4, 32, number4(address));
  if (family !== 6) return null;
  const number = number6(address);
  const high = number >> 32n;
  // ::ffff:0:0/96 (RFC 4291) and 64:ff9b::/96 (RFC 6052) lead to the IPv4 address in their last 32 bits.
  if (high === MAPPED || high === NAT64) return kindIn(RANGES_4, 32, number & 0xffff_ffffn);
  const kind = kindIn(RANGES_6, 128, number);
  return kind === 'public' && number >> 125n !== 1n ? 'reserved' : kind;
}

/** Whether an address is on this machine or in a private network (RFC 1918, 3927, 4193, 4291). */
export const isNearby = (address: string): boolean => addressKind(address) === 'nearby';

/** Whether an address belongs to one host on the internet, which anybody may reach. */
export const isPublic = (address: string): boolean => addressKind(address) === 'public';

const MAPPED = 0xffffn;
const NAT64 = number6('64:ff9b::') >> 32n;

function kindIn(ranges: readonly Range[], width: 32 | 128, number: bigint): AddressKind {
  for (const [network, bits, kind] of ranges) {
    const rest = BigInt(width - bits);
    const start = width === 32 ? number4(network) : number6(network);
    if (number >> rest === start >> rest) return kind;
  }
  return 'public';
}

function number4(address: string): bigint {
  return address.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

/** An address that is known to be one, with or without a zone, with or without a dotted tail. */
function number6(address: string): bigint {
  const [bare = ''] = address.split('%');
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  const tail = dotted === null ? null : number4(dotted[2] ?? '');
  const text =
    dotted === null || tail === null
      ? bare
      : `${dotted[1]}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  const [left = '', right] = text.split('::');
  const groupsOf = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const [head, end] = [groupsOf(left), groupsOf(right ?? '')];
  const zeros = Array.from({ length: 8 - head.length - end.length }, () => '0');
  return [...head, ...zeros, ...end].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
