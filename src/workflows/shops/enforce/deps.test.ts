import { describe, expect, it } from 'vitest';
import { whoAt } from './deps.ts';

describe('how somebody is known at a platform', () => {
  const email = 'ada@example.org';

  it('is by the number there', () => {
    expect(whoAt({ numberPrefix: '' }, { externalId: '17', email })).toEqual({ externalId: '17', email });
    expect(whoAt({ numberPrefix: 'vendure:' }, { externalId: 'vendure:17' })).toEqual({
      externalId: '17',
      email: null,
    });
  });

  it('is never by a number of another system', () => {
    expect(whoAt({ numberPrefix: 'vendure:' }, { externalId: '17', email })).toEqual({ externalId: null, email });
    for (const externalId of ['vendure:17', 'shopify-2:17'])
      expect(whoAt({ numberPrefix: '' }, { externalId, email })).toEqual({ externalId: null, email });
    expect(whoAt({ numberPrefix: '' }, { externalId: 'NL:17' })).toEqual({ externalId: 'NL:17', email: null });
  });
});
