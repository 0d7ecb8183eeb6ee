import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { at, uuid } from '../../../../test/support/events.ts';
import { createVault } from '../../../adapters/vault/vault.ts';
import { decide } from '../../../core/decisions/decide.ts';
import type { Outcome, StandingMeasure } from '../../../core/decisions/types.ts';
import { normaliseNameAddress } from '../../../core/lists/name-address.ts';
import type { EntryType } from '../../../core/lists/types.ts';
import { type CustomerId, id, type MeasureId, type ShopId } from '../../../core/shared/brand.ts';
import type { Shop } from '../../../ports.ts';
import type { DecisionWish } from '../types.ts';
import { Asked } from './asked.ts';
import { Finding } from './found.ts';
import { Snapshot } from './snapshot.ts';

const NOW = at('2026-06-01T12:00:00Z');
const shop = { id: id<ShopId>(uuid(1)), jurisdictions: ['NL'], timeZone: 'Europe/Amsterdam' } as unknown as Shop;
const vault = createVault(createHash('sha256').update('a test').digest());
const BOB = { email: 'bob@example.org' };
const ANN = { email: 'ann@example.org', phone: '+31201234567' };

const measure = (number: number, type: StandingMeasure['type']): StandingMeasure => ({
  id: id<MeasureId>(uuid(number)),
  type,
  state: 'active',
  obligations: [],
  surfaces: type === 'block' ? ['purchase'] : [],
  rules: [],
  policyVersion: null,
  startedAt: at('2026-01-01'),
  until: at('2027-01-01'),
});
const hashOf = (type: 'email' | 'phone', value: string) => vault.identifierHash(shop.id, type, value);

let snapshot: Snapshot;
const knows = (number: number, who: { email: string; phone?: string }, measures: readonly StandingMeasure[]) =>
  snapshot.measured.put({
    customer: id<CustomerId>(uuid(number)),
    keys: Buffer.concat([hashOf('email', who.email), ...(who.phone ? [hashOf('phone', who.phone)] : [])]),
    measures,
  });
const vouchesFor = (type: EntryType & ('email' | 'phone'), value: string) =>
  snapshot.lists.put({
    id: uuid(90),
    list: 'allow',
    type,
    hash: hashOf(type, value),
    answer: null,
    until: at('2027-01-01'),
    network: null,
  });
function answers(customer: DecisionWish['customer']): Outcome {
  const asked = new Asked(vault);
  if (asked.read(shop, customer) !== null) throw new Error('The request names nobody');
  const finding = new Finding();
  snapshot.find(asked, shop, { surface: 'purchase', customer }, NOW, finding);
  return decide({ surface: 'purchase', returnKind: null, now: NOW }, finding.found()).outcome;
}
beforeEach(() => {
  snapshot = new Snapshot();
});

describe('whoever vouched for somebody', () => {
  it('did not vouch for those who only give the same phone', () => {
    knows(10, BOB, [measure(20, 'block')]);
    knows(11, ANN, [measure(21, 'warning')]);
    vouchesFor('email', ANN.email);
    expect(answers(BOB)).toBe('deny');
    expect(answers({ ...BOB, phone: ANN.phone })).toBe('deny');
    expect(answers(ANN)).toBe('allow');
  });

  it('by their phone let through whom nothing else speaks against, and not one who is blocked otherwise', () => {
    knows(10, BOB, [measure(20, 'block')]);
    vouchesFor('phone', ANN.phone);
    expect(answers({ ...BOB, phone: ANN.phone })).toBe('deny');
    expect(answers({ phone: ANN.phone })).toBe('allow');
  });

  it('keeps a measure of theirs from holding others on the same phone', () => {
    knows(11, ANN, [measure(21, 'block')]);
    expect(answers({ email: 'cleo@example.org', phone: ANN.phone })).toBe('review');
    vouchesFor('email', ANN.email);
    expect(answers({ email: 'cleo@example.org', phone: ANN.phone })).toBe('allow');
    expect(answers(ANN)).toBe('allow');
  });

  it('on a name and a door lets nobody through: anybody can write those', () => {
    const home = {
      name: 'Bob Smith',
      address: { street: '12 Main St', postcode: '10001', city: 'New York', country: 'US' },
    };
    knows(10, BOB, [measure(20, 'block')]);
    const normal = normaliseNameAddress({ name: home.name, ...home.address }) ?? expect.unreachable();
    snapshot.lists.put({
      id: uuid(91),
      list: 'allow',
      type: 'name_address',
      hash: vault.identifierHash(shop.id, 'name_address', normal),
      answer: null,
      until: at('2027-01-01'),
      network: null,
    });
    expect(answers({ ...BOB, ...home })).toBe('deny');
  });
});
