import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Colour, contrast, INTERFACE_CONTRAST, inkOn, readableOn, readColour, TEXT_CONTRAST } from './contrast.ts';

const anyColour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value): Colour => `#${value.toString(16).padStart(6, '0')}`);

const LIGHT: readonly Colour[] = ['#fbfbfa', '#ffffff'];
const DARK: readonly Colour[] = ['#15171a', '#1c1f23'];

describe('contrast', () => {
  it('gives the ratios that WCAG names', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#2f5fb3', '#2f5fb3')).toBe(1);
  });

  it('reads colours and nothing else', () => {
    expect(readColour('#2F5FB3')).toBe('#2f5fb3');
    for (const text of ['2f5fb3', '#fff', 'red', '#2f5fb3;}', '#2f5fb3ff', '']) expect(readColour(text)).toBeNull();
  });

  it('makes any colour readable as text, on light and on dark, and text on it as well', () => {
    fc.assert(
      fc.property(anyColour, fc.constantFrom(LIGHT, DARK), (colour, backgrounds) => {
        const readable = readableOn(colour, backgrounds);
        for (const background of backgrounds) {
          expect(contrast(readable, background)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
          expect(contrast(readable, background)).toBeGreaterThanOrEqual(INTERFACE_CONTRAST);
        }
        expect(contrast(inkOn(readable), readable)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves a colour that can be read as it is, and changes no other more than it must', () => {
    expect(readableOn('#1a3d7c', LIGHT)).toBe('#1a3d7c');
    fc.assert(
      fc.property(anyColour, (colour) => {
        const text = readableOn(colour, LIGHT);
        const part = readableOn(colour, LIGHT, INTERFACE_CONTRAST);
        expect(contrast(part, '#ffffff')).toBeLessThanOrEqual(contrast(text, '#ffffff') + 1e-9);
        if (text !== colour) expect(contrast(text, '#fbfbfa')).toBeLessThan(TEXT_CONTRAST + 0.2);
      }),
    );
  });
});
