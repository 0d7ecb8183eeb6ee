import { FileFault } from './fault.ts';

export type Delimiter = ',' | ';' | '\t' | '|';

/** Takes a row: its fields and the number of its first line. */
export type OnRow = (fields: readonly string[], line: number) => void;

const LONGEST_QUOTED = 1 << 20;

/**
 * A CSV reader (RFC 4180) that is fed blocks of whole lines. Strict where a slip would shift columns: a stray quote, a quote that
 * never closes, or a row of another width stops it with the line. Empty lines are passed over.
 */
export class CsvReader {
  readonly #delimiter: Delimiter;
  readonly #width: number;
  readonly #onRow: OnRow;
  /** A row whose quoted field goes on in the next block. */
  #open = '';
  #openLine = 0;

  constructor(delimiter: Delimiter, width: number, onRow: OnRow) {
    this.#delimiter = delimiter;
    this.#width = width;
    this.#onRow = onRow;
  }

  /** Reads whole lines, the first of which has the number `line`. */
  feed(block: string, line: number): void {
    let text = block;
    let number = line;
    if (this.#open !== '') {
      text = this.#open + block;
      number = this.#openLine;
      this.#open = '';
    }
    let at = 0;
    while (at < text.length) {
      const newline = text.indexOf('\n', at);
      const end = newline === -1 ? text.length : newline;
      const row = text.slice(at, end);
      // Looked for line by line: where the engine may move the search of a whole block, it moves it into this loop.
      if (!row.includes('"')) {
        this.#plain(row, number);
        at = end + 1;
        number += 1;
        continue;
      }
      const quoted = this.#quoted(text, at, number);
      if (quoted === null) {
        this.#open = text.slice(at);
        this.#openLine = number;
        if (this.#open.length > LONGEST_QUOTED) throw this.#unclosed();
        return;
      }
      this.#take(quoted.fields, number);
      at = quoted.end;
      number += quoted.lines;
    }
  }

  /** Says that there is no more. */
  end(): void {
    if (this.#open !== '') throw this.#unclosed();
  }

  #plain(row: string, line: number): void {
    const text = row.endsWith('\r') ? row.slice(0, -1) : row;
    if (text !== '') this.#take(text.split(this.#delimiter), line);
  }

  /** A row with quotes; null when it goes on beyond the text. */
  #quoted(text: string, start: number, line: number): { fields: string[]; end: number; lines: number } | null {
    const fields: string[] = [];
    let lines = 1;
    let at = start;
    for (;;) {
      let field: string;
      if (text[at] === '"') {
        let close = text.indexOf('"', at + 1);
        while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
        if (close === -1) return null;
        const inside = text.slice(at + 1, close);
        for (let n = inside.indexOf('\n'); n !== -1; n = inside.indexOf('\n', n + 1)) lines += 1;
        field = inside.includes('"') ? inside.replaceAll('""', '"') : inside;
        at = close + 1;
        if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
        if (at < text.length && text[at] !== this.#delimiter && text[at] !== '\n')
          throw new FileFault(
            `Line ${line}, column ${fields.length + 1}: there is text after the closing quote. A quote inside a quoted field is written twice ("").`,
          );
      } else {
        const newline = text.indexOf('\n', at);
        const lineEnd = newline === -1 ? text.length : newline;
        const delimiter = text.indexOf(this.#delimiter, at);
        const end = delimiter === -1 || delimiter > lineEnd ? lineEnd : delimiter;
        field = text.slice(at, end);
        if (field.includes('"'))
          throw new FileFault(
            `Line ${line}, column ${fields.length + 1}: a quote stands inside a field that does not begin with one. Put the whole field in quotes and write the quote twice ("").`,
          );
        if (end === lineEnd && field.endsWith('\r')) field = field.slice(0, -1);
        at = end;
      }
      fields.push(field);
      if (at >= text.length) return { fields, end: at, lines };
      if (text[at] === '\n') return { fields, end: at + 1, lines };
      at += 1;
    }
  }

  /** Whether a row goes on in what is fed next. */
  get isOpen(): boolean {
    return this.#open !== '';
  }

  #take(fields: readonly string[], line: number): void {
    if (fields.length !== this.#width) throw wrongWidth(line, fields.length, this.#width);
    this.#onRow(fields, line);
  }

  #unclosed(): FileFault {
    return new FileFault(`Line ${this.#openLine}: a quote opens and never closes.`);
  }
}

/** What to say of a row of another width than the first line. */
export function wrongWidth(line: number, columns: number, width: number): FileFault {
  return new FileFault(
    `Line ${line} has ${columns} ${columns === 1 ? 'column' : 'columns'}, the first line has ${width}.`,
  );
}

/** The delimiter of a table, from its first line: the one that stands there most. */
export function delimiterOf(header: string): Delimiter {
  const counts = ([',', ';', '\t'] as const).map((delimiter) => [delimiter, header.split(delimiter).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
