import { type Colour, inkOn, readableOn } from '../core/shared/contrast.ts';

export { type Colour, readColour } from '../core/shared/contrast.ts';

/** What the accent is read against, in both schemes; the same as in the portal's style. */
const LIGHT: readonly Colour[] = ['#ffffff', '#fbfbfa', '#f3f4f2'];
const DARK: readonly Colour[] = ['#15171a', '#1c1f23', '#23272c'];

/** Our own accent, for shops that set none. */
export const OWN_ACCENT: Colour = '#2f5fb3';

/** A shop's colour as it is used: the nearest readable one in each scheme, and what is written on it. */
export interface Theme {
  readonly light: Colour;
  readonly onLight: Colour;
  readonly dark: Colour;
  readonly onDark: Colour;
}

/** What customers see of a shop's colour; the console shows the same before it is saved. */
export function themeOf(accent: Colour | null): Theme {
  const light = readableOn(accent ?? OWN_ACCENT, LIGHT);
  const dark = readableOn(accent ?? OWN_ACCENT, DARK);
  return { light, onLight: inkOn(light), dark, onDark: inkOn(dark) };
}
