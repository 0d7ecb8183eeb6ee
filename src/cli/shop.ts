import { createShopStore } from '../adapters/postgres/shops/shops.ts';
import { Refusal } from '../adapters/refusal.ts';
import type { Installation } from '../compose.ts';
import type { Shop } from '../ports.ts';

/** The shop of a short name. Throws a `Refusal` when there is none. */
export async function shopNamed({ db }: Pick<Installation, 'db'>, slug: string): Promise<Shop> {
  const shop = await createShopStore(db).bySlug(slug);
  if (shop === null) throw new Refusal(`There is no shop with the short name "${slug}".`);
  return shop;
}
