import type { Customer, Order } from '@vendure/core';
import { expect, it } from 'vitest';
import { homeData } from '../src/snapshot.ts';

const ada = { firstName: 'Ada', lastName: 'Story' } as Customer;
const singel = {
  fullName: 'Ada Story',
  streetLine1: 'Singel 4',
  streetLine2: '',
  city: 'Amsterdam',
  countryCode: 'NL',
};
const friends = { ...singel, fullName: 'Bea Bakker', streetLine1: 'Domplein 2' };
const home = { line1: 'Singel 4', line2: '', postcode: null, city: 'Amsterdam', country: 'NL' };
const homeOf = (billingAddress: Order['billingAddress'], shippingAddress: Order['shippingAddress'], customer = ada) =>
  homeData({ billingAddress, shippingAddress, customer });

it('tells where the bill goes', () => {
  expect(homeOf(singel, friends)).toEqual(home);
  expect(homeOf({ ...singel, fullName: '' }, friends)).toEqual(home);
});

it('tells where a parcel goes only if it bears the customer’s own name', () => {
  expect(homeOf({}, { ...singel, fullName: ' ADÁ  Story ' })).toEqual(home);
  expect(homeOf({}, friends)).toBeNull();
  expect(homeOf({}, { ...singel, fullName: '' })).toBeNull();
  expect(homeOf({}, { ...singel, fullName: '' }, { firstName: '', lastName: '' } as Customer)).toBeNull();
  expect(homeOf({}, {})).toBeNull();
});
