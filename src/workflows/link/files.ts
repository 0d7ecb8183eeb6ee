import { comparerFor } from '../../core/linkage/comparers.ts';
import { judgeOf } from '../../core/linkage/judge.ts';
import { explainWith } from '../../core/linkage/score.ts';
import { type Explanation, linkClasses, type Model, type Plan, type Table } from '../../core/linkage/types.ts';
import type { NewFile } from '../../ports/linking.ts';
import type { People } from './people.ts';
import type { RowIds } from './row-ids.ts';
import type { Whole } from './unfold.ts';

const BLOCK = 1 << 17;
const LINES = 4096;

/**
 * Writes who each row is: `row,id,cluster,size,household`, in the order of the file. Rows count from 1 below the header; a cluster and a
 * household are called by their first row. Without an id column there is no `id`.
 */
export async function writeClusters(
  file: NewFile,
  { cluster, size, household }: People,
  ids: RowIds | null,
  onLines: (count: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const lines = new Lines(file, onLines, signal);
  await lines.add(ids === null ? 'row,cluster,size,household' : 'row,id,cluster,size,household');
  for (let row = 0; row < cluster.length; row += 1) {
    const first = cluster[row] ?? 0;
    const home = household[row] ?? -1;
    const id = ids === null ? '' : `${cell(ids.of(row))},`;
    const line = `${row + 1},${id}${first + 1},${size[first] ?? 0},${home < 0 ? '' : home + 1}`;
    if (lines.push(line)) await lines.flush();
  }
  await lines.end();
}

export interface LinkTable extends Whole {
  readonly table: Table;
  readonly plan: Plan;
  readonly model: Model;
}

/**
 * Writes every link with its evidence: the rows, the class, whether it was followed, the probability and its bits, and for each comparison
 * its level and its bits. The bits of the comparisons, the prior and `household_bits` add up to `bits`.
 */
export async function writeLinks(
  file: NewFile,
  { table, plan, model, links, refused }: LinkTable,
  ids: RowIds | null,
  onLines: (count: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const lines = new Lines(file, onLines, signal);
  const names = plan.comparisons.map(({ name }) => name.replace(/^other:/, ''));
  await lines.add(
    [
      'row_1,row_2',
      ...(ids === null ? [] : ['id_1,id_2']),
      'class,followed,probability,bits,prior_bits,household_bits,reasons',
      ...names.map((name) => `${cell(name)},${cell(`${name}_bits`)}`),
    ].join(','),
  );
  const compare = comparerFor(table, plan);
  const judging = judgeOf(table, plan, model);
  for (let place = 0; place < links.count; place += 1) {
    const [left, right] = [links.left[place] ?? 0, links.right[place] ?? 0];
    const evidence = explainWith(judging, compare(left, right), left, right, null);
    const kind = linkClasses[links.kind[place] ?? 0] ?? 'unlike';
    const followed = kind !== 'household' && refused[place] !== 1;
    const named = ids === null ? '' : `${cell(ids.of(left))},${cell(ids.of(right))},`;
    const line = `${left + 1},${right + 1},${named}${kind},${followed ? 'yes' : 'no'},${evidenceCells(evidence, plan)}`;
    if (lines.push(line)) await lines.flush();
  }
  await lines.end();
}

function evidenceCells({ probability, bits, prior, household, reasons, fields }: Explanation, plan: Plan): string {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return [
    probability.toFixed(6),
    bits.toFixed(2),
    prior.toFixed(2),
    household.toFixed(2),
    cell(reasons.join('; ')),
    ...plan.comparisons.map(({ name }) => {
      const field = byName.get(name);
      return `${field?.level ?? 'missing'},${(field?.bits ?? 0).toFixed(2)}`;
    }),
  ].join(',');
}

/** Lines gathered into blocks. */
class Lines {
  readonly #file: NewFile;
  readonly #onLines: (count: number) => void;
  readonly #signal: AbortSignal;
  #text = '';
  #count = 0;

  constructor(file: NewFile, onLines: (count: number) => void, signal: AbortSignal) {
    this.#file = file;
    this.#onLines = onLines;
    this.#signal = signal;
  }

  /** A line that is not counted. */
  async add(line: string): Promise<void> {
    await this.#file.write(`${line}\n`);
  }

  /** Takes a line; true when it is time to flush. */
  push(line: string): boolean {
    this.#text += `${line}\n`;
    this.#count += 1;
    return this.#text.length >= BLOCK || this.#count >= LINES;
  }

  async flush(): Promise<void> {
    this.#signal.throwIfAborted();
    await this.#file.write(this.#text);
    this.#onLines(this.#count);
    this.#text = '';
    this.#count = 0;
  }

  async end(): Promise<void> {
    if (this.#count > 0) await this.flush();
  }
}

/** A value as a cell of CSV, in quotes where it must be. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
