import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressKind, isNearby, isPublic } from './addresses.ts';

it.each([
  '127.0.0.1',
  '127.255.255.254',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '::1',
  '0:0:0:0:0:0:0:1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'febf:ffff::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::FFFF:10.1.2.3',
  '0:0:0:0:0:ffff:a9fe:a9fe',
  '64:ff9b::192.168.0.1',
  '64:ff9b::a00:1',
])('%s is nearby', (address) => {
  expect(addressKind(address)).toBe('nearby');
  expect([isNearby(address), isPublic(address)]).toEqual([true, false]);
});

it.each([
  '0.0.0.0',
  '0.1.2.3',
  '100.64.0.1',
  '100.127.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::7f00:1',
  '::ffff:0.0.0.0',
  '::ffff:224.0.0.1',
  '64:ff9b::100.64.0.1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fec0::1',
  'ff02::1',
])('%s is reserved', (address) => {
  expect(addressKind(address)).toBe('reserved');
});

it.each([
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001:80b::200e',
  '2001:200::1',
  '2001:4860:4860::8888',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
])('%s is public', (address) => {
  expect(addressKind(address)).toBe('public');
});

it.each(['', 'localhost', '127.1', '0x7f.0.0.1', '2130706433', '1.2.3.4.5', '::g', '[::1]', '::ffff:300.1.1.1'])(
  '%j is no address',
  (text) => {
    expect(addressKind(text)).toBeNull();
    expect([isNearby(text), isPublic(text)]).toEqual([false, false]);
  },
);

it('says the same of an IPv4 address however it is written', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      const kinds = [
        `::ffff:${address}`,
        `::ffff:${hex}`,
        `0:0:0:0:0:ffff:${hex}`,
        `64:ff9b::${address}`,
        `64:ff9b::${hex}`,
      ];
      expect(kinds.map(addressKind)).toEqual(kinds.map(() => addressKind(address)));
    }),
  );
});

it('knows every IPv6 address as one of the three', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      expect(['nearby', 'reserved', 'public']).toContain(addressKind(address));
    }),
  );
});
