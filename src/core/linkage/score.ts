import { comparerFor } from './comparers.ts';
import { type Judge, judgeOf } from './judge.ts';
import { levelIn } from './patterns.ts';
import { featureOf } from './table.ts';
import {
  type Explanation,
  type FieldEvidence,
  type Label,
  type LinkClass,
  type Links,
  linkClasses,
  type Model,
  type Pairs,
  type Plan,
  type Table,
} from './types.ts';

const KIND = Object.fromEntries(linkClasses.map((kind, place) => [kind, place])) as Record<LinkClass, number>;

/** The pairs that are more than `unlike`, with their bits and class. */
export function scorePairs(
  table: Table,
  plan: Plan,
  model: Model,
  pairs: Pairs,
  judge: Judge = judgeOf(table, plan, model),
): Links {
  const found: number[] = [];
  const weights: number[] = [];
  const kinds: number[] = [];
  for (let place = 0; place < pairs.count; place += 1) {
    const weighed = judge.weighed(pairs.pattern[place] as number);
    if (weighed.hopeless) continue;
    const [left, right] = [pairs.left[place] as number, pairs.right[place] as number];
    const bits = judge.bits(weighed, left, right);
    const { kind } = judge.verdict(weighed, bits, left, right);
    if (kind === 'unlike') continue;
    found.push(place);
    weights.push(bits);
    kinds.push(KIND[kind]);
  }
  return {
    count: found.length,
    left: Int32Array.from(found, (place) => pairs.left[place] as number),
    right: Int32Array.from(found, (place) => pairs.right[place] as number),
    bits: Float32Array.from(weights),
    kind: Uint8Array.from(kinds),
  };
}

/** All that speaks for and against two rows being the same person. A person's word, if there is one, decides the class. */
export function explain(
  table: Table,
  plan: Plan,
  model: Model,
  left: number,
  right: number,
  word: Label['verdict'] | null = null,
): Explanation {
  return explainWith(
    judgeOf(table, plan, model),
    comparerFor(table, plan, { remember: false })(left, right),
    left,
    right,
    word,
  );
}

/** As `explain`, for a pattern that is known. */
export function explainWith(
  judge: Judge,
  pattern: number,
  left: number,
  right: number,
  word: Label['verdict'] | null,
): Explanation {
  const { plan, table, weights } = judge;
  const weighed = judge.weighed(pattern);
  const bits = judge.bits(weighed, left, right);
  const { kind, reasons } = judge.verdict(weighed, bits, left, right);
  const fields = plan.comparisons.map((comparison, place): FieldEvidence => {
    const level = levelIn(pattern, comparison);
    const shift = judge.rarities[place]?.(left, right) ?? 0;
    const top = level === comparison.levels.length - 1;
    const near = comparison.levels[level] === 'close' || comparison.levels[level] === 'address close';
    const rarity = level === 0 ? 0 : top ? shift : near ? Math.min(0, shift) : 0;
    const shown = featureOf(table, comparison.name === 'place' ? 'address' : comparison.name);
    return {
      name: comparison.name,
      level: comparison.levels[level] as FieldEvidence['level'],
      bits: ((weights.overUnlike[place] as Float64Array)[level] as number) + rarity,
      rarity,
      left: shown?.ids[left] ?? -1,
      right: shown?.ids[right] ?? -1,
    };
  });
  const alone = fields.reduce((sum, field) => sum + field.bits, weights.priorUnlike);
  return {
    kind: word === null ? kind : word === 'same' ? 'same' : 'unlike',
    bits,
    probability: 1 / (1 + 2 ** -bits),
    prior: weights.priorUnlike,
    fields,
    household: Math.min(0, bits - alone),
    reasons: word === null ? reasons : [word === 'same' ? 'confirmed by staff' : 'split by staff'],
  };
}
