import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { defaultModel } from './defaults.ts';
import { GrowingTable } from './growing.ts';
import { prepareMeasured } from './measured.ts';
import { comparisonsOf } from './plan.ts';
import { dice, people, type Row } from './testing/people.ts';
import type { MeasuredIndex, Profile } from './types.ts';

const NOTHING_LEARNT = null;
const READING = { region: 'NL', dates: null };

function profile({ given, surname, birth, email, phone, address, postcode, city }: Row, id: string): Profile {
  const told = { given, surname, birth, email, phone, address, postcode, city };
  return {
    id,
    values: Object.entries(told).map(([role, text]) => ({ role: role as keyof typeof told, text })),
  };
}

const rows = people(300, 11);
const profiles = rows.map((row, place) => profile(row, String(place)));
const measured = profiles.filter((_, place) => place % 2 === 0);
const others = profiles.filter((_, place) => place % 2 === 1);

function answers(index: MeasuredIndex): string[] {
  return others.map((other) => {
    const match = index.match(other);
    return match === null ? '-' : `${match.id} ${match.explanation.kind} ${match.explanation.bits.toFixed(4)}`;
  });
}

describe('measured customers in memory', () => {
  const index = prepareMeasured(measured, NOTHING_LEARNT, READING);

  it('are found by who they are, and by nobody else', () => {
    let [right, wrong] = [0, 0];
    for (const other of others) {
      const match = index.match(other);
      if (match === null || match.explanation.kind === 'household') continue;
      if (rows[Number(match.id)]?.person === rows[Number(other.id)]?.person) right += 1;
      else wrong += 1;
    }
    expect(right).toBeGreaterThan(30);
    expect(wrong).toBe(0);
  });

  it('are not changed by who asks', () => {
    const before = answers(index);
    expect(answers(index)).toEqual(before);
    expect(index.size).toBe(measured.length);
  });

  describe('who come back under another e-mail address', () => {
    const jan = {
      name: 'Jan Kowalski',
      email: 'jan.kowalski@wp.example',
      phone: '+48501234567',
      address: 'ul. Długa 5/3',
      postcode: '00-238',
      city: 'Warszawa',
    };
    const anew = { email: 'nowy.adres@mail.example', phone: '+48600111222' };
    const asProfile = (told: object, id = ''): Profile => ({
      id,
      values: Object.entries(told).map(([role, text]) => ({ role: role as 'name', text: String(text) })),
    });
    const alone = prepareMeasured([asProfile(jan, 'jan')], NOTHING_LEARNT, READING);
    // A shop in which hardly anybody has two addresses or phones: what it learnt must not speak for those who got new ones.
    const learnt = defaultModel({
      comparisons: unwrap(comparisonsOf(new GrowingTable(READING))),
    });
    const loyal = {
      ...learnt,
      comparisons: learnt.comparisons.map((one) =>
        one.name === 'email' || one.name === 'phone'
          ? { ...one, levels: one.levels.map((level, place) => ({ ...level, same: place === 0 ? 0.002 : level.same })) }
          : one,
      ),
    };
    const ofLoyal = prepareMeasured([asProfile(jan, 'jan')], loyal, READING);

    it.each([
      ['another e-mail address', { ...jan, email: anew.email }, 'probably_same'],
      ['another e-mail address and another phone', { ...jan, ...anew }, 'probably_same'],
      ['another given name as well', { ...jan, ...anew, name: 'Piotr Kowalski' }, 'household'],
      [
        'another home as well',
        { ...jan, ...anew, address: 'ul. Polna 8', postcode: '31-002', city: 'Kraków' },
        undefined,
      ],
      ['the flat next door as well', { ...jan, ...anew, address: 'ul. Długa 5/9' }, undefined],
      ['the same home, written otherwise', { ...jan, ...anew, address: 'Ulica Dluga 5 m. 3' }, 'probably_same'],
      ['another surname as well', { ...jan, email: anew.email, name: 'Jan Nowak' }, undefined],
    ] as const)('are known again or not: %s', (_, told, kind) => {
      expect(alone.match(asProfile(told))?.explanation.kind).toBe(kind);
      expect(ofLoyal.match(asProfile(told))?.explanation.kind).toBe(kind);
    });

    it.each([
      ['J. Kowalski', undefined],
      ['J.P. Kowalski', undefined],
      ['Mrs. de Vries', undefined],
      ['van der Berg', undefined],
      ['Fam. Kowalski', undefined],
      ['Jo Kowalski', 'probably_same'],
      ['Jan P. Kowalski', 'probably_same'],
    ] as const)(
      'are not taken for who shares their home and no more of their name than the surname and initials: %s',
      (name, kind) => {
        const bound = { ...jan, name };
        for (const model of [NOTHING_LEARNT, loyal])
          expect(
            prepareMeasured([asProfile(bound, 'bound')], model, READING).match(asProfile({ ...bound, ...anew }))
              ?.explanation.kind,
          ).toBe(kind);
      },
    );

    it('are told so: what differs weighs nothing', () => {
      const bits = new Map(
        alone.match(asProfile({ ...jan, ...anew }))?.explanation.fields.map((one) => [one.name, one.bits]),
      );
      expect([bits.get('email'), bits.get('phone')]).toEqual([0, 0]);
    });
  });

  it('do not find themselves', () => {
    const [first] = measured;
    expect(first).toBeDefined();
    if (first !== undefined) expect(index.match(first)?.id).not.toBe(first.id);
  });

  it('come best first, as many as asked for, and without those passed over', () => {
    const asked = others.find((other) => index.matches(other, 5).length > 1);
    expect(asked).toBeDefined();
    if (asked === undefined) return;
    const found = index.matches(asked, 5);
    const rank = found.map(({ explanation: { kind, bits } }) => (kind === 'household' ? -1e6 : 0) + bits);
    expect(rank).toEqual([...rank].sort((a, b) => b - a));
    expect(index.matches(asked, 1)).toEqual(found.slice(0, 1));
    const passed = index.matches(asked, 5, (id) => id === found[0]?.id);
    expect(passed.map(({ id }) => id)).toEqual(found.slice(1).map(({ id }) => id));
  });

  it('answer the same however they came to be there', () => {
    const roll = dice(5);
    const grown = prepareMeasured([], NOTHING_LEARNT, READING);
    for (let turn = 0; turn < 12; turn += 1) {
      for (const one of measured) grown.add(one);
      for (const other of others) grown.add(other);
      for (const one of measured) if (roll(2) === 0) grown.remove(one.id);
      for (const other of others) grown.remove(other.id);
    }
    for (const one of measured) grown.add(one);
    expect(grown.size).toBe(measured.length);
    expect(answers(grown)).toEqual(answers(index));
  });

  it('take new values in place of old ones', () => {
    const own = prepareMeasured(measured.slice(0, 1), NOTHING_LEARNT, READING);
    const [one, other] = [measured[0], others.at(-1)];
    if (one === undefined || other === undefined) throw new Error('There are too few people');
    own.add({ ...other, id: one.id });
    expect(own.size).toBe(1);
    expect(own.match({ ...one, id: 'new' })).toBeNull();
    expect(own.match({ ...other, id: 'new' })?.id).toBe(one.id);
  });

  it('bear any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    const roles = ['name', 'given', 'email', 'phone', 'birth', 'address', 'postcode', 'card', 'national'] as const;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...roles), text), { maxLength: 12 }), (values) => {
        const hostile = { id: 'x', values: values.map(([role, written]) => ({ role, text: written })) };
        index.match(hostile);
        index.add(hostile);
        index.remove('x');
      }),
    );
    expect(index.size).toBe(measured.length);
  });
});
