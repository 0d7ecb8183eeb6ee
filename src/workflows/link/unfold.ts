import { comparerFor } from '../../core/linkage/comparers.ts';
import type { Folded } from '../../core/linkage/identical.ts';
import { judgeOf } from '../../core/linkage/judge.ts';
import { explainWith } from '../../core/linkage/score.ts';
import { type Clusters, type Links, linkClasses, type Model, type Plan } from '../../core/linkage/types.ts';

/** What was found in a folded table. */
export interface Found {
  readonly plan: Plan;
  readonly model: Model;
  readonly links: Links;
  readonly clusters: Clusters;
}

/** Links between rows as they stand in the file, and the cluster of each. */
export interface Whole {
  readonly links: Links;
  /** For each row the smallest row of its cluster. */
  readonly cluster: Int32Array;
  /** 1 for a link that was refused because it would have joined rows that contradict each other. */
  readonly refused: Uint8Array;
}

/**
 * Takes what was found among distinct rows back to the rows of the file. Copies of a row are linked to the first of them when two
 * such rows are held to be one person by the same weights as all others; two of "J. Smith" and nothing else are not.
 */
export function unfold(folded: Folded, { plan, model, links, clusters }: Found): Whole {
  const refused = new Uint8Array(links.count);
  for (const place of clusters.refused) refused[place] = 1;
  const { groupOf, firstOf } = folded;
  if (groupOf === null || firstOf === null) return { links, cluster: clusters.cluster, refused };

  const compare = comparerFor(folded.table, plan);
  const judging = judgeOf(folded.table, plan, model);
  const judged = new Map<number, { readonly kind: number; readonly bits: number }>();
  const judge = (group: number): { readonly kind: number; readonly bits: number } => {
    const known = judged.get(group);
    if (known !== undefined) return known;
    const { kind, bits } = explainWith(judging, compare(group, group), group, group, null);
    const judgement = { kind: linkClasses.indexOf(kind), bits };
    judged.set(group, judgement);
    return judgement;
  };
  const cluster = new Int32Array(groupOf.length);
  const most = links.count + folded.copies;
  const left = new Int32Array(most);
  const right = new Int32Array(most);
  const bits = new Float32Array(most);
  const kind = new Uint8Array(most);
  let count = 0;
  for (; count < links.count; count += 1) {
    left[count] = firstOf[links.left[count] ?? 0] ?? 0;
    right[count] = firstOf[links.right[count] ?? 0] ?? 0;
    bits[count] = links.bits[count] ?? 0;
    kind[count] = links.kind[count] ?? 0;
  }
  for (let row = 0; row < groupOf.length; row += 1) {
    const group = groupOf[row] ?? 0;
    const first = firstOf[group] ?? 0;
    const ofGroup = firstOf[clusters.cluster[group] ?? 0] ?? 0;
    if (row === first) {
      cluster[row] = ofGroup;
      continue;
    }
    const judgement = judge(group);
    const joined = judgement.kind <= linkClasses.indexOf('probably_same');
    cluster[row] = joined ? ofGroup : row;
    if (!joined) continue;
    left[count] = first;
    right[count] = row;
    bits[count] = judgement.bits;
    kind[count] = judgement.kind;
    count += 1;
  }
  const all = new Uint8Array(count);
  all.set(refused);
  return {
    links: {
      count,
      left: left.slice(0, count),
      right: right.slice(0, count),
      bits: bits.slice(0, count),
      kind: kind.slice(0, count),
    },
    cluster,
    refused: all,
  };
}
