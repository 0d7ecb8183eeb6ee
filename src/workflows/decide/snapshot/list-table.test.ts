import { expect, it } from 'vitest';
import { KEY_WORDS, readKey } from '../../../core/shared/key-table.ts';
import { instant } from '../../../core/shared/time.ts';
import { ListTable } from './list-table.ts';

const LATER = instant(2);

it('finds an entry that was put behind many networks', () => {
  const lists = new ListTable();
  for (let network = 0; network < 1_000; network += 1)
    lists.put({
      id: `network-${network}`,
      list: 'deny',
      type: 'ip',
      hash: Buffer.alloc(32),
      network: `10.${network >> 8}.${network & 255}.0/24`,
      answer: 'review',
      until: LATER,
    });
  const hashes = [1, 2, 3].map((byte) => Buffer.alloc(32, byte));
  for (const [at, hash] of hashes.entries())
    lists.put({ id: `email-${at}`, list: 'deny', type: 'email', hash, network: null, answer: 'review', until: LATER });
  const key = new Int32Array(KEY_WORDS);
  for (const [at, hash] of hashes.entries()) {
    readKey(hash, key, 0);
    expect(lists.find(key, 0, instant(1))?.id).toBe(`email-${at}`);
  }
  readKey(Buffer.alloc(32), key, 0);
  expect(lists.find(key, 0, instant(1))).toBeNull();
});
