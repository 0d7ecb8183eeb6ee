import type { Selectable } from 'kysely';
import { defaultShopSettings, type Shop } from '../../../ports.ts';
import type { Database } from '../schema.ts';

/** A shop as workflows know it. Settings a shop never changed are the defaults. */
export function toShop(row: Omit<Selectable<Database['shop']>, 'created_at'>): Shop {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    currency: row.currency,
    timeZone: row.time_zone,
    languages: row.languages,
    jurisdictions: row.jurisdictions,
    settings: { ...defaultShopSettings, ...row.settings },
  };
}
