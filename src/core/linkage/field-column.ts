import type { PartReader } from './normalisers.ts';
import { larger, textAt, ValuePool } from './pool.ts';

/** A feature being made: its values by row, the first that a row is given counting. */
export class FeatureColumn {
  readonly pool = new ValuePool();
  /** The value's id + 1 by row; 0 where it is missing. */
  #marks = new Int32Array(1024);

  has(row: number): boolean {
    return row < this.#marks.length && this.#marks[row] !== 0;
  }

  set(row: number, id: number): void {
    if (row >= this.#marks.length) this.#marks = larger(this.#marks, row + 1);
    this.#marks[row] = id + 1;
  }

  /** The value's id in each row, −1 where it is missing; each row is counted with its value. */
  sealed(rows: number, shared: boolean): Int32Array {
    const ids = new Int32Array(shared ? new SharedArrayBuffer(rows * 4) : new ArrayBuffer(rows * 4));
    const marks = this.#marks.length < rows ? larger(this.#marks, rows) : this.#marks;
    for (let row = 0; row < rows; row += 1) {
      const id = (marks[row] as number) - 1;
      ids[row] = id;
      if (id >= 0) this.pool.bear(id);
    }
    return ids;
  }
}

/** After so many values it is clear whether a field repeats itself. */
const TRIAL = 4096;
/** The share of new values from which remembering what was read costs more than reading it again. */
const MOSTLY_NEW = 0.7;

/** Reads the values of one field as they come. What was read once is remembered, as long as values repeat. */
export class FieldColumn {
  readonly #reader: PartReader;
  readonly #targets: readonly FeatureColumn[];
  #memo: ValuePool | null = new ValuePool();
  /** By part and value of the memo: the id in the target, −1 for nothing. */
  readonly #known: Int32Array<ArrayBuffer>[];
  #seen = 0;

  constructor(reader: PartReader, targets: readonly FeatureColumn[]) {
    this.#reader = reader;
    this.#targets = targets;
    this.#known = targets.map(() => new Int32Array(1024));
  }

  add(row: number, text: string): void {
    const memo = this.#memo;
    if (memo === null) {
      const parts = this.#reader.read(text);
      for (let part = 0; part < this.#targets.length; part += 1) this.#put(part, row, this.#idOf(part, parts[part]));
      return;
    }
    this.#seen += 1;
    const before = memo.count;
    const id = memo.intern(text);
    if (id === before) this.#learn(id, text);
    for (let part = 0; part < this.#targets.length; part += 1)
      this.#put(part, row, (this.#known[part] as Int32Array)[id] as number);
    if (this.#seen === TRIAL && memo.count > TRIAL * MOSTLY_NEW) this.#memo = null;
  }

  #learn(id: number, text: string): void {
    const parts = this.#reader.read(text);
    for (let part = 0; part < this.#targets.length; part += 1) {
      let known = this.#known[part] as Int32Array<ArrayBuffer>;
      if (id >= known.length) {
        known = larger(known, id + 1);
        this.#known[part] = known;
      }
      known[id] = this.#idOf(part, parts[part]);
    }
  }

  #idOf(part: number, text: string | null | undefined): number {
    return text == null || text === '' ? -1 : (this.#targets[part] as FeatureColumn).pool.intern(text);
  }

  #put(part: number, row: number, id: number): void {
    const target = this.#targets[part] as FeatureColumn;
    if (id >= 0 && !target.has(row)) target.set(row, id);
  }
}

/** Keeps written values until it is known how to read them. */
export class WaitingColumn {
  readonly #pool = new ValuePool();
  readonly #written = new FeatureColumn();

  add(row: number, text: string): void {
    this.#written.set(row, this.#pool.intern(text));
  }

  /** The distinct texts that wait. */
  *texts(): Generator<string> {
    for (let id = 0; id < this.#pool.count; id += 1) yield textAt(this.#pool, id);
  }

  /** Hands everything to a column that can read it. */
  pour(column: FieldColumn, rows: number): void {
    const ids = this.#written.sealed(rows, false);
    const texts = [...this.texts()];
    for (let row = 0; row < rows; row += 1) {
      const id = ids[row] as number;
      if (id >= 0) column.add(row, texts[id] as string);
    }
  }
}
