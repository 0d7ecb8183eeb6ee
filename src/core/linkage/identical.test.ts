import { describe, expect, it } from 'vitest';
import { foldIdentical } from './identical.ts';
import { featureOf, startTable, textOf } from './table.ts';
import type { Table } from './types.ts';

function tableOf(rows: readonly (readonly [string | null, string | null])[]): Table {
  const builder = startTable(
    [
      { role: 'surname', name: 'surname' },
      { role: 'email', name: 'email' },
    ],
    { region: null, dates: null },
  );
  for (const row of rows) builder.add(row);
  return builder.finish();
}

describe('folding identical rows', () => {
  it('leaves a table of distinct rows as it is', () => {
    const table = tableOf([
      ['Jansen', 'a@x.example'],
      ['Jansen', 'b@x.example'],
      ['Jansen', null],
    ]);
    const folded = foldIdentical(table);
    expect(folded.table).toBe(table);
    expect(folded).toMatchObject({ groupOf: null, firstOf: null, copies: 0 });
  });

  it('keeps the first of each row, and tells which row each is like', () => {
    const folded = foldIdentical(
      tableOf([
        ['Jansen', 'a@x.example'],
        ['Bakker', 'b@x.example'],
        ['jansen ', 'A@x.example'],
        ['Jansen', null],
        ['Bakker', 'b@x.example'],
      ]),
    );
    expect([...(folded.groupOf ?? [])]).toEqual([0, 1, 0, 2, 1]);
    expect([...(folded.firstOf ?? [])]).toEqual([0, 1, 3]);
    expect(folded.copies).toBe(2);
    const emails = featureOf(folded.table, 'email');
    expect([...(emails?.ids ?? [])].map((id) => textOf(folded.table, 'email', id))).toEqual([
      'a@x.example',
      'b@x.example',
      null,
    ]);
  });

  it('counts a copied address of a person once, and a surname as often as it stands there', () => {
    const rows: [string | null, string | null][] = Array.from({ length: 90 }, () => ['Jansen', 'a@x.example']);
    for (let n = 0; n < 10; n += 1) rows.push(['Bakker', `b${n}@x.example`]);
    const { table } = foldIdentical(tableOf(rows));
    expect(table.rows).toBe(11);
    expect(featureOf(table, 'email')?.values.counts[0]).toBe(1);
    expect(featureOf(table, 'surname')?.values.counts[0]).toBe(Math.round(90 * (11 / 100)));
  });

  it('takes rows that say nothing for nobody in particular', () => {
    expect(
      foldIdentical(
        tableOf([
          [null, null],
          [null, null],
          ['', ' '],
        ]),
      ).copies,
    ).toBe(0);
  });
});
