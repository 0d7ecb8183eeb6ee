import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure } from '../harness.ts';
import { link } from './command.ts';

const FILE = join(import.meta.dirname, '../../../shared/data/febrl/dataset2.csv');
const COLUMNS =
  'given=given_name,surname,birth=date_of_birth,national=soc_sec_id,house_number=street_number,address=address_1,city=suburb,postcode,state';

/** Precision and recall on FEBRL 2, whose ids tell who is who; nothing where the file is not. No label is used in linking. */
export async function febrlFigures(folder: string): Promise<readonly Figure[]> {
  if (!existsSync(FILE)) return [];
  const out = join(folder, 'febrl-clusters.csv');
  await link(FILE, '--columns', COLUMNS, '--id', 'rec_id', '--out', out, '--force');
  const rows = (await readFile(out, 'utf8')).trim().split('\n').slice(1);
  const found = new Map<string, string[]>();
  const truth = new Map<string, number>();
  for (const row of rows) {
    const [, id = '', cluster = ''] = row.split(',');
    const person = id.trim().replace(/^rec-(\d+)-.*$/, '$1');
    found.set(cluster, [...(found.get(cluster) ?? []), person]);
    truth.set(person, (truth.get(person) ?? 0) + 1);
  }
  let [right, linked] = [0, 0];
  for (const members of found.values())
    members.forEach((person, place) => {
      linked += place;
      right += members.slice(0, place).filter((other) => other === person).length;
    });
  const pairs = [...truth.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  const group = `Linkage quality on FEBRL 2: ${pairs} true pairs, no labels`;
  return [
    { group, name: 'precision', value: right / linked, unit: 'of pairs in a cluster', goal: { atLeast: 0.999 } },
    { group, name: 'recall', value: right / pairs, unit: 'of true pairs', goal: { atLeast: 0.98 } },
  ];
}
