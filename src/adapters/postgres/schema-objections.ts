import type { CustomerId, MeasureId, ObjectionId, ShopId, StaffId } from '../../core/shared/brand.ts';
import type { At, AtOrNull } from './schema-columns.ts';

/** The tables of who is bound through a link and objects (0008). */
export interface ObjectionTables {
  objection: {
    shop_id: ShopId;
    id: ObjectionId;
    customer_id: CustomerId;
    other_id: CustomerId;
    state: 'filed' | 'upheld' | 'rejected' | 'withdrawn';
    round: number;
    language: string;
    filed_at: At;
    due_at: At;
    decided_at: AtOrNull;
    decided_by: StaffId | null;
  };
  link_told: {
    shop_id: ShopId;
    customer_id: CustomerId;
    measure_id: MeasureId;
    holder_id: CustomerId;
    message_id: string;
  };
}
