import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { blockRule, cutSlices } from './blocking.ts';
import { addCounts, comparePairs, countPatterns } from './compare.ts';
import { comparerFor } from './comparers.ts';
import { defaultModel } from './defaults.ts';
import { linkTable } from './link.ts';
import { levelIn } from './patterns.ts';
import { planFor } from './plan.ts';
import { explain } from './score.ts';
import { clusterQuality, dice, people, qualityOf, type Row, tableOf } from './testing/people.ts';
import { type Label, linkClasses } from './types.ts';
import { patternBits, weightsOf } from './weights.ts';

const rows = people(1200);
const table = tableOf(rows);
const plan = unwrap(planFor(table));
const linked = linkTable(table, plan);

/** The rows of the pairs of a class, as true persons and homes tell them. */
function pairsOf(kind: (typeof linkClasses)[number]): (readonly [Row, Row])[] {
  const found: (readonly [Row, Row])[] = [];
  for (let place = 0; place < linked.links.count; place += 1)
    if (linkClasses[linked.links.kind[place] ?? 3] === kind)
      found.push([rows[linked.links.left[place] ?? -1] as Row, rows[linked.links.right[place] ?? -1] as Row]);
  return found;
}

describe('a made-up shop of Dutch and Polish households, without being told who is who', () => {
  const persons = rows.map(({ person }) => person);

  it('is linked with hardly a mistake', () => {
    const { truth, wrong, precision, recall } = qualityOf(persons, linked.links);
    expect(truth).toBeGreaterThan(400);
    expect(wrong.length).toBeLessThanOrEqual(1);
    expect(precision).toBeGreaterThanOrEqual(0.998);
    expect(recall).toBeGreaterThanOrEqual(0.85);
  });

  it('is clustered with hardly a mistake', () => {
    const { precision, recall } = clusterQuality(persons, linked.clusters.cluster);
    expect(precision).toBeGreaterThanOrEqual(0.998);
    expect(recall).toBeGreaterThanOrEqual(0.85);
  });

  it('calls nobody the same for sure who is not', () => {
    const same = pairsOf('same');
    expect(same.length).toBeGreaterThan(100);
    expect(same.filter(([one, other]) => one.person !== other.person)).toEqual([]);
  });

  it('names households, and puts no two members into one cluster', () => {
    const households = pairsOf('household').filter(([one, other]) => one.person !== other.person);
    expect(households.length).toBeGreaterThan(500);
    const home = new Map<string, Set<number>>();
    linked.clusters.cluster.forEach((cluster, row) => {
      const { person, home: at } = rows[row] as Row;
      if (at < 0) return;
      const key = `${at} ${cluster}`;
      home.set(key, (home.get(key) ?? new Set()).add(person));
    });
    expect([...home.values()].filter((persons) => persons.size > 1)).toEqual([]);
  });

  it('takes an office for neither a household nor a person', () => {
    const office = (kind: (typeof linkClasses)[number]): number =>
      pairsOf(kind).filter(([one, other]) => one.home < 0 && other.home < 0).length;
    expect(office('household')).toBe(0);
    expect(office('same') + office('probably_same')).toBe(0);
  });
});

it('does not depend on the order of the rows', () => {
  const roll = dice(7);
  const few = people(250, 3);
  const order = few.map((_, place) => place);
  for (let place = order.length - 1; place > 0; place -= 1) {
    const other = roll(place + 1);
    [order[place], order[other]] = [order[other] as number, order[place] as number];
  }
  const found = (
    list: readonly Row[],
    back: readonly number[],
  ): { links: string[]; pairs: Set<string>; same: number } => {
    const own = tableOf(list);
    const { links, clusters, model } = linkTable(own, unwrap(planFor(own)));
    const name = (left: number, right: number): string =>
      [back[left] ?? -1, back[right] ?? -1].sort((a, b) => a - b).join(' ');
    const lines: string[] = [];
    for (let place = 0; place < links.count; place += 1)
      lines.push(
        `${name(links.left[place] ?? 0, links.right[place] ?? 0)} ${links.kind[place]} ${links.bits[place]?.toFixed(3)}`,
      );
    const pairs = new Set<string>();
    clusters.cluster.forEach((cluster, row) => {
      clusters.cluster.forEach((other, next) => {
        if (row < next && cluster === other) pairs.add(name(row, next));
      });
    });
    return { links: lines.sort(), pairs, same: model.same };
  };
  const straight = found(
    few,
    few.map((_, place) => place),
  );
  const shuffled = found(
    order.map((place) => few[place] as Row),
    order,
  );
  expect(straight.links.length).toBeGreaterThan(100);
  expect(shuffled.links).toEqual(straight.links);
  expect(shuffled.pairs).toEqual(straight.pairs);
  expect(shuffled.same).toBeCloseTo(straight.same, 12);
});

