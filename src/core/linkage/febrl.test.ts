import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { linkTable } from './link.ts';
import { planFor } from './plan.ts';
import { startTable } from './table.ts';
import { clusterQuality, qualityOf } from './testing/people.ts';
import type { Field } from './types.ts';

const FILE = '../shared/data/febrl/dataset2.csv';
const there = existsSync(FILE);

const FIELDS: readonly Field[] = [
  { role: 'given', name: 'given_name' },
  { role: 'surname', name: 'surname' },
  { role: 'house_number', name: 'street_number' },
  { role: 'address', name: 'address_1' },
  { role: 'other', name: 'address_2' },
  { role: 'city', name: 'suburb' },
  { role: 'postcode', name: 'postcode' },
  { role: 'state', name: 'state' },
  { role: 'birth', name: 'date_of_birth' },
  { role: 'national', name: 'soc_sec_id' },
];

describe.skipIf(!there)(`FEBRL 2, which nothing is tuned on${there ? '' : ` (skipped: no ${FILE})`}`, () => {
  const lines = there ? readFileSync(FILE, 'utf8').trim().split('\n').slice(1) : [];
  const values = lines.map((line) => line.split(',').map((value) => value.trim()));
  const persons = values.map(([id = '']) => id.split('-')[1] ?? '');
  const link = (fields: readonly Field[]): ReturnType<typeof linkTable> => {
    const builder = startTable(fields, { region: 'AU', dates: null });
    for (const row of values) builder.add(fields.map((field) => row[FIELDS.indexOf(field) + 1]));
    const table = builder.finish();
    return linkTable(table, unwrap(planFor(table)));
  };

  it('is linked without labels: precision at least 0.999, recall at least 0.98, as pairs and as clusters', () => {
    const { links, clusters } = link(FIELDS);
    const pairs = qualityOf(persons, links);
    expect(pairs.truth).toBe(1934);
    expect(pairs.precision).toBeGreaterThanOrEqual(0.999);
    expect(pairs.recall).toBeGreaterThanOrEqual(0.98);
    const whole = clusterQuality(persons, clusters.cluster);
    expect(whole.precision).toBeGreaterThanOrEqual(0.999);
    expect(whole.recall).toBeGreaterThanOrEqual(0.98);
  });

  it.each(['soc_sec_id', 'date_of_birth', 'given_name', 'surname'])('stays as precise without %s', (left) => {
    const { links, clusters } = link(FIELDS.filter(({ name }) => name !== left));
    expect(qualityOf(persons, links).precision).toBeGreaterThanOrEqual(0.999);
    expect(clusterQuality(persons, clusters.cluster).precision).toBeGreaterThanOrEqual(0.999);
  });
});
