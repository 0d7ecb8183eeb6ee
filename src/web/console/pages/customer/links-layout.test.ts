import { describe, expect, it } from 'vitest';
import type { LinkedAccount, LinkedAccounts } from '../../../../contracts/links.ts';
import { layOut, linkIs, moved } from './links-layout.ts';

const account = (id: string, over: Partial<LinkedAccount> = {}): LinkedAccount => ({
  id,
  name: id,
  externalId: null,
  standing: 'good',
  bound: false,
  email: null,
  phone: null,
  address: null,
  birthYear: null,
  orders: 1,
  returns: 0,
  firstAt: '2026-01-01T00:00:00.000Z',
  lastAt: '2026-01-01T00:00:00.000Z',
  klass: 'household',
  likelihood: 0.1,
  fields: [],
  state: null,
  confirm: 'nobody',
  change: 'acting',
  ...over,
});

describe('the drawing', () => {
  const links: LinkedAccounts = {
    accounts: [
      account('evader', { klass: 'probably_same', likelihood: 0.98 }),
      account('sister'),
      account('old', { state: 'confirmed' }),
    ],
    shared: [
      { kind: 'phone', text: '+31', customers: 3, accounts: ['evader', 'sister'] },
      { kind: 'address', text: null, customers: 2, accounts: ['sister', 'not shown'] },
    ],
  };
  const layout = layOut(links);

  it('stands everything in rows, the customer in the middle', () => {
    expect([layout.rows, layout.own]).toEqual([3, 1.5]);
    expect(layout.accounts.map(({ y }) => y)).toEqual([0.5, 1.5, 2.5]);
    expect(layout.shared.map(({ y }) => y)).toEqual([1, 2]);
  });

  it('joins accounts over what is shared, and those that share nothing now directly', () => {
    expect(layout.edges).toHaveLength(6);
    expect(layout.edges.at(-1)).toMatchObject({ key: 'own old', width: 6, dashed: false });
  });

  it('draws likelier ones thicker and a home broken', () => {
    const [evader, sister] = ['evader', 'sister'].map((id) => layout.edges.find(({ key }) => key.endsWith(id)));
    expect(evader?.dashed).toBe(false);
    expect(evader?.width).toBeGreaterThan(4);
    expect(sister).toMatchObject({ dashed: true, width: 1.5 });
  });
});

it('takes the word of staff before what comparing says', () => {
  expect(linkIs({ state: 'split', klass: 'probably_same' })).toBe('split');
  expect(linkIs({ state: 'found', klass: 'household' })).toBe('household');
  expect(linkIs({ state: null, klass: null })).toBe('unknown');
});

it('moves the focus in reading order and stays at the ends', () => {
  expect([
    moved(0, 3, 'next'),
    moved(2, 3, 'next'),
    moved(0, 3, 'previous'),
    moved(1, 3, 'first'),
    moved(1, 3, 'last'),
  ]).toEqual([1, 2, 0, 0, 2]);
});
