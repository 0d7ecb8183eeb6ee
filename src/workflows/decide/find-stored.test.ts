import { expect, it } from 'vitest';
import { at, uuid } from '../../../test/support/events.ts';
import { type CustomerId, id, type ShopId } from '../../core/shared/brand.ts';
import type { Restricted } from '../../ports/standing.ts';
import type { Shop, Vault } from '../../ports.ts';
import { findStored } from './find-stored.ts';

const NOW = at('2026-06-01T12:00:00Z');
const shop = { id: id<ShopId>(uuid(1)) } as Shop;
const vault = {
  identifierHash: (_shop: ShopId, _type: string, value: string) => Buffer.from(value),
} as unknown as Vault;
const hash = (value: string, type = 'email') => `${type}:${Buffer.from(value).toString('hex')}`;
const customer = (number: number) => id<CustomerId>(uuid(number));

interface Known {
  readonly restricted?: readonly Restricted[];
  readonly same?: ReadonlyMap<CustomerId, readonly CustomerId[]>;
  readonly entries?: Readonly<Record<string, { list: 'allow' | 'deny'; createdAt?: number }>>;
}
type Parts = Parameters<typeof findStored>[0]['store'];

const storeOf = ({ restricted = [], same = new Map(), entries = {} }: Known): Parts =>
  ({
    enforcement: {
      restrictedBy: async (_shop: ShopId, hashes: readonly string[]) =>
        restricted.filter((each) => each.hashes.some((own) => hashes.includes(own))),
      restrictedAmong: async (_shop: ShopId, customers: readonly CustomerId[]) =>
        restricted.filter((each) => customers.includes(each.customer)),
      customersOf: async () => new Map([[hash('x@example.org'), customer(1)]]),
    },
    links: { sameAs: async () => same },
    lists: {
      known: async (_shop: ShopId, values: readonly { hash: Buffer }[]) =>
        values.map(({ hash: bytes }) => {
          const entry = entries[bytes.toString()];
          if (entry === undefined) return null;
          const answer = entry.list === 'deny' ? 'deny' : null;
          return { id: uuid(90), answer, createdAt: at('2026-01-01'), until: at('2027-01-01'), ...entry };
        }),
    },
  }) as unknown as Parts;
const has = (number: number, ...hashes: readonly string[]): Restricted =>
  ({ customer: customer(number), hashes, measures: [{ id: `measure ${number}` }] }) as unknown as Restricted;
const find = (known: Known, asked: { email: string; phone?: string }, placedAt: ReturnType<typeof at> | null = null) =>
  findStored(
    { store: storeOf(known), vault },
    shop,
    {
      customer: asked,
      identifiers: [
        { type: 'email', value: asked.email },
        ...(asked.phone === undefined ? [] : [{ type: 'phone' as const, value: asked.phone }]),
      ],
    },
    NOW,
    placedAt,
  );
const measures = async (...asked: Parameters<typeof find>) => (await find(...asked)).measures.map(({ id }) => id);

it('names whose identifiers were asked, and not the other account that has the measures', async () => {
  const known = { restricted: [has(2, hash('y@example.org'))], same: new Map([[customer(1), [customer(2)]]]) };
  expect((await find(known, { email: 'x@example.org' })).customer).toBe(customer(1));
  expect((await find(known, { email: 'y@example.org' })).customer).toBe(customer(2));
});

it('finds the measures of whoever is confirmed to be the same, besides one’s own', async () => {
  const known = {
    restricted: [has(1, hash('x@example.org')), has(2, hash('y@example.org'))],
    same: new Map([[customer(1), [customer(2)]]]),
  };
  expect(await measures(known, { email: 'x@example.org' })).toEqual(['measure 1', 'measure 2']);
});

it('lets nobody pass for the phone of somebody who was vouched for', async () => {
  const known = {
    restricted: [has(1, hash('x@example.org')), has(2, hash('y@example.org'), hash('+311', 'phone'))],
    entries: { 'y@example.org': { list: 'allow' } },
  } as const;
  const found = await find(known, { email: 'x@example.org', phone: '+311' });
  expect(found.allowListed).toBe(false);
  expect(found.measures).toHaveLength(1);
  expect(found.byPhoneAlone).toEqual([]);
});

it('does not let an entry reach back to what was done before it was made', async () => {
  const known = { entries: { 'x@example.org': { list: 'deny', createdAt: at('2026-05-20') } } } as const;
  expect((await find(known, { email: 'x@example.org' })).entries).toHaveLength(1);
  expect((await find(known, { email: 'x@example.org' }, at('2026-05-21'))).entries).toHaveLength(1);
  expect((await find(known, { email: 'x@example.org' }, at('2026-05-19'))).entries).toEqual([]);
});
