import { addAddresses } from './addresses.ts';
import type { CellBytes } from './cells.ts';
import { FeatureColumn, FieldColumn, WaitingColumn } from './field-column.ts';
import { type DateOrder, orderShown } from './normal/birth.ts';
import { normalisers } from './normalisers.ts';
import { textAt } from './pool.ts';
import type { Feature, FeatureName, Field, Reading, Table } from './types.ts';

export interface TableBuilder {
  /** One row, its values in the order of the fields. Empty and null mean missing; more values than fields are passed over. */
  add(values: readonly (string | null | undefined)[]): void;
  /**
   * As `add`, from bytes: for each field the cell's place in the row. Several places are read as one text, with spaces between.
   */
  addCells(cells: CellBytes, places: readonly (readonly number[])[]): void;
  readonly rows: number;
  /** The table, normalised; the builder must not be used afterwards. */
  finish(): Table;
  /** As `finish`, for some families of fields (`familyOf`), the others being read elsewhere: `wholeTable` puts them together. */
  part(): Table;
}

/**
 * Collects rows for a table. Values are made normal as they come, dates at the end, when it is known how they are written.
 * With `shared`, threads can use the table together without a copy.
 */
export function startTable(
  fields: readonly Field[],
  reading: Reading,
  options: { readonly shared?: boolean } = {},
): TableBuilder {
  const shared = options.shared === true;
  const made = new Map<FeatureName, FeatureColumn>();
  const target = (name: FeatureName): FeatureColumn => {
    const known = made.get(name) ?? new FeatureColumn();
    made.set(name, known);
    return known;
  };
  const read = (order: DateOrder): ((field: Field) => FieldColumn) => {
    const readers = normalisers(reading, order);
    return (field) => {
      const parts = readers.parts(field);
      return new FieldColumn(parts, parts.features.map(target));
    };
  };
  const reader = read(reading.dates ?? 'day-first');
  const columns = fields.map((field) => {
    const column = reader(field);
    return field.role === 'birth' && reading.dates === null ? new WaitingColumn() : column;
  });
  let rows = 0;

  const part = (): Table => {
    const waiting = columns.filter((column) => column instanceof WaitingColumn);
    const later = read(orderOf(waiting));
    columns.forEach((column, place) => {
      if (column instanceof WaitingColumn) column.pour(later(fields[place] as Field), rows);
    });
    const features = [...made].map(([name, column]): Feature => {
      const ids = column.sealed(rows, shared);
      return { name, ids, values: column.pool.sealed(shared) };
    });
    const address = addAddresses(features, rows, shared);
    return { rows, features: address === null ? features : [...features, address] };
  };
  return {
    get rows() {
      return rows;
    },
    add(values) {
      for (let place = 0; place < columns.length; place += 1) {
        const text = values[place];
        if (text != null && text !== '') (columns[place] as FieldColumn | WaitingColumn).add(rows, text);
      }
      rows += 1;
    },
    addCells(cells, places) {
      for (let field = 0; field < columns.length; field += 1) {
        const column = columns[field] as FieldColumn | WaitingColumn;
        const cell = places[field] as readonly number[];
        const first = cell[0] ?? 0;
        if (cell.length > 1) {
          const text = cell.map((place) => cells.text(place)).join(' ');
          if (text.trim() !== '') column.add(rows, text);
        } else if (cells.starts[first] !== cells.ends[first]) column.addCell(rows, cells, first);
      }
      rows += 1;
    },
    part,
    finish: () => wholeTable([part()]),
  };
}

/** One table of parts that hold different features of the same rows. */
export function wholeTable(parts: readonly Table[]): Table {
  const rows = parts[0]?.rows ?? 0;
  if (parts.some((part) => part.rows !== rows)) throw new Error('The parts of a table have different numbers of rows');
  // In one order, however the fields were shared out: what is drawn from a table must not depend on it.
  return { rows, features: parts.flatMap((part) => part.features).sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** Fields of one family come to stand in the same features, or are put together: a table can be read in parts, but not within one. */
export function familyOf({ role, name }: Field): string {
  switch (role) {
    case 'given':
    case 'surname':
      return 'name';
    case 'house_number':
    case 'postcode':
    case 'city':
      return 'address';
    case 'other':
      return `other:${name}`;
    default:
      return role;
  }
}

/** The value of a feature by its id; null for −1. */
export function textOf(table: Table, name: FeatureName, id: number): string | null {
  const feature = featureOf(table, name);
  return id < 0 || feature === null ? null : textAt(feature.values, id);
}

export function featureOf(table: Table, name: FeatureName): Feature | null {
  return table.features.find((feature) => feature.name === name) ?? null;
}

/** The order most dates show, and day first where none shows any. */
function orderOf(columns: readonly WaitingColumn[]): DateOrder {
  let balance = 0;
  for (const column of columns)
    for (const text of column.texts()) {
      const order = orderShown(text);
      if (order !== null) balance += order === 'day-first' ? 1 : -1;
    }
  return balance < 0 ? 'month-first' : 'day-first';
}
