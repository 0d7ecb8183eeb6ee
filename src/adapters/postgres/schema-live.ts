import type { ShopId } from '../../core/shared/brand.ts';
import type { At, Defaulted } from './schema-columns.ts';

/** What processes tell one another of what they count for live rules. */
export interface LiveTables {
  live_count: {
    shop_id: ShopId;
    process: string;
    number: number;
    at: At;
    packed: Defaulted<boolean>;
    counts: Buffer;
  };
}
