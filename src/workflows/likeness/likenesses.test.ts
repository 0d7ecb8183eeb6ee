import { beforeEach, describe, expect, it } from 'vitest';
import { customerId, uuid } from '../../../test/support/events.ts';
import { type CustomerId, id, type ShopId } from '../../core/shared/brand.ts';
import type { KnownPerson, LinkStore } from '../../ports/links.ts';
import type { Shop } from '../../ports.ts';
import { Likenesses, type ShopLikenesses } from './likenesses.ts';
import type { Told } from './profile.ts';

const shop = { id: id<ShopId>(uuid(1)), jurisdictions: ['NL'], timeZone: 'Europe/Amsterdam' } as unknown as Shop;
const home = { street: 'Lange Voorhout 12', postcode: '2514 EA', city: 'Den Haag', country: 'NL' };
const [daan, sanne] = [customerId(1), customerId(2)];

const people = new Map<CustomerId, Told>();
const split = new Map<CustomerId, readonly string[]>();
const same = new Map<CustomerId, readonly CustomerId[]>();
const asked: CustomerId[][] = [];
const known = (): readonly KnownPerson[] => [...people].map(([customer, shown]) => ({ customer, shown }));
const links: Pick<LinkStore, 'measured' | 'measuredAmong' | 'sameAs' | 'splitFrom' | 'splitHashes' | 'model'> = {
  measured: async function* () {
    yield known();
  },
  measuredAmong: async (_, customers) => {
    asked.push([...customers]);
    return known().filter(({ customer }) => customers.includes(customer));
  },
  sameAs: async () => same,
  splitFrom: async (_, customers) => (customers.includes(sanne) ? [...split.keys()] : []),
  splitHashes: async () => split,
  model: async () => null,
};

let held: ShopLikenesses;
beforeEach(async () => {
  people.clear();
  split.clear();
  same.clear();
  people.set(daan, {
    name: 'Daan Vermeulen',
    email: 'daan.vermeulen@example.org',
    phone: '06 1234 5678',
    address: home,
    birthYear: 1990,
  });
  held = await new Likenesses(links).load(shop);
});

describe('somebody at the checkout', () => {
  it('who comes back under another e-mail address resembles the measured customer', () => {
    const [found, ...others] = held.match(
      { name: 'Daan Vermeulen', email: 'dv90@mail.example', phone: '0612345678', address: home },
      () => [],
    );
    expect(found).toMatchObject({ customer: daan });
    expect(['same', 'probably_same']).toContain(found?.klass);
    expect(found?.fields.map(({ field }) => field)).toContain('place');
    expect(others).toEqual([]);
  });

  it('who lives there and is called otherwise is a household, and nothing more', () => {
    const sister = { name: 'Sanne Vermeulen', email: 'sanne@example.org', phone: '0612345678', address: home };
    expect(held.match(sister, () => []).map(({ klass }) => klass)).toEqual(['household']);
  });

  it('who only has a common thing with them resembles nobody', () => {
    expect(held.match({ name: 'Daan Vermeulen' }, () => [])).toEqual([]);
    expect(held.match({ name: 'Piet Jansen', email: 'piet@example.org', address: home }, () => []).length).toBeLessThan(
      2,
    );
    expect(held.match({ name: '\u202e\u0000', email: 'x', phone: '\ud800' }, () => [])).toEqual([]);
  });

  it('is not compared with whom they are, nor with whom staff found them not to be', async () => {
    const again = { name: 'Daan Vermeulen', email: 'dv90@mail.example', phone: '0612345678', address: home };
    expect(held.match(again, () => [], daan)).toEqual([]);
    split.set(daan, ['email:aa']);
    await held.renew([daan]);
    expect(held.match(again, () => ['email:aa'])).toEqual([]);
    expect(held.match(again, () => ['email:bb'])).toHaveLength(1);
    split.clear();
    await held.renew([daan]);
    expect(held.match(again, () => ['email:aa'])).toHaveLength(1);
  });
});

it('knows somebody who was told apart by an address they have only now', async () => {
  const again = { name: 'Daan Vermeulen', email: 'new@mail.example', phone: '0612345678', address: home };
  split.set(daan, ['email:aa']);
  await held.renew([daan]);
  expect(held.match(again, () => ['email:new'])).toHaveLength(1);
  split.set(daan, ['email:aa', 'email:new']);
  await held.renew([sanne]);
  expect(asked.at(-1)).toEqual([sanne, daan]);
  expect(held.match(again, () => ['email:new'])).toEqual([]);
});

it('follows what changes: a measure that ends, one that begins, and whoever is the same person', async () => {
  const again = { name: 'Daan Vermeulen', email: 'dv90@mail.example', phone: '0612345678', address: home };
  const told = people.get(daan) as Told;
  people.delete(daan);
  await held.renew([daan]);
  expect([held.size, held.match(again, () => [])]).toEqual([0, []]);
  people.set(daan, told);
  same.set(sanne, [daan]);
  await held.renew([sanne]);
  expect(asked.at(-1)).toEqual([sanne, daan]);
  expect(held.match(again, () => [])).toHaveLength(1);
});
