import { type CellBytes, hashStart, hashStep } from '../../core/linkage/cells.ts';
import { CsvReader, type Delimiter, wrongWidth } from '../import/csv.ts';
import type { ByteBlock } from '../import/text-blocks.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;

/**
 * Reads the rows of a CSV file without making text of them: its cells are handed over as places in the bytes, with their hashes. Blocks
 * with quotes in them go through `CsvReader`, to the same effect, more slowly.
 */
export class ByteRows {
  readonly #delimiter: number;
  readonly #width: number;
  readonly #csv: CsvReader;
  readonly #onRow: (cells: CellBytes) => void;
  readonly #cells: Cells;
  #scratch = Buffer.alloc(1 << 12);

  constructor(delimiter: Delimiter, width: number, onRow: (cells: CellBytes) => void) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#width = width;
    this.#onRow = onRow;
    this.#cells = new Cells(width);
    this.#csv = new CsvReader(delimiter, width, (fields) => this.#written(fields));
  }

  feed({ bytes, line }: ByteBlock): void {
    if (this.#csv.isOpen || bytes.includes(QUOTE)) this.#csv.feed(bytes.toString('utf8'), line);
    else this.#plain(bytes, line);
  }

  end(): void {
    this.#csv.end();
  }

  #plain(bytes: Buffer, firstLine: number): void {
    const { starts, ends, hashes } = this.#cells;
    const delimiter = this.#delimiter;
    const width = this.#width;
    this.#cells.bytes = bytes;
    let line = firstLine;
    let at = 0;
    while (at < bytes.length) {
      const lineStart = at;
      let start = at;
      let place = 0;
      let hash = hashStart;
      for (; ; at += 1) {
        const byte = at < bytes.length ? (bytes[at] as number) : NEWLINE;
        if (byte !== delimiter && byte !== NEWLINE) {
          if (byte !== RETURN || (bytes[at + 1] ?? NEWLINE) !== NEWLINE) hash = hashStep(hash, byte);
          continue;
        }
        if (place < width) {
          starts[place] = start;
          ends[place] = byte === NEWLINE && at > start && bytes[at - 1] === RETURN ? at - 1 : at;
          hashes[place] = hash;
        }
        place += 1;
        start = at + 1;
        hash = hashStart;
        if (byte === NEWLINE) break;
      }
      at += 1;
      const empty = place === 1 && ends[0] === lineStart;
      if (!empty) {
        if (place !== width) throw wrongWidth(line, place, width);
        this.#onRow(this.#cells);
      }
      line += 1;
    }
  }

  /** A row that comes as text goes into bytes of its own. */
  #written(fields: readonly string[]): void {
    const { starts, ends, hashes } = this.#cells;
    const most = fields.reduce((sum, field) => sum + field.length * 3, 0);
    if (most > this.#scratch.length) this.#scratch = Buffer.alloc(most * 2);
    this.#cells.bytes = this.#scratch;
    let at = 0;
    fields.forEach((field, place) => {
      starts[place] = at;
      at += this.#scratch.write(field, at);
      ends[place] = at;
      let hash = hashStart;
      for (let byte = starts[place] as number; byte < at; byte += 1)
        hash = hashStep(hash, this.#scratch[byte] as number);
      hashes[place] = hash;
    });
    this.#onRow(this.#cells);
  }
}

class Cells implements CellBytes {
  bytes: Buffer = Buffer.alloc(0);
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly hashes: Int32Array;

  constructor(width: number) {
    this.starts = new Int32Array(width);
    this.ends = new Int32Array(width);
    this.hashes = new Int32Array(width);
  }

  text(place: number): string {
    return this.bytes.toString('utf8', this.starts[place], this.ends[place]);
  }
}
