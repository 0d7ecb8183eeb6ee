import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ConnectionId, id } from '../../core/shared/brand.ts';
import { instant } from '../../core/shared/time.ts';
import type { Sighting } from '../../ports/connections.ts';
import { addressChanges } from './address-changes.ts';

const connection = id<ConnectionId>('0199c0de-0000-7000-8000-00000000000a');
const sightings = fc
  .uniqueArray(
    fc.record({ order: fc.constantFrom('1', '2', '3'), version: fc.nat(12), address: fc.constantFrom('a', 'b', 'c') }),
    {
      selector: ({ order, version }) => `${order} ${version}`,
      maxLength: 30,
    },
  )
  .map((seen) =>
    seen.map(
      ({ order, version, address }): Sighting => ({
        connection,
        source: 'shop',
        order,
        version: instant(Date.UTC(2026, 0, 1) + version * 60_000),
        address,
        stage: 'before_dispatch',
        customer: { externalId: order },
        settled: false,
      }),
    ),
  );

it('finds the same changes in whatever order sightings come', () => {
  fc.assert(
    fc.property(
      sightings.chain((seen) => fc.tuple(fc.constant(seen), fc.shuffledSubarray(seen, { minLength: seen.length }))),
      ([seen, mixed]) => {
        const ids = (each: readonly Sighting[]) =>
          addressChanges(each)
            .map((event) => event.id)
            .sort();
        expect(ids(mixed)).toEqual(ids(seen));
      },
    ),
  );
});

it('finds the same in two goes as in one', () => {
  fc.assert(
    fc.property(sightings, fc.nat(12), (seen, minute) => {
      const upTo = Date.UTC(2026, 0, 1) + minute * 60_000;
      const first = seen.filter(({ version }) => version <= upTo);
      const last = new Map<string, Sighting>();
      for (const each of first.toSorted((a, b) => a.version - b.version))
        last.set(each.order, { ...each, settled: true });
      const second = [...last.values(), ...seen.filter(({ version }) => version > upTo)];
      const ids = (each: readonly Sighting[]) => addressChanges(each).map((event) => event.id);
      expect([...ids(first), ...ids(second)].sort()).toEqual([...ids(seen)].sort());
    }),
  );
});

it('tells a change at the version that shows it first, and none for what was compared before', () => {
  const at = (minute: number, address: string, settled = false): Sighting => ({
    connection,
    source: 'shop',
    order: '1',
    version: instant(Date.UTC(2026, 0, 1, 0, minute)),
    address,
    stage: 'after_dispatch',
    customer: { externalId: '1' },
    settled,
  });
  expect(addressChanges([at(3, 'b'), at(1, 'a'), at(2, 'b'), at(4, 'a')])).toMatchObject([
    { id: 'order:1:address:2026-01-01T00:02:00.000Z', body: { order: '1', stage: 'after_dispatch' } },
    { id: 'order:1:address:2026-01-01T00:04:00.000Z' },
  ]);
  expect(addressChanges([at(1, 'a'), at(5, 'b', true)])).toEqual([]);
  expect(addressChanges([at(1, 'a')])).toEqual([]);
});
