import { expect, it } from 'vitest';
import { at, uuid } from '../../../../test/support/events.ts';
import type { StandingMeasure } from '../../../core/decisions/types.ts';
import { type CustomerId, id, type MeasureId } from '../../../core/shared/brand.ts';
import { compare } from './compare.ts';
import { Finding } from './found.ts';
import { MeasuredTable } from './measured-table.ts';
import type { AlikeCustomer } from './reader.ts';

const NOW = at('2026-06-01');
const self = id<CustomerId>(uuid(1));
const other = id<CustomerId>(uuid(2));

const measure = (number: number, over: Partial<StandingMeasure>): StandingMeasure => ({
  id: id<MeasureId>(uuid(number, 5)),
  type: 'block',
  state: 'active',
  obligations: [],
  surfaces: ['purchase'],
  rules: [],
  policyVersion: null,
  startedAt: at('2026-01-01'),
  until: at('2027-01-01'),
  ...over,
});
const warning = measure(1, { type: 'warning', surfaces: [] });
const elsewhere = measure(2, { surfaces: ['review'] });
const block = measure(3, {});
const theirs = measure(4, {});

function compared(klass: AlikeCustomer['klass'], prepare: (finding: Finding) => void, resembled = other) {
  const measured = new MeasuredTable();
  measured.put({ customer: other, keys: new Uint8Array(0), measures: [theirs] });
  measured.put({ customer: self, keys: new Uint8Array(0), measures: [warning] });
  const finding = new Finding();
  prepare(finding);
  let asked = 0;
  const likenesses = {
    size: 1,
    match: () => {
      asked += 1;
      return [{ customer: resembled, klass }];
    },
    renew: async () => undefined,
  };
  const request = { surface: 'purchase', returnKind: null, now: NOW } as const;
  compare(likenesses, { measured }, { told: {}, hashes: () => [], request }, finding);
  const { likenesses: found, byPhoneAlone } = finding.found();
  return { asked, alike: found.map(({ customer }) => customer), byPhoneAlone };
}

it.each([
  ['nothing', () => undefined, [other]],
  ['a warning', (finding: Finding) => finding.measured(self, [warning], false), [other]],
  ['a block elsewhere', (finding: Finding) => finding.measured(self, [elsewhere], false), [other]],
  ['a block here', (finding: Finding) => finding.measured(self, [block], false), []],
  ['somebody who vouched', (finding: Finding) => finding.vouched(uuid(1, 7), true), []],
] as const)('compares whoever has %s as far as it matters', (_, prepare, alike) => {
  const found = compared('probably_same', prepare);
  expect([found.asked, found.alike]).toEqual([alike.length, alike]);
});

it('says of nobody that they resemble themselves', () => {
  const found = compared('same', (finding) => finding.measured(self, [warning], false), self);
  expect([found.asked, found.alike]).toEqual([1, []]);
});

it.each([[warning], [elsewhere], [block]])(
  'lets a phone that a household shares say nothing, whatever else is known (%#)',
  (own) => {
    const both = (finding: Finding): void => {
      finding.measured(self, [own], false);
      finding.measured(other, [theirs], true);
    };
    expect(compared('household', both).byPhoneAlone).toEqual([]);
    expect(compared('probably_same', both).byPhoneAlone).toEqual([theirs]);
  },
);
