import { expect, test } from 'vitest';
import { oneAfterAnother } from './sentences.ts';

test('sentences are set apart by a space, except after a full stop of full width', () => {
  expect(oneAfterAnother(['One.', 'Two.'])).toBe('One. Two.');
  expect(oneAfterAnother(['一。', '二。'])).toBe('一。二。');
});
