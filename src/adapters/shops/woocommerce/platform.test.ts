import { describe, expect, it } from 'vitest';
import words from '../../../../languages/en/words/woocommerce.json' with { type: 'json' };
import { tellsTheStory } from '../../../../test/support/shop-contract.ts';
import { story } from './fixtures/story.ts';
import { woocommerce } from './platform.ts';

describe('WooCommerce', () => {
  tellsTheStory(woocommerce, story);

  it('has words for everything it notes', () => {
    for (const [ability, { note }] of Object.entries(woocommerce.abilities))
      if (note !== null) expect(Object.keys(words.notes), ability).toContain(note);
  });
});
