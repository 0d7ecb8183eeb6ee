import type { CellBytes } from '../../core/linkage/cells.ts';
import { startTable, type TableBuilder } from '../../core/linkage/table.ts';
import type { Field, Reading, Table } from '../../core/linkage/types.ts';
import { type Delimiter, delimiterOf } from '../import/csv.ts';
import { FileFault } from '../import/fault.ts';
import type { ImportSource } from '../import/source.ts';
import { type ByteBlock, byteBlocks } from '../import/text-blocks.ts';
import { ByteRows } from './byte-rows.ts';
import { type ChosenColumn, chooseColumns, findColumn, readHeader } from './columns.ts';
import { RowIds } from './row-ids.ts';

/** What to take from a file of people. */
export interface TableWish {
  /** `role=column`, or columns whose names say their role; nothing: all such columns. */
  readonly columns: readonly string[];
  /** The column whose values name the rows in the output; null: their numbers alone. */
  readonly id: string | null;
  /** Null: told from the first line. */
  readonly delimiter: Delimiter | null;
  readonly reading: Reading;
}

/** A file as the linkage reads it. */
export interface TableFile {
  readonly table: Table;
  readonly fields: readonly Field[];
  readonly ids: RowIds | null;
}

/**
 * Reads a CSV file of people, row by row, into columns of values; its text is not kept. Throws a `FileFault` with the line for what
 * is no table, and the reason of `signal` when it aborts.
 */
export async function readTable(
  source: ImportSource,
  wish: TableWish,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<TableFile> {
  let rows: Rows | null = null;
  for await (const block of byteBlocks(source)) {
    signal.throwIfAborted();
    if (rows === null) rows = new Rows(block, wish);
    else rows.feed(block);
    onBytes(block.bytesRead);
  }
  if (rows === null) throw new FileFault(`${source.name} is empty.`);
  return rows.finish();
}

/** The engine draws pairs of rows by numbers of 26 bits. */
const MOST_ROWS = 2 ** 26;

class Rows {
  readonly #rows: ByteRows;
  readonly #chosen: readonly ChosenColumn[];
  readonly #places: readonly (readonly number[])[];
  readonly #builder: TableBuilder;
  readonly #ids: RowIds | null;
  readonly #idPlace: number;
  /** The first line counts as none. */
  #count = -1;

  constructor(first: ByteBlock, wish: TableWish) {
    const newline = first.bytes.indexOf(0x0a);
    const line = first.bytes.toString('utf8', 0, newline === -1 ? undefined : newline).replace(/\r$/, '');
    const delimiter = wish.delimiter ?? delimiterOf(line);
    const header = readHeader(line, delimiter);
    this.#chosen = chooseColumns(wish.columns, header);
    this.#places = this.#chosen.map(({ places }) => places);
    this.#idPlace = wish.id === null ? -1 : findColumn(wish.id, header);
    this.#ids = this.#idPlace === -1 ? null : new RowIds(header[this.#idPlace] ?? '');
    this.#builder = startTable(
      this.#chosen.map(({ field }) => field),
      wish.reading,
      { shared: true },
    );
    this.#rows = new ByteRows(delimiter, header.length, (cells) => this.#take(cells));
    this.feed(first);
  }

  feed(block: ByteBlock): void {
    this.#rows.feed(block);
  }

  finish(): TableFile {
    this.#rows.end();
    if (this.#count <= 0) throw new FileFault('The file has a first line and nothing below it.');
    return { table: this.#builder.finish(), fields: this.#chosen.map(({ field }) => field), ids: this.#ids };
  }

  #take(cells: CellBytes): void {
    this.#count += 1;
    if (this.#count === 0) return;
    if (this.#count > MOST_ROWS) throw new FileFault(`The file has more than ${MOST_ROWS} rows: split it.`);
    this.#ids?.add(cells.bytes, cells.starts[this.#idPlace] ?? 0, cells.ends[this.#idPlace] ?? 0);
    this.#builder.addCells(cells, this.#places);
  }
}
