import type { CustomerId, ShopId } from '../../core/shared/brand.ts';
import type { Defaulted } from './schema-columns.ts';

/** The tables of `0007_changes.sql`. */
export interface DecisionTables {
  decision_change: {
    shop_id: ShopId;
    counter: number;
    everything: Defaulted<boolean>;
    policy: Defaulted<boolean>;
    customers: Defaulted<CustomerId[]>;
    entries: Defaulted<string[]>;
  };
}
