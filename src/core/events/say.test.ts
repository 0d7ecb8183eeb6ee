import { describe, expect, it } from 'vitest';
import { tell } from '../../../test/support/events.ts';
import { english, languages } from '../../../test/support/languages.ts';
import { sayEvent } from './say.ts';

describe('what happened, in words', () => {
  const given = tell();
  const order = given.order({ order: 'A-1', total: 80_00 });
  given.returned({ order, value: 40_00, reason: 'defect' });
  given.returned({ value: 20_00 });

  it('names the order apart from the sentence, and the amount', () => {
    const said = given.events.map((event) => sayEvent(english, event));
    expect(said[0]).toBe('Order \u2068A-1\u2069 for €80.00');
    expect(said).toContain('Return from order \u2068A-1\u2069, €40.00');
    expect(said).toContain('Return, €20.00');
  });

  it('is said in every language without English in it', () => {
    for (const language of languages.all)
      for (const event of given.events) {
        const said = sayEvent(language, event);
        expect(said).not.toBeNull();
        if (language.code !== 'en') expect(said).not.toMatch(/\b(order|return) /i);
      }
  });
});
