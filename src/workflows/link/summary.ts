import type { ComparisonModel } from '../../core/linkage/types.ts';
import type { LinkReport } from './link-file.ts';

/** What a linkage found, for a person to read: line by line, with the weights it learnt. Names no value of any row. */
export function describeLinkage(report: LinkReport): readonly string[] {
  const { rows, clusters, clustered, persons, links, households, compared } = report;
  return [
    `${count(rows, 'row')}, ${count(compared, 'pair')} compared: ${count(persons, 'person', 'persons')} if each cluster is one.`,
    `  ${count(clusters, 'cluster')} of two rows and more, with ${count(clustered, 'row')} in all`,
    `  ${count(links.same, 'link')} on an equal strong identifier (same), ${number(links.probablySame)} on all the rest together (probably same)`,
    `  ${count(households, 'household')} of several persons; nobody in one is joined to another by it`,
    ...notes(report),
    ...weights(report),
  ];
}

function notes({ copies, refused, skipped, repeatedIds }: LinkReport): readonly string[] {
  const lines: string[] = [];
  if (copies > 0)
    lines.push(
      `  ${count(copies, 'row')} ${copies === 1 ? 'is an exact copy' : 'are exact copies'} of another in all that is compared`,
    );
  if (refused > 0)
    lines.push(
      `  ${count(refused, 'link')} not followed: ${refused === 1 ? 'it' : 'they'} would have joined rows that contradict each other`,
    );
  for (const { rule, blocks, rows, pairs } of skipped)
    lines.push(
      `  Not compared by ${rule}: ${count(blocks, 'value')} shared by too many rows (${number(rows)} rows, ${number(pairs)} pairs); other rules may still find them`,
    );
  if (repeatedIds.first !== null)
    lines.push(
      `  ${count(repeatedIds.rows, 'row')} ${repeatedIds.rows === 1 ? 'has' : 'have'} an id that an earlier row has, row ${repeatedIds.first + 1} first: tell them apart by their row numbers`,
    );
  return lines;
}

function weights({ model, fields }: LinkReport): readonly string[] {
  const from =
    model.rounds === 0
      ? 'Weights in bits, as shipped: there was too little here to learn from'
      : `Weights in bits, learnt from ${count(model.pairs, 'pair')} of these rows in ${count(model.rounds, 'round')}`;
  const widest = Math.max(...model.comparisons.map(({ name }) => name.length));
  return [
    `Columns: ${fields.map(({ name, role }) => (name === role ? name : `${name} as ${role}`)).join(', ')}`,
    `${from}:`,
    ...model.comparisons.map((comparison) => `  ${comparison.name.padEnd(widest)}  ${levelWeights(comparison)}`),
  ];
}

function levelWeights({ levels }: ComparisonModel): string {
  return levels
    .toReversed()
    .map(({ level, same, unlike }) => {
      const bits = Math.log2(same / unlike);
      return `${level} ${bits < 0 ? '−' : '+'}${Math.abs(bits).toFixed(1)}`;
    })
    .join('   ');
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}
