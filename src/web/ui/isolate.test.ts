import { describe, expect, it } from 'vitest';
import { apart, isolate } from './isolate.ts';

describe('apart', () => {
  it.each(['Marta', 'O-4711/22', '+31 6 12345678', 'marta@example.org', '62%', '€ 12,50'])(
    'sets %s apart from a language that is written from the right',
    (text) => {
      expect(apart(text, 'rtl')).toBe(isolate(text));
      expect(apart(text, 'ltr')).toBe(text);
    },
  );

  it.each(['דנה לוי', '20 בפבר׳ 2027', 'O-1 של דנה'])(
    'sets %s apart from a language that is written from the left',
    (text) => {
      expect(apart(text, 'ltr')).toBe(isolate(text));
    },
  );

  it('leaves alone what cannot go wrong', () => {
    expect(apart('דנה לוי', 'rtl')).toBe('דנה לוי');
    expect(apart('12', 'rtl')).toBe('12');
    expect(apart('', 'rtl')).toBe('');
  });
});
