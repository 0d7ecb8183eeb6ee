import { startTable } from '../../core/linkage/table.ts';
import type { Field, Reading, Table } from '../../core/linkage/types.ts';
import { CsvReader, type Delimiter, delimiterOf } from '../import/csv.ts';
import { FileFault } from '../import/fault.ts';
import type { ImportSource } from '../import/source.ts';
import { type TextBlock, textBlocks } from '../import/text-blocks.ts';
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
  for await (const block of textBlocks(source)) {
    signal.throwIfAborted();
    if (rows === null) rows = new Rows(block, wish);
    else rows.feed(block);
    onBytes(block.bytesRead);
  }
  if (rows === null) throw new FileFault(`${source.name} is empty.`);
  return rows.finish();
}

/** A row number is 32 bits in the engine; this many rows are beyond any machine's memory before. */
const MOST_ROWS = 500_000_000;

class Rows {
  readonly #csv: CsvReader;
  readonly #chosen: readonly ChosenColumn[];
  readonly #builder: ReturnType<typeof startTable>;
  readonly #ids: RowIds | null;
  #count = -1;

  constructor(first: TextBlock, wish: TableWish) {
    const newline = first.text.indexOf('\n');
    const line = (newline === -1 ? first.text : first.text.slice(0, newline)).replace(/\r$/, '');
    const delimiter = wish.delimiter ?? delimiterOf(line);
    const header = readHeader(line, delimiter);
    this.#chosen = chooseColumns(wish.columns, header);
    const idPlace = wish.id === null ? -1 : findColumn(wish.id, header);
    this.#ids = idPlace === -1 ? null : new RowIds(header[idPlace] ?? '');
    this.#builder = startTable(
      this.#chosen.map(({ field }) => field),
      wish.reading,
      { shared: true },
    );
    this.#csv = new CsvReader(delimiter, header.length, (fields) => this.#take(fields, idPlace));
    this.feed(first);
  }

  feed(block: TextBlock): void {
    this.#csv.feed(block.text, block.line);
  }

  finish(): TableFile {
    this.#csv.end();
    if (this.#count <= 0) throw new FileFault('The file has a first line and nothing below it.');
    return { table: this.#builder.finish(), fields: this.#chosen.map(({ field }) => field), ids: this.#ids };
  }

  #take(fields: readonly string[], idPlace: number): void {
    this.#count += 1;
    if (this.#count === 0) return;
    if (this.#count > MOST_ROWS) throw new FileFault(`The file has more than ${MOST_ROWS} rows: split it.`);
    this.#ids?.add(fields[idPlace] ?? '');
    this.#builder.add(
      this.#chosen.map(({ places }) =>
        places.length === 1 ? (fields[places[0] ?? 0] ?? null) : places.map((place) => fields[place] ?? '').join(' '),
      ),
    );
  }
}
