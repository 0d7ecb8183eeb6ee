import { type CellBytes, CellMemo } from './cells.ts';
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

/** What a value that was read once became: by part and the value's number, the id in the target, −1 for nothing. */
class Known {
  readonly parts: Int32Array<ArrayBuffer>[];

  constructor(parts: number) {
    this.parts = Array.from({ length: parts }, () => new Int32Array(1024));
  }

  set(part: number, number: number, id: number): void {
    let ids = this.parts[part] as Int32Array<ArrayBuffer>;
    if (number >= ids.length) {
      ids = larger(ids, number + 1);
      this.parts[part] = ids;
    }
    ids[number] = id;
  }
}

/** Reads the values of one field as they come. What was read once is remembered, as long as values repeat. */
export class FieldColumn {
  readonly #reader: PartReader;
  readonly #targets: readonly FeatureColumn[];
  #texts: ValuePool | null = new ValuePool();
  #cells: CellMemo | null = new CellMemo();
  readonly #knownTexts: Known;
  readonly #knownCells: Known;
  #seen = 0;

  constructor(reader: PartReader, targets: readonly FeatureColumn[]) {
    this.#reader = reader;
    this.#targets = targets;
    this.#knownTexts = new Known(targets.length);
    this.#knownCells = new Known(targets.length);
  }

  add(row: number, text: string): void {
    const memo = this.#texts;
    if (memo === null) {
      this.#read(row, text);
      return;
    }
    const before = memo.count;
    const number = memo.intern(text);
    if (number === before) this.#learn(this.#knownTexts, number, text);
    this.#putKnown(row, this.#knownTexts, number);
    if (this.#isMostlyNew(memo.count)) this.#texts = null;
  }

  /** As `add`; only what was not read before is made text. */
  addCell(row: number, cells: CellBytes, place: number): void {
    const memo = this.#cells;
    if (memo === null) {
      this.#read(row, cells.text(place));
      return;
    }
    const before = memo.count;
    const number = memo.intern(cells, place);
    if (number === before) this.#learn(this.#knownCells, number, cells.text(place));
    this.#putKnown(row, this.#knownCells, number);
    if (this.#isMostlyNew(memo.count)) this.#cells = null;
  }

  #isMostlyNew(distinct: number): boolean {
    this.#seen += 1;
    return this.#seen === TRIAL && distinct > TRIAL * MOSTLY_NEW;
  }

  #read(row: number, text: string): void {
    const parts = this.#reader.read(text);
    for (let part = 0; part < this.#targets.length; part += 1) this.#put(part, row, this.#idOf(part, parts[part]));
  }

  #learn(known: Known, number: number, text: string): void {
    const parts = this.#reader.read(text);
    for (let part = 0; part < this.#targets.length; part += 1) known.set(part, number, this.#idOf(part, parts[part]));
  }

  #putKnown(row: number, known: Known, number: number): void {
    for (let part = 0; part < this.#targets.length; part += 1)
      this.#put(part, row, (known.parts[part] as Int32Array)[number] as number);
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
  readonly #cells = new CellMemo();
  readonly #known = new Known(1);

  add(row: number, text: string): void {
    this.#written.set(row, this.#pool.intern(text));
  }

  addCell(row: number, cells: CellBytes, place: number): void {
    const before = this.#cells.count;
    const number = this.#cells.intern(cells, place);
    if (number === before) this.#known.set(0, number, this.#pool.intern(cells.text(place)));
    this.#written.set(row, (this.#known.parts[0] as Int32Array)[number] as number);
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
