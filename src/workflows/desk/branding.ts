import { readColour } from '../../core/shared/contrast.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { ShopStore } from '../../ports/desk.ts';
import type { Logo, Pictures } from '../../ports/hearing.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { sniff } from '../appeals/files/sniff.ts';
import { invalid, notFound, type Refused } from './refused.ts';

/** The largest logo, in bytes. */
export const LARGEST_LOGO = 512 * 1024;

/** Sets the colour a shop's pages for customers are in; null: our own. */
export async function setAccent(
  { shops }: { readonly shops: ShopStore },
  shop: Shop,
  accent: string | null,
): Promise<Result<Shop, Refused>> {
  const colour = accent === null ? null : readColour(accent);
  if (accent !== null && colour === null) return err(invalid('accentColour', 'is not a colour such as #2f5fb3'));
  const changed = await shops.change(shop.id, { settings: { accentColour: colour } });
  return changed === null ? err(notFound('This shop does not exist.')) : ok(changed);
}

/** Keeps a logo: made anew from its pixels, so that nothing is served but a picture. */
export async function setLogo(
  { store, clock, pictures }: Pick<Deps, 'store' | 'clock'> & { readonly pictures: Pictures },
  shop: Shop,
  bytes: Buffer,
): Promise<Result<true, Refused>> {
  if (bytes.length === 0) return err(invalid('file', 'is empty'));
  if (bytes.length > LARGEST_LOGO) return err(invalid('file', 'is larger than 512 kB'));
  const type = sniff(bytes);
  if (type === null || type === 'application/pdf') return err(invalid('file', 'is not a PNG, JPEG or WebP picture'));
  const clean = await pictures.clean(bytes, type);
  if (clean === 'unreadable') return err(invalid('file', 'is damaged and cannot be shown'));
  if (clean === 'too-large') return err(invalid('file', 'has too many pixels'));
  const logo: Logo = { type, bytes: clean, updatedAt: clock.now() };
  await store.logos.set(shop.id, logo);
  return ok(true);
}
