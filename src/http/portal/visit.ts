import type { Colour } from '../../core/shared/contrast.ts';
import type { Html } from '../../core/shared/html.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Language, WordValues } from '../../core/shared/words.ts';
import { say, sayDate } from '../../core/shared/words.ts';
import type { PortalSession } from '../../ports/hearing.ts';
import type { Shop } from '../../ports.ts';

/** One request of the portal: for whom, in which language, and what every page needs. */
export interface Visit {
  readonly shop: Shop;
  /** "/c/tulip". */
  readonly base: string;
  /** Null: nobody is signed in. */
  readonly session: PortalSession | null;
  readonly language: Language;
  readonly languages: readonly Language[];
  /** What every form sends back, to prove that it came from a page of ours. */
  readonly csrf: string;
  /** When the shop's logo was set, for its address; null: it has none. */
  readonly logo: Instant | null;
  readonly accent: Colour | null;
  /** Where the small script and its fonts are; null: not built, and not needed. */
  readonly assets: { readonly script: string; readonly styles: readonly string[] } | null;
}

/** A page as its view makes it. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The words of the portal in the reader's language. */
export const words = (visit: Pick<Visit, 'language'>, key: string, values: WordValues = {}): string =>
  say(visit.language, `portal.${key}`, values);

export const dateOf = (visit: Pick<Visit, 'language' | 'shop'>, at: Instant): string =>
  sayDate(visit.language, at, visit.shop.timeZone);
