import { z } from 'zod';
import { line, money, reference, stage } from './values.ts';

/** Orders: what was bought, and what became of it. */
export const orderEvents = {
  'order.placed': z.strictObject({
    order: reference,
    total: money,
    lines: z.array(line).max(2_000).default([]),
    payment: z.enum(['prepaid', 'card', 'invoice', 'cash_on_delivery', 'other']).optional(),
  }),
  'order.cancelled': z.strictObject({
    order: reference,
    by: z.enum(['customer', 'shop']),
    stage,
    value: money.optional(),
  }),
  'order.delivered': z.strictObject({ order: reference }),
  'order.delayed': z.strictObject({ order: reference, days: z.int().min(1).max(3650).optional() }),
  'order.address_changed': z.strictObject({ order: reference, stage }),
} as const;