it('compares each pair once, however the work is cut', () => {
  const blocks = plan.rules.map((rule) => blockRule(table, rule, plan.largestBlock));
  const pairs = (parts: number): string[] =>
    cutSlices(blocks, parts).flatMap((slice) => {
      const { count, left, right, pattern } = comparePairs(table, plan, blocks, slice);
      return Array.from({ length: count }, (_, place) => `${left[place]} ${right[place]} ${pattern[place]}`);
    });
  const whole = pairs(1);
  expect(new Set(whole.map((pair) => pair.split(' ', 2).join(' '))).size).toBe(whole.length);
  expect(pairs(7).sort()).toEqual([...whole].sort());
});

it('counts patterns of parts as of the whole', () => {
  const counts = (list: number[]): ReturnType<typeof countPatterns> =>
    countPatterns({
      count: list.length,
      left: new Int32Array(list.length),
      right: new Int32Array(list.length),
      pattern: Int32Array.from(list),
    });
  const patterns = fc.array(fc.nat(5000), { maxLength: 60 });
  fc.assert(
    fc.property(patterns, patterns, (one, other) => {
      expect(addCounts([counts(one), counts(other)])).toEqual(counts([...one, ...other]));
    }),
  );
});

it('finds the same pattern whichever of two rows comes first', () => {
  const compare = comparerFor(table, plan);
  const row = fc.nat(rows.length - 1);
  fc.assert(
    fc.property(row, row, (left, right) => {
      expect(compare(left, right)).toBe(compare(right, left));
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['shipped', defaultModel(plan)],
  ['learnt', linked.model],
])('more agreement never weighs less against strangers, by the %s weights', (_, model) => {
  const weights = weightsOf(plan, model);
  const most = plan.comparisons.reduce((product, { levels }) => product * levels.length, 1) - 1;
  fc.assert(
    fc.property(fc.nat(most), fc.nat(plan.comparisons.length - 1), (pattern, place) => {
      const comparison = plan.comparisons[place];
      if (comparison === undefined) return;
      const level = levelIn(pattern, comparison);
      const swapped = [comparison.levels[level], comparison.levels[level + 1]].includes('swapped');
      if (level === 0 || swapped || level + 1 >= comparison.levels.length) return;
      const more = patternBits(plan, weights, pattern + comparison.stride).unlike;
      expect(more).toBeGreaterThanOrEqual(patternBits(plan, weights, pattern).unlike - 1e-9);
    }),
    { numRuns: 2000 },
  );
});

describe("staff's word", () => {
  const at = linked.links.kind.findIndex((kind) => linkClasses[kind] === 'same');
  const [left, right] = [linked.links.left[at] as number, linked.links.right[at] as number];
  const strangers: Label = { left: 0, right: rows.length - 1, verdict: 'same' };

  it('joins whom it joins, and splits whom it splits', () => {
    const { clusters } = linkTable(table, plan, [{ left, right, verdict: 'different' }, strangers]);
    expect(clusters.cluster[left]).not.toBe(clusters.cluster[right]);
    expect(clusters.cluster[strangers.left]).toBe(clusters.cluster[strangers.right]);
  });

  it('is what the explanation says', () => {
    const explanation = explain(table, plan, linked.model, left, right, 'different');
    expect(explanation).toMatchObject({ kind: 'unlike', reasons: ['split by staff'] });
  });

  it('teaches the weights: what agreed in pairs that were split weighs less from then on', () => {
    const labels = pairsOf('household')
      .filter(([one, other]) => one.phone === other.phone)
      .slice(0, 60)
      .map(([one, other]): Label => ({ left: rows.indexOf(one), right: rows.indexOf(other), verdict: 'different' }));
    expect(labels.length).toBe(60);
    const weight = (model: typeof linked.model): number => {
      const phone = model.comparisons.find(({ name }) => name === 'phone')?.levels.at(-1);
      return Math.log2((phone?.same ?? 0) / (phone?.unlike ?? 1));
    };
    expect(weight(linkTable(table, plan, labels).model)).toBeLessThan(weight(linked.model));
  });
});

describe('an explanation', () => {
  const at = linked.links.kind.findIndex((kind) => linkClasses[kind] === 'probably_same');
  const explanation = explain(
    table,
    plan,
    linked.model,
    linked.links.left[at] as number,
    linked.links.right[at] as number,
  );

  it('adds up: prior, fields and household are the bits', () => {
    const sum = explanation.fields.reduce(
      (bits, field) => bits + field.bits,
      explanation.prior + explanation.household,
    );
    expect(sum).toBeCloseTo(explanation.bits, 6);
    expect(explanation.bits).toBeCloseTo(linked.links.bits[at] as number, 3);
    expect(explanation.household).toBeLessThanOrEqual(0);
  });

  it('has one line for each comparison', () => {
    expect(explanation.fields.map(({ name }) => name)).toEqual(plan.comparisons.map(({ name }) => name));
  });
});

it('refuses plans that cannot be, and says what to do', () => {
  const refused = (settings: Parameters<typeof planFor>[1]): string => {
    const planned = planFor(table, settings);
    return planned.ok ? 'planned' : planned.error.message;
  };
  expect(refused({ rules: ['email', 'shoe'] })).toContain('"shoe"');
  expect(refused({ rules: ['surname.loud'] })).toContain('surname.loud');
  expect(refused({ rules: ['card'] })).toContain('"card"');
  expect(refused({ compare: ['hat'] })).toContain('"hat"');
});
