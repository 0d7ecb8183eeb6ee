import { expect, it } from 'vitest';
import { doesLongOf } from './types.ts';

it('says of an allow entry only what it does: on what is one person’s, on what several share, and on a name that anybody can write', () => {
  const said = (['email', 'external', 'phone', 'email_domain', 'ip', 'device', 'name_address'] as const).map((type) =>
    doesLongOf({ type, answer: null }),
  );
  expect(said).toEqual(['allow', 'allow', 'allow', 'allowShared', 'allowShared', 'allowShared', 'allowName']);
  expect(doesLongOf({ type: 'device', answer: 'review' })).toBe('review');
});
