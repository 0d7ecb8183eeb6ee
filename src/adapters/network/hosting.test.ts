import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOSTING_PROVIDERS } from '../../core/network/hosting-providers.ts';
import { NETWORK_FILES, openNetworks } from './hosting.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenhand-networks-'));
});
afterAll(() => rm(folder, { recursive: true }));

const throwing = (message: string): never => {
  throw new Error(message);
};

test('nothing is known until the data is there, and asking fetches it', async () => {
  await writeFile(
    join(folder, NETWORK_FILES[0]),
    '16777216,16777471,65001,"Example, Hosting"\n16777472,16777727,65002,Example Telecom\n',
  );
  await writeFile(join(folder, NETWORK_FILES[1]), '2001:db8::,2001:db8::ffff,65001,"Example, Hosting"\n');
  const networks = openNetworks({ folder, onTrouble: throwing });
  expect(networks.hosting('1.0.0.7')).toBeNull();
  await networks.load();
  expect(['1.0.0.7', '1.0.1.7', '2001:db8::7', '::ffff:1.0.0.7', 'nobody'].map(networks.hosting)).toEqual([
    true,
    false,
    true,
    true,
    null,
  ]);
});

test.each([
  ['absent', undefined],
  ['empty', ''],
  ['of something else', 'a,b,c,d\n'],
])('with files that are %s it says so once and knows nothing', async (_, content) => {
  const bad = join(folder, 'bad');
  await rm(bad, { recursive: true, force: true });
  const said: string[] = [];
  if (content !== undefined) {
    const { mkdir } = await import('node:fs/promises');
    await mkdir(bad);
    for (const file of NETWORK_FILES) await writeFile(join(bad, file), content);
  }
  const networks = openNetworks({ folder: bad, onTrouble: (message) => void said.push(message) });
  await networks.load();
  await networks.load();
  expect(networks.hosting('1.0.0.7')).toBeNull();
  expect(said).toEqual([expect.stringMatching(/^The networks of hosting providers are not known: .*bad/)]);
});

test('the data that comes along knows every provider of the list by its name', async () => {
  const names = new Map<number, string>();
  for (const file of NETWORK_FILES) {
    const path = fileURLToPath(import.meta.resolve(`@ip-location-db/asn/${file}`));
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const [, , asn, ...name] = line.split(',');
      if (!names.has(Number(asn))) names.set(Number(asn), name.join(',').replace(/^"|"$/g, '').replaceAll('""', '"'));
    }
  }
  expect(HOSTING_PROVIDERS.filter(([asn, name]) => names.get(asn) !== name)).toEqual([]);
});

test('the data that comes along tells hosting from homes', async () => {
  const networks = openNetworks({ onTrouble: throwing });
  await networks.load();
  const known = { '5.9.1.1': true, '2a01:4f8::1': true, '84.80.1.1': false, '1.1.1.1': false, '127.0.0.1': false };
  expect(Object.keys(known).map((ip) => [ip, networks.hosting(ip)])).toEqual(Object.entries(known));
});
