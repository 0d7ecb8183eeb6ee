import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader, type Delimiter, delimiterOf } from './csv.ts';

interface Read {
  readonly fields: readonly string[];
  readonly line: number;
}

/** Feeds the text in blocks of so many lines. */
function read(text: string, width: number, delimiter: Delimiter = ',', linesAtOnce = 1_000): Read[] {
  const rows: Read[] = [];
  const reader = new CsvReader(delimiter, width, (fields, line) => rows.push({ fields: [...fields], line }));
  const lines = text.split(/(?<=\n)/);
  for (let from = 0; from < lines.length; from += linesAtOnce)
    reader.feed(lines.slice(from, from + linesAtOnce).join(''), from + 1);
  reader.end();
  return rows;
}

describe('the CSV reader', () => {
  it('reads plain and quoted fields, both line ends, and passes over empty lines', () => {
    expect(read('a,b\r\n"c, d","say ""x"""\n\n,\ne,f', 2)).toEqual([
      { fields: ['a', 'b'], line: 1 },
      { fields: ['c, d', 'say "x"'], line: 2 },
      { fields: ['', ''], line: 4 },
      { fields: ['e', 'f'], line: 5 },
    ]);
  });

  it('counts lines through fields that hold line breaks, whatever the blocks', () => {
    for (const linesAtOnce of [1, 2, 100])
      expect(read('a,"one\ntwo\nthree"\nb,c\n', 2, ',', linesAtOnce)).toEqual([
        { fields: ['a', 'one\ntwo\nthree'], line: 1 },
        { fields: ['b', 'c'], line: 4 },
      ]);
  });

  it.each([
    ['a,b\nc\n', 'Line 2 has 1 column, the first line has 2.'],
    ['a,b\nc,d,e\n', 'Line 2 has 3 columns, the first line has 2.'],
    ['a,b\nc,d "x" e\n', 'Line 2, column 2: a quote stands inside a field'],
    ['a,b\n"c"d,e\n', 'Line 2, column 1: there is text after the closing quote'],
    ['a,b\n"c,d\ne,f\n', 'Line 2: a quote opens and never closes'],
  ])('stops at %j', (text, message) => {
    for (const linesAtOnce of [1, 100]) expect(() => read(text, 2, ',', linesAtOnce)).toThrow(message);
  });

  it('gives back any table that was written by the rules, in any blocks', () => {
    const field = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', ' ', '张') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        (table, linesAtOnce, quoteAll) => {
          const write = (text: string): string =>
            quoteAll || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
          const text = table.map((row) => row.map(write).join(',')).join('\n');
          expect(read(text, 3, ',', linesAtOnce).map((row) => row.fields)).toEqual(table);
        },
      ),
    );
  });

  it('finds the delimiter in the first line', () => {
    expect(delimiterOf('a,b,c')).toBe(',');
    expect(delimiterOf('a;b;c,d')).toBe(';');
    expect(delimiterOf('a\tb\tc')).toBe('\t');
  });
});
