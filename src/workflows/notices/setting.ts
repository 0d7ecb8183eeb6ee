import type { Setting } from '../../core/notices/facts.ts';
import { type Look, lookOf } from '../../core/notices/look.ts';
import { isolate } from '../../core/notices/write.ts';
import type { Instant } from '../../core/shared/time.ts';
import { type Language, say } from '../../core/shared/words.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';

/** What every notice of a shop is written with. */
export function settingOf(
  { laws }: Pick<Deps, 'laws'>,
  shop: Shop,
  language: Language,
  now: Instant,
  personal: string | null = null,
): Setting {
  const { name, timeZone, currency, settings } = shop;
  return {
    shop: { name, timeZone, currency, supportEmail: settings.supportEmail },
    language,
    law: laws.of(shop),
    now,
    personal: personal === null || personal.trim() === '' ? null : personal,
  };
}

export const lookOfShop = ({ name, settings }: Shop): Look => lookOf(name, settings.accentColour);

/** What stands below every message to a customer. */
export function footerOf(language: Language, { name, settings }: Shop): readonly string[] {
  return [
    say(language, 'notices.mail.from', { shop: isolate(name) }),
    ...(settings.supportEmail === null
      ? []
      : [say(language, 'notices.mail.contact', { email: isolate(settings.supportEmail) })]),
  ];
}
