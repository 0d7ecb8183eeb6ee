import { describe, expect, it } from 'vitest';
import { tellsTheStory } from '../../../../test/support/shop-contract.ts';
import { enforcementPoints, shopActKinds } from '../../../core/enforcement/types.ts';
import { obligation } from '../../../core/events/measures.ts';
import { story } from './fixtures/story.ts';
import { shopify } from './platform.ts';
import { readAddress } from './shop-address.ts';

describe('Shopify', () => {
  tellsTheStory(shopify, story);

  it('says of everything how far it does it', () => {
    expect(Object.keys(shopify.abilities).toSorted()).toEqual(
      [...enforcementPoints, ...obligation.options, ...shopActKinds].toSorted(),
    );
  });

  it.each([
    ['ada', 'ada.myshopify.com'],
    [' Ada.MyShopify.com ', 'ada.myshopify.com'],
    ['https://ada.myshopify.com/admin', 'ada.myshopify.com'],
    ['https://admin.shopify.com/store/ada/settings', 'ada.myshopify.com'],
    ['ada.example.com', null],
    ['-ada', null],
    ['', null],
  ])('reads the address %s', (typed, address) => {
    expect(readAddress(typed)).toBe(address);
  });
});
