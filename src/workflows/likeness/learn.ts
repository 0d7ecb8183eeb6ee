import { blockRule, cutSlices } from '../../core/linkage/blocking.ts';
import { addCounts, comparePairs, countPatterns } from '../../core/linkage/compare.ts';
import { estimate } from '../../core/linkage/estimate.ts';
import { planFor } from '../../core/linkage/plan.ts';
import { randomPairsInParts } from '../../core/linkage/random.ts';
import { startTable } from '../../core/linkage/table.ts';
import type { Field, Label, Model, PatternCounts, Plan, Role, Table } from '../../core/linkage/types.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import { type Instant, instant } from '../../core/shared/time.ts';
import type { LinkRecord } from '../../ports/links.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { profileOf, readingOf } from './profile.ts';

export type LearnDeps = Pick<Deps, 'store' | 'clock'>;

/** A shop's weights are looked at once a day. */
const EVERY_MS = 86_400_000;
/** From fewer customers nothing is learnt that is better than what comes with Evenhand. */
export const LEAST_CUSTOMERS = 2_000;
/** Nor from fewer pairs of accounts that are one person: how rare they are is learnt well from them, how they look is not. */
const LEAST_SAME = 100;
/** Of larger shops the newest customers: more would change the weights no more. */
const MOST_CUSTOMERS = 200_000;
const MOST_ANSWERS = 5_000;
/** Work is cut into parts of a millisecond or two, and the service has its turn between them. */
const PAIRS_AT_ONCE = 1_000;
const ROWS_AT_ONCE = 50;
const SUMS_AT_ONCE = 50;

const ROLES = [
  'name',
  'email',
  'phone',
  'address',
  'postcode',
  'city',
  'country',
  'birth',
  'device',
  'card',
] as const satisfies readonly Role[];
const FIELDS: readonly Field[] = ROLES.map((role) => ({ role, name: role }));

export const lookedBefore = (now: Instant): Instant => instant(now - EVERY_MS);

/**
 * Weighs anew what comparing looks at, from the shop's own customers and what staff answered, and keeps the weights. A shop of
 * few customers, or of few who have two accounts, keeps those that come with Evenhand. Looks at each shop once a day.
 */
export async function learnWeights(
  { store, clock }: LearnDeps,
  shop: Shop,
  { least = LEAST_CUSTOMERS, leastSame = LEAST_SAME }: { readonly least?: number; readonly leastSame?: number } = {},
): Promise<Model | null> {
  const now = clock.now();
  await store.links.looked(shop.id, now);
  const rows = new Map<CustomerId, number>();
  const builder = startTable(FIELDS, readingOf(shop));
  for await (const page of store.links.everybody(shop.id, MOST_CUSTOMERS)) {
    for (const { customer, shown } of page) {
      const values = new Map(profileOf(customer, shown).values.map(({ role, text }) => [role, text]));
      rows.set(customer, rows.size);
      builder.add(ROLES.map((role) => values.get(role) ?? null));
      if (rows.size % ROWS_AT_ONCE === 0) await turn();
    }
  }
  if (rows.size < least) return null;
  const table = builder.finish();
  const plan = planFor(table);
  // No two customers have anything that could be compared.
  if (!plan.ok) return null;
  const answers = await store.links.answered(shop.id, MOST_ANSWERS);
  const labels = answers.flatMap((link) => labelOf(link, rows));
  const candidates = await candidatePatterns(table, plan.value);
  const model = estimate({
    table,
    plan: plan.value,
    candidates,
    random: await strangers(table, plan.value),
    labels,
  });
  if (pairsFound(model) < leastSame) return null;
  await store.transaction(async (inside) => {
    const before = await inside.links.model(shop.id);
    await inside.links.keepModel(shop.id, {
      version: (before?.version ?? 0) + 1,
      model,
      customers: rows.size,
      answers: labels.length,
      madeAt: now,
    });
  });
  return model;
}

/** How many pairs of rows the weights take for one person. */
const pairsFound = ({ same, rows }: Model): number => (same * rows * (rows - 1)) / 2;

function labelOf({ a, b, state }: LinkRecord, rows: ReadonlyMap<CustomerId, number>): readonly Label[] {
  const [left, right] = [rows.get(a), rows.get(b)];
  if (left === undefined || right === undefined || state === 'found') return [];
  return [{ left, right, verdict: state === 'confirmed' ? 'same' : 'different' }];
}

async function candidatePatterns(table: Table, plan: Plan): Promise<PatternCounts> {
  const blocks = [];
  for (const rule of plan.rules) {
    blocks.push(blockRule(table, rule, plan.largestBlock));
    await turn();
  }
  let counts: PatternCounts[] = [];
  const whole = cutSlices(blocks, 1).reduce((sum, { pairs }) => sum + pairs, 0);
  for (const slice of cutSlices(blocks, Math.ceil(whole / PAIRS_AT_ONCE))) {
    counts.push(countPatterns(comparePairs(table, plan, blocks, slice)));
    if (counts.length === SUMS_AT_ONCE) counts = [addCounts(counts)];
    await turn();
  }
  return addCounts(counts);
}

async function strangers(table: Table, plan: Plan): Promise<PatternCounts> {
  const parts = randomPairsInParts(table, plan);
  for (;;) {
    const part = parts.next();
    if (part.done === true) return part.value;
    await turn();
  }
}

/** Lets whatever waits have its turn: a checkout must not wait for learning. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
