/** A colour as #rrggbb in lower case. */
export type Colour = `#${string}`;

/** What WCAG 2.2 asks of text (1.4.3, level AA) and of parts of the interface (1.4.11). */
export const TEXT_CONTRAST = 4.5;
export const INTERFACE_CONTRAST = 3;

type Channels = readonly [number, number, number];

/** Reads "#2f5fb3"; null for anything else. */
export function readColour(text: string): Colour | null {
  return /^#[0-9a-f]{6}$/i.test(text) ? (text.toLowerCase() as Colour) : null;
}

/** Contrast of two colours, from 1 (the same) to 21 (black and white): WCAG 2.2, "contrast ratio". */
export function contrast(a: Colour, b: Colour): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/**
 * The nearest colour to this one that can be read on all of these backgrounds: the colour itself where it can be, else as little of
 * black (on light ones) or white (on dark ones) mixed in as is needed. Backgrounds must all be light or all be dark.
 */
export function readableOn(colour: Colour, backgrounds: readonly Colour[], ratio: number = TEXT_CONTRAST): Colour {
  const passes = (candidate: Colour) => backgrounds.every((background) => contrast(candidate, background) >= ratio);
  if (passes(colour)) return colour;
  const towards: Colour = backgrounds.every((background) => luminance(background) > 0.18) ? '#000000' : '#ffffff';
  for (let step = 1; step <= STEPS; step += 1) {
    const candidate = mix(colour, towards, step / STEPS);
    if (passes(candidate)) return candidate;
  }
  return towards;
}

const STEPS = 256;

/** Black or white, whichever reads better on a colour: one of them always passes for text. */
export function inkOn(background: Colour): Colour {
  return contrast('#000000', background) >= contrast('#ffffff', background) ? '#000000' : '#ffffff';
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const [a, b] = [channels(from), channels(to)];
  const mixed = a.map((value, index) => Math.round(value + ((b[index] ?? value) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance, 0–1: WCAG 2.2, from sRGB. */
function luminance(colour: Colour): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function channels(colour: Colour): Channels {
  const at = (start: number) => Number.parseInt(colour.slice(start, start + 2), 16);
  return [at(1), at(3), at(5)];
}
