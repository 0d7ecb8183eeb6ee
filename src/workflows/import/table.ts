import { CsvReader, delimiterOf } from './csv.ts';
import { FileFault } from './fault.ts';
import type { Column, FormatReader } from './format.ts';
import type { TextBlock } from './text-blocks.ts';

/** A row's value in a column; empty where the file has no such column. */
export type Cells = (column: number) => string;

/** Takes a row: its fields in the order of the columns asked for (−1 in `places` is a column the file does not have). */
export type OnTableRow = (fields: readonly string[], line: number) => void;

/** What the first line of a table says. */
export interface TableHeader {
  /** Where each column asked for stands in the file; −1 for optional ones that are missing. */
  readonly places: readonly number[];
  readonly decimalComma: boolean;
}

/** Reads a table whose first line names its columns, in any order, in any case; other columns are passed over. */
export function tableReader(
  columns: readonly Column[],
  begin: (header: TableHeader) => { readonly row: OnTableRow; readonly end: () => void },
): FormatReader {
  let csv: CsvReader | null = null;
  let end: () => void = () => undefined;
  let rows = 0;

  const start = ({ text, line }: TextBlock): TextBlock => {
    const newline = text.indexOf('\n');
    const header = (newline === -1 ? text : text.slice(0, newline)).replace(/\r$/, '');
    const delimiter = delimiterOf(header);
    let names: readonly string[] = [];
    const headerReader = new CsvReader(delimiter, header.split(delimiter).length, (fields) => {
      names = fields;
    });
    headerReader.feed(header, line);
    headerReader.end();
    const consumer = begin({ places: findColumns(columns, names), decimalComma: delimiter === ';' });
    end = consumer.end;
    csv = new CsvReader(delimiter, names.length, (fields, at) => {
      rows += 1;
      consumer.row(fields, at);
    });
    return { text: newline === -1 ? '' : text.slice(newline + 1), line: line + 1, bytesRead: 0 };
  };

  return {
    feed(block) {
      const rest = csv === null ? start(block) : block;
      csv?.feed(rest.text, rest.line);
    },
    end() {
      csv?.end();
      if (rows === 0) throw new FileFault('The file has a first line and nothing below it.');
      end();
    },
    get rows() {
      return rows;
    },
  };
}

/** Checks the columns and every row's width, and takes nothing. */
export function tableCheck(columns: readonly Column[]): FormatReader {
  return tableReader(columns, () => ({ row: () => undefined, end: () => undefined }));
}

function findColumns(columns: readonly Column[], names: readonly string[]): readonly number[] {
  const plain = names.map(plainName);
  const twice = plain.find((name, index) => name !== '' && plain.indexOf(name) !== index);
  if (twice !== undefined) throw new FileFault(`The first line names the column "${twice}" twice.`);
  const placeOf = ({ name, also = [] }: Column): number =>
    [name, ...also].map((each) => plain.indexOf(plainName(each))).find((place) => place !== -1) ?? -1;
  const missing = columns.filter((column) => column.required && placeOf(column) === -1);
  if (missing.length > 0) {
    const wanted = missing.map((column) => `"${column.name}"`).join(', ');
    const found = names
      .slice(0, 30)
      .map((name) => `"${name.slice(0, 40)}"`)
      .join(', ');
    throw new FileFault(
      `The first line must name the columns; ${missing.length === 1 ? 'one is' : `${missing.length} are`} missing: ${wanted}. It has: ${found}.`,
    );
  }
  return columns.map(placeOf);
}

/** "Customer ID", "customer_id" and "CustomerID" are one name. */
function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}
