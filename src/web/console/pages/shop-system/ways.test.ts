import { describe, expect, it } from 'vitest';
import type { Platform } from './types.ts';
import { fieldsLater, waysInto } from './ways.ts';

const text = (name: string, required = false) => ({ name, kind: 'text' as const, required });
const shopify: Platform = {
  name: 'shopify',
  fields: [text('clientId'), text('clientSecret', true), text('accessToken'), text('signIn'), text('oldClientSecret')],
  signsIn: true,
  abilities: [],
};
const namesOf = (fields: readonly { name: string; required: boolean }[]) =>
  fields.map(({ name, required }) => `${name}${required ? '!' : ''}`);

describe('the ways into a platform', () => {
  it('are three at Shopify, each with all that it needs', () => {
    expect(waysInto(shopify).map(({ name, fields, extra }) => [name, namesOf(fields), extra])).toEqual([
      ['app', ['clientId!', 'clientSecret!'], {}],
      ['signIn', ['clientId!', 'clientSecret!'], { signIn: 'yes' }],
      ['token', ['accessToken!', 'clientSecret!'], {}],
    ]);
    expect(waysInto({ ...shopify, signsIn: false }).map(({ name }) => name)).toEqual(['app', 'token']);
  });

  it('are one elsewhere, with the platform’s own fields', () => {
    const [way, ...others] = waysInto({ name: 'medusa', fields: [text('secretKey', true)], signsIn: false });
    expect(namesOf(way?.fields ?? [])).toEqual(['secretKey!']);
    expect(others).toEqual([]);
  });

  it('ask for nothing when credentials are changed later: what is left empty stays', () => {
    expect(namesOf(fieldsLater(shopify))).toEqual(['clientId', 'clientSecret', 'accessToken', 'oldClientSecret']);
  });
});
