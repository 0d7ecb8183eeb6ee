import { describe } from 'vitest';
import { tellsTheStory } from '../../../../test/support/shop-contract.ts';
import { story } from './fixtures/story.ts';
import { woocommerce } from './platform.ts';

describe('WooCommerce', () => {
  tellsTheStory(woocommerce, story);
});
