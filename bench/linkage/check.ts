import { DuckDBInstance } from '@duckdb/node-api';
import { blockRule, cutSlices } from '../../src/core/linkage/blocking.ts';
import { addCounts, comparePairs, countPatterns } from '../../src/core/linkage/compare.ts';
import { estimate } from '../../src/core/linkage/estimate.ts';
import { planFor } from '../../src/core/linkage/plan.ts';
import { randomPairs } from '../../src/core/linkage/random.ts';
import type { Model, Plan } from '../../src/core/linkage/types.ts';
import { readPart, readTable } from '../../src/workflows/link/table-file.ts';
import { patternsSql, readPeople } from './duck.ts';
import { COMPARED, LARGEST_BLOCK, ROLES, RULES } from './method.ts';

export interface Agreed {
  readonly plan: Plan;
  readonly model: Model;
  readonly pairs: number;
  /** Pairs of which one comparison came to another level. */
  readonly differing: number;
}

/**
 * Compares one file both ways, pair by pair. Throws unless Evenhand compares every pair that DuckDB does, and all but so small a share of
 * the pairs have the same levels in all six comparisons. The two count transpositions of Jaro–Winkler a little differently (DuckDB
 * rounds half a transposition down, and gives equal beginnings no weight below a similarity of 0.7), and Evenhand compares a few pairs
 * more, whose keys have the same 32-bit hash.
 */
export async function checkSameResults(file: string, tolerated: number): Promise<Agreed> {
  const { table } = await readTable(
    { threads: 1, read: (parts) => Promise.all(parts.map((part) => readPart(part, () => undefined))) },
    file,
    { columns: [ROLES], id: null, delimiter: null, reading: { region: null, dates: 'day-first' } },
    () => undefined,
  );
  const planned = planFor(table, { rules: RULES, compare: COMPARED, largestBlock: LARGEST_BLOCK });
  if (!planned.ok) throw new Error(planned.error.message);
  const plan = planned.value;
  const blocks = plan.rules.map((rule) => blockRule(table, rule, plan.largestBlock));
  const compared = cutSlices(blocks, 1).map((slice) => comparePairs(table, plan, blocks, slice));
  const ours = new Map<number, number>();
  for (const { count, left, right, pattern } of compared)
    for (let place = 0; place < count; place += 1)
      ours.set((left[place] ?? 0) * table.rows + (right[place] ?? 0), pattern[place] ?? 0);

  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await readPeople(connection, file);
  const reader = await connection.runAndReadAll(patternsSql(plan.comparisons));
  const rows = reader.getRows();
  const extra = ours.size - rows.length;
  let differing = Math.max(0, extra);
  for (const [a, b, pattern] of rows) {
    const known = ours.get((Number(a) - 1) * table.rows + Number(b) - 1);
    if (known === undefined) throw new Error(`DuckDB compared the rows ${a} and ${b}, Evenhand did not`);
    if (known !== Number(pattern)) differing += 1;
  }
  connection.closeSync();
  if (differing > tolerated * rows.length)
    throw new Error(`Of ${rows.length} pairs ${differing} have other levels in DuckDB than in Evenhand`);
  const model = estimate({
    table,
    plan,
    candidates: addCounts(compared.map((pairs) => countPatterns(pairs))),
    random: randomPairs(table, plan),
  });
  return { plan, model, pairs: rows.length, differing };
}
