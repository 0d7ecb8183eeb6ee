import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnEveryDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { measuredIds } from './people.ts';

const PEOPLE = 9;
type Link = readonly [one: number, other: number, state: 'confirmed' | 'split' | 'found'];
type Bound = readonly [who: number, type: 'warning' | 'restriction' | 'block', state: 'active' | 'suspended'];

const person = fc.nat(PEOPLE - 1);
const links = fc.uniqueArray(
  fc
    .tuple(person, person, fc.constantFrom('confirmed', 'confirmed', 'split', 'found'))
    .filter(([one, other]) => one < other),
  { maxLength: 14, selector: ([one, other]) => `${one} ${other}` },
) as fc.Arbitrary<Link[]>;
const measures = fc.array(
  fc.tuple(
    person,
    fc.constantFrom('warning', 'restriction', 'block'),
    fc.constantFrom('active', 'active', 'suspended'),
  ),
  { maxLength: 4 },
) as fc.Arbitrary<Bound[]>;

/** Who is bound, walked link by link from each whom a measure binds. */
function walked(all: readonly Link[], bound: readonly Bound[]): ReadonlySet<number> {
  const is = (one: number, other: number, state: Link[2]): boolean =>
    all.some(([a, b, said]) => said === state && a === Math.min(one, other) && b === Math.max(one, other));
  const found = new Set<number>();
  for (const [seed, type, state] of bound) {
    if (type === 'warning' || state !== 'active') continue;
    const same = new Set([seed]);
    for (const here of same)
      for (let next = 0; next < PEOPLE; next += 1)
        if (is(here, next, 'confirmed') && !is(seed, next, 'split')) same.add(next);
    for (const each of same) found.add(each);
  }
  return found;
}

describeOnEveryDatabase('who is bound', (makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.drop());

  it('is everybody whom a measure binds and whoever confirmed links lead to, but nobody told apart, nor through them', async () => {
    const ids: readonly string[] = Array.from({ length: PEOPLE }, () => randomUUID()).sort();
    const { db } = database;
    await fc.assert(
      fc.asyncProperty(links, measures, links, async (all, bound, elsewhere) => {
        const [shop, other] = [randomUUID() as ShopId, randomUUID() as ShopId];
        for (const [where, those] of [
          [shop, all],
          [other, elsewhere],
        ] as const)
          for (const [one, another, state] of those)
            await sql`insert into customer_link (shop_id, a, b, about, state, fields, seq)
              values (${where}, ${ids[one]}, ${ids[another]}, ${ids[one]}, ${state}, '[]', 1)`.execute(db);
        for (const [who, type, state] of bound)
          await sql`insert into measure
              (shop_id, id, customer_id, type, state, obligations, surfaces, rules, started_at, until_at)
            values (${shop}, ${randomUUID()}, ${ids[who]}, ${type}, ${state}, '{}', '{}', '{}', now(), now())`.execute(
            db,
          );
        const { rows } = await sql<{ id: string }>`${measuredIds(shop)} select id from bound order by id`.execute(db);
        expect(rows.map(({ id }) => ids.indexOf(id))).toEqual([...walked(all, bound)].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });
});
