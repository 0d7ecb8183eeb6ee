import type { CellBytes } from '../../core/linkage/cells.ts';
import { familyOf, startTable, type TableBuilder, wholeTable } from '../../core/linkage/table.ts';
import type { Field, Reading, Role, Table } from '../../core/linkage/types.ts';
import type { LinkCrew, ListPart, ReadPart } from '../../ports/linking.ts';
import { type Delimiter, delimiterOf } from '../import/csv.ts';
import { FileFault } from '../import/fault.ts';
import { fileSource, type ImportSource } from '../import/source.ts';
import { byteBlocks } from '../import/text-blocks.ts';
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
 * Reads a CSV file of people into columns of values, its columns shared out among the threads; its text is not kept. Throws a `FileFault`
 * with the line for what is no table.
 */
export async function readTable(
  crew: Pick<LinkCrew, 'threads' | 'read'>,
  path: string,
  wish: TableWish,
  onBytes: (bytes: number) => void,
): Promise<TableFile> {
  const { chosen, whole } = await readFirstLine(path, wish);
  const parts = sharedOut(chosen, whole, crew.threads);
  const read = await crew.read(parts, onBytes);
  const tables = read.map((part) => {
    if ('fault' in part) throw new FileFault(part.fault);
    return part;
  });
  const ids = tables.find((part) => part.ids !== null)?.ids ?? null;
  return {
    table: wholeTable(tables.map(({ table }) => table)),
    fields: chosen.map(({ field }) => field),
    ids: ids === null ? null : RowIds.from(ids),
  };
}

async function readFirstLine(
  path: string,
  { columns, id, delimiter: wanted, reading }: TableWish,
): Promise<{ readonly chosen: readonly ChosenColumn[]; readonly whole: ListPart }> {
  const line = await firstLine(await fileSource(path));
  const delimiter = wanted ?? delimiterOf(line);
  const header = readHeader(line, delimiter);
  const chosen = chooseColumns(columns, header);
  const idPlace = id === null ? null : findColumn(id, header);
  return {
    chosen,
    whole: { path, delimiter, width: header.length, fields: [], places: [], id: idPlace, reading },
  };
}

async function firstLine(source: ImportSource): Promise<string> {
  for await (const { bytes } of byteBlocks(source)) {
    const newline = bytes.indexOf(0x0a);
    return bytes.toString('utf8', 0, newline === -1 ? undefined : newline).replace(/\r$/, '');
  }
  throw new FileFault(`${source.name} is empty.`);
}

/** About how long a value of a role takes to read, against the shortest. */
const EFFORT: Readonly<Partial<Record<Role, number>>> = {
  email: 6,
  phone: 4,
  address: 6,
  name: 5,
  given: 2,
  surname: 2,
};

/** Shares columns out among threads so that all have about as much to do: the longest first, each to who has least. */
function sharedOut(chosen: readonly ChosenColumn[], whole: ListPart, threads: number): readonly ListPart[] {
  const families = [...Map.groupBy(chosen, ({ field }) => familyOf(field)).values()].map((columns) => ({
    columns,
    effort: columns.reduce((sum, { field }) => sum + (EFFORT[field.role] ?? 1), 0),
  }));
  const shares = Array.from({ length: Math.min(threads, families.length) }, (_, place) => ({
    columns: [] as ChosenColumn[],
    effort: place === 0 ? 1 : 0,
  }));
  for (const { columns, effort } of families.toSorted((a, b) => b.effort - a.effort)) {
    const least = shares.reduce((best, share) => (share.effort < best.effort ? share : best));
    least.columns.push(...columns);
    least.effort += effort;
  }
  return shares.map(({ columns }, place) => ({
    ...whole,
    fields: columns.map(({ field }) => field),
    places: columns.map(({ places }) => places),
    id: place === 0 ? whole.id : null,
  }));
}

/** Reads a part of a file: what a thread does for `readTable`. */
export async function readPart(part: ListPart, onBytes: (bytes: number) => void): Promise<ReadPart> {
  try {
    const rows = new Rows(part);
    for await (const block of byteBlocks(await fileSource(part.path))) {
      rows.rows.feed(block);
      onBytes(block.bytesRead);
    }
    return rows.finish();
  } catch (error) {
    if (error instanceof FileFault) return { fault: error.message };
    throw error;
  }
}

/** The engine draws pairs of rows by numbers of 26 bits. */
const MOST_ROWS = 2 ** 26;

class Rows {
  readonly rows: ByteRows;
  readonly #part: ListPart;
  readonly #builder: TableBuilder;
  readonly #ids: RowIds | null;
  /** The first line counts as none. */
  #count = -1;

  constructor(part: ListPart) {
    this.#part = part;
    this.#ids = part.id === null ? null : new RowIds();
    this.#builder = startTable(part.fields, part.reading, { shared: true });
    this.rows = new ByteRows(part.delimiter, part.width, (cells) => this.#take(cells));
  }

  finish(): ReadPart {
    this.rows.end();
    if (this.#count <= 0) throw new FileFault('The file has a first line and nothing below it.');
    return { table: this.#builder.part(), ids: this.#ids?.flat() ?? null };
  }

  #take(cells: CellBytes): void {
    this.#count += 1;
    if (this.#count === 0) return;
    if (this.#count > MOST_ROWS) throw new FileFault(`The file has more than ${MOST_ROWS} rows: split it.`);
    const id = this.#part.id ?? 0;
    this.#ids?.add(cells.bytes, cells.starts[id] ?? 0, cells.ends[id] ?? 0);
    this.#builder.addCells(cells, this.#part.places);
  }
}
