import { type Colour, inkOn, readableOn, readColour } from '../shared/contrast.ts';

/** How a message looks: the shop's name, and its colour for light and for dark pages with what is written on it. */
export interface Look {
  readonly shopName: string;
  readonly light: Colour;
  readonly onLight: Colour;
  readonly dark: Colour;
  readonly onDark: Colour;
}

/** What messages stand on. */
export const PAGE = { light: '#f6f6f8', dark: '#131419' } as const satisfies Record<string, Colour>;
export const CARD = { light: '#ffffff', dark: '#1c1d24' } as const satisfies Record<string, Colour>;

/** Our own accent, for shops that set none. */
const OWN: Colour = '#2f5fb3';

/** The look of a shop's messages. Whatever colour it chose, what is written in it or on it can be read. */
export function lookOf(shopName: string, accent: string | null): Look {
  const chosen = (accent === null ? null : readColour(accent)) ?? OWN;
  const light = readableOn(chosen, [CARD.light, PAGE.light]);
  const dark = readableOn(chosen, [CARD.dark, PAGE.dark]);
  return { shopName, light, onLight: inkOn(light), dark, onDark: inkOn(dark) };
}
