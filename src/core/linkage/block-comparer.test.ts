import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { BlockComparer } from './block-comparer.ts';
import { blockRule, cutSlices } from './blocking.ts';
import { comparePairs } from './compare.ts';
import { planFor } from './plan.ts';
import { startTable } from './table.ts';
import type { Field } from './types.ts';

const fields: readonly Field[] = (['given', 'surname', 'email', 'phone', 'postcode'] as const).map((role) => ({
  role,
  name: role,
}));

it('compares block by block what is compared row by row, to the same pairs and patterns', () => {
  const few = (...values: string[]) => fc.constantFrom('', ...values);
  const row = fc.tuple(
    few('Jan', 'Jana', 'Els', 'J.'),
    few('Jansen', 'Janssen', 'Bakker'),
    few('jan@x.example', 'els@x.example', 'jansen84@x.example'),
    few('+31611111111', '+31611111112'),
    few('1011AB', '1011AC'),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (rows, parts) => {
      const builder = startTable(fields, { region: null, dates: null });
      for (const one of rows) builder.add(one);
      const table = builder.finish();
      const planned = planFor(table, { rules: ['email', 'surname', 'postcode+given.initial'] });
      // A list with a column of nothing but gaps has no such rule.
      if (!planned.ok) return;
      const plan = unwrap(planned);
      const blocks = plan.rules.map((rule) => blockRule(table, rule, plan.largestBlock));
      const byBlock = new BlockComparer(table, plan, blocks);
      for (const slice of cutSlices(blocks, parts))
        expect(byBlock.compare(slice)).toEqual(comparePairs(table, plan, blocks, slice));
    }),
  );
});
