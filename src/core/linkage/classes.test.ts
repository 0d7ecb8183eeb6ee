import { describe, expect, it } from 'vitest';
import { prepareMeasured } from './measured.ts';
import type { Match, Profile, ProfileValue } from './types.ts';

type Told = Partial<Record<ProfileValue['role'], string>>;

function profile(id: string, told: Told): Profile {
  return { id, values: Object.entries(told).map(([role, text]) => ({ role: role as ProfileValue['role'], text })) };
}

const jan: Told = {
  name: 'Jan Brzęczyszczykiewicz',
  birth: '1962-03-14',
  email: 'jan.brz@wp.example',
  phone: '+48601234567',
  address: 'ul. Długa 7 m. 4',
  postcode: '30-001',
  city: 'Kraków',
};

function meets(one: Told, other: Told): Match | null {
  return prepareMeasured([profile('measured', one)], null, { region: 'PL', dates: null }).match(profile('new', other));
}

const kind = (one: Told, other: Told): string => meets(one, other)?.explanation.kind ?? 'unlike';

describe('by the shipped weights', () => {
  it('who comes back with a new e-mail address alone is the same, by the phone number', () => {
    expect(kind(jan, { ...jan, email: 'new.me@onet.example' })).toBe('same');
  });

  it('who comes back with new address and number is probably the same', () => {
    expect(kind(jan, { ...jan, email: 'new.me@onet.example', phone: '+48699111222' })).toBe('probably_same');
  });

  it('an e-mail address makes the same for sure only when it is verified on both sides', () => {
    const again = { ...jan, phone: '+48699111222' };
    expect(kind(jan, again)).toBe('probably_same');
    expect(kind({ ...jan, email_verified: '1' }, again)).toBe('probably_same');
    expect(kind({ ...jan, email_verified: '1' }, { ...again, email_verified: 'true' })).toBe('same');
  });

  it.each([
    ['with lookalike letters', { name: 'J\u0430n Brz\u0119czyszczykiewicz' }],
    ['with invisible characters', { name: 'Jan\u200b Brzę\u2060czyszczykiewicz\u202e' }],
    ['decomposed', { name: 'Jan Brzęczyszczykiewicz'.normalize('NFD'), city: 'Krako\u0301w' }],
    ['the other way round', { name: 'Brzęczyszczykiewicz, Jan' }],
    ['without accents', { name: 'JAN BRZECZYSZCZYKIEWICZ', address: 'Dluga 7/4' }],
  ])('a name written %s is the same name', (_, change) => {
    const match = meets(jan, { ...jan, ...change, email: 'new.me@onet.example', phone: '+48699111222' });
    expect(match?.explanation.kind).toBe('probably_same');
    expect(match?.explanation.fields.find(({ name }) => name === 'surname')?.level).toBe('equal');
  });

  it.each([
    ['sister', { name: 'Ewa Brzęczyszczykiewicz', birth: '1964-07-01', email: 'ewa@wp.example' }],
    ['twin', { name: 'Piotr Brzęczyszczykiewicz', email: 'piotr@wp.example' }],
    ['son of the same name', { birth: '1990-11-30', email: 'jan.jr@wp.example' }],
    ['wife with a name of her own', { name: 'Barbara Nowak', birth: '1963-01-01', email: 'basia@wp.example' }],
    ['daughter who uses his e-mail address too', { name: 'Ola Brzęczyszczykiewicz', birth: '1999-05-05' }],
  ])('a %s at his address and phone is a household, never him', (_, change) => {
    expect(kind(jan, { ...jan, ...change })).toBe('household');
  });

  it('a stranger of the same name elsewhere is unlike', () => {
    expect(
      kind(jan, {
        name: jan.name ?? '',
        birth: '1985-02-02',
        email: 'other@x.example',
        city: 'Gdańsk',
        postcode: '80-001',
      }),
    ).toBe('unlike');
  });

  it('a phone number alone, with no name, is not the same for sure', () => {
    expect(kind({ phone: '+48601234567' }, { phone: '+48601234567' })).not.toBe('same');
  });
});
