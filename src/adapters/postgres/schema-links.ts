import type { CustomerId, ShopId, StaffId } from '../../core/shared/brand.ts';
import type { At, AtOrNull, Json } from './schema-columns.ts';

/** The tables of links between customers (0005). */
export interface LinkTables {
  customer_link: {
    shop_id: ShopId;
    a: CustomerId;
    b: CustomerId;
    about: CustomerId;
    state: 'found' | 'confirmed' | 'split';
    class: 'same' | 'probably_same' | null;
    millibits: number | null;
    fields: Json<unknown>;
    model: number | null;
    found_at: AtOrNull;
    answered_at: AtOrNull;
    answered_by: StaffId | null;
    seq: number;
  };
  customer_trait: { shop_id: ShopId; kind: string; hash: Buffer; customer_id: CustomerId };
  link_due: { shop_id: ShopId; customer_id: CustomerId; since: At };
  link_model: {
    shop_id: ShopId;
    version: number;
    model: Json<unknown>;
    customers: number;
    answers: number;
    made_at: At;
  };
  link_turn: { shop_id: ShopId; looked_at: At };
}
