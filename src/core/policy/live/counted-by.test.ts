import { expect, it } from 'vitest';
import { addressCountedBy, ipCountedBy, tokenCountedBy } from './counted-by.ts';

const ip = (text: string) => ipCountedBy(text, new Int32Array(4));

it('counts an IPv6 connection as one, however its address changes, and an IPv4 address by itself', () => {
  expect(ip('2001:db8:1:2:aaaa::1')).toBe(ip('2001:DB8:1:2:bbbb:0:0:9'));
  expect(ip('2001:db8:1:3::1')).not.toBe(ip('2001:db8:1:2::1'));
  expect(ip('203.0.113.7')).not.toBe(ip('203.0.113.8'));
  expect(ip('::ffff:203.0.113.7')).toBe(ip('203.0.113.7'));
  expect(ip('nowhere')).toBeNull();
});

it('counts an address as one, however it is written', () => {
  const at = (street: string, more: object = { postcode: '1011 AB' }) => addressCountedBy({ street, ...more });
  expect(at('Keizersgracht 12')).toBe(at('KEIZERSGRACHT  12 ', { postcode: '1011ab' }));
  expect(at('Keizersgracht 12')).not.toBe(at('Keizersgracht 14'));
  expect(at('ul. Długa 5', { city: 'Kraków' })).toBe(at('ul. Dluga 5', { city: 'Krakow' }));
  expect(at('Keizersgracht 12', {})).toBeNull();
});

it('counts a device as the shop names it, without what cannot be seen', () => {
  expect(tokenCountedBy(' fp_1\u200b23 ')).toBe('fp_123');
  expect(tokenCountedBy('\u200b')).toBeNull();
});
