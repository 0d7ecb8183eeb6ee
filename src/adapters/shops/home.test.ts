import { describe, expect, it } from 'vitest';
import { homeOfBuyer, homeOfHolder, type PlatformAddress } from './home.ts';
import { seenAt } from './seen-ip.ts';

const at = (line1: string | null, more: Partial<PlatformAddress> = {}): PlatformAddress => ({
  ...{ first: 'Ada', last: 'Story', line1, line2: null },
  ...{ postcode: '1015 CJ', city: 'Amsterdam', country: 'nl', ...more },
});
const CANAL = { street: 'Keizersgracht 1', postcode: '1015 CJ', city: 'Amsterdam', country: 'NL' };

describe('where the buyer of an order lives', () => {
  it('is where the bill goes, whoever gets the parcel', () => {
    expect(homeOfBuyer('Ada Story', at('Keizersgracht 1'), at('Domplein 2'))).toEqual({ address: CANAL });
    expect(homeOfBuyer(null, at('Keizersgracht 1', { first: null, last: '' }), null)).toEqual({ address: CANAL });
  });

  it('is where a parcel goes that bears the buyer’s own name, where no bill says it', () => {
    const parcel = at('Keizersgracht 1', { first: ' ÁDA', last: 'story.' });
    expect(homeOfBuyer('Ada Story', at(''), parcel)).toEqual({ address: CANAL });
    expect(homeOfBuyer('Ada Story', null, parcel)).toEqual({ address: CANAL });
  });

  it('is never where a present goes, nor where nobody knows whose name it is', () => {
    expect(homeOfBuyer('Ada Story', null, at('Domplein 2', { first: 'Bea' }))).toEqual({});
    expect(homeOfBuyer('Ada Story', null, at('Domplein 2', { first: null, last: null }))).toEqual({});
    expect(homeOfBuyer(null, null, at('Domplein 2'))).toEqual({});
    expect(homeOfBuyer('', null, at('Domplein 2', { first: '', last: '' }))).toEqual({});
  });
});

describe('where the holder of an account lives', () => {
  it('is the address the account keeps, unless it is another’s', () => {
    expect(homeOfHolder('Ada Story', at('Keizersgracht 1'))).toEqual({ address: CANAL });
    expect(homeOfHolder('Ada Story', at('Keizersgracht 1', { first: null, last: null }))).toEqual({ address: CANAL });
    expect(homeOfHolder('Ada Story', at('Domplein 2', { first: 'Bea' }))).toEqual({});
    expect(homeOfHolder('Ada Story', null)).toEqual({});
  });
});

describe('an address', () => {
  it.each([
    ['Apt 4', 'Keizersgracht 1 Apt 4'],
    ['2-hoog', 'Keizersgracht 1 2-hoog'],
    ['c/o Bakker', 'Keizersgracht 1'],
    ['Tel. 06 1234 5678', 'Keizersgracht 1'],
    ['  ', 'Keizersgracht 1'],
  ])('with the second line %j is %s', (line2, street) => {
    expect(homeOfBuyer(null, at('Keizersgracht 1', { line2 }), null).address?.street).toBe(street);
  });

  it('has no parts that are empty or that nobody can read', () => {
    const bare = at(' Keizersgracht 1 ', { postcode: ' ', city: null, country: 'Netherlands' });
    expect(homeOfBuyer(null, bare, null)).toEqual({ address: { street: 'Keizersgracht 1' } });
    const long = homeOfBuyer(null, at('x'.repeat(300), { city: 'y'.repeat(300), postcode: 'z'.repeat(30) }), null);
    expect(long.address).toMatchObject({ street: 'x'.repeat(200), city: 'y'.repeat(120), postcode: 'z'.repeat(20) });
  });
});

describe('a connection', () => {
  it('is counted by its public address, and never by one of a shop’s own network', () => {
    expect(seenAt(' 81.2.69.160 ')).toEqual({ seen: { ip: '81.2.69.160' } });
    expect(seenAt('2a02:1810:1::7')).toEqual({ seen: { ip: '2a02:1810:1::7' } });
    for (const none of [null, undefined, '', '0.0.0.0', '127.0.0.1', '10.0.0.7', '192.168.1.4', '::1', 'unknown'])
      expect(seenAt(none), String(none)).toEqual({});
    expect(seenAt('2a02:1810:1::7%eth0')).toEqual({});
  });
});
