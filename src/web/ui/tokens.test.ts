import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio, WCAG 2.2: 1 to 21. */
function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const GROUNDS = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected'];
const MEANINGS = ['good', 'watch', 'restrict', 'block'];

/** Text needs 4.5 : 1; edges of controls, shapes and the focus ring need 3 : 1 (WCAG 1.4.3, 1.4.11). */
const PAIRS: [ink: string, ground: string, least: number][] = [
  ...['ink', 'muted', 'faint', 'accent', 'accent-strong', ...MEANINGS].flatMap((ink) =>
    GROUNDS.map((ground): [string, string, number] => [ink, ground, 4.5]),
  ),
  ...MEANINGS.map((meaning): [string, string, number] => [meaning, `${meaning}-soft`, 4.5]),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ['on-block', 'block', 4.5],
  ['ink', 'accent-soft', 4.5],
  ...['canvas', 'surface', 'raised'].map((ground): [string, string, number] => ['edge', ground, 3]),
];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  it.each(PAIRS)('%s on %s reaches %d', (ink, ground, least) => {
    const [front, back] = [tokens.get(ink), tokens.get(ground)];
    if (!front || !back) throw new Error(`tokens.css has no ${front ? ground : ink}`);
    expect(contrast(front[theme], back[theme])).toBeGreaterThanOrEqual(least);
  });
});

it('gives the four meanings different colours in each theme', () => {
  for (const theme of ['light', 'dark'] as const) {
    expect(new Set(MEANINGS.map((meaning) => tokens.get(meaning)?.[theme])).size).toBe(MEANINGS.length);
  }
});
