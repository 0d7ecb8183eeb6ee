import { createHash } from 'node:crypto';
import { z } from 'zod';
import { err, ok } from '../../../core/shared/result.ts';
import type { Done } from './acts.ts';
import { type Client, shapedAs } from './client.ts';

const noteShape = z.looseObject({ note: z.string() });

/** The path of an order; null when the reference cannot be one. */
export const orderPath = (order: string): string | null => (/^\d{1,19}$/.test(order) ? `wc/v3/orders/${order}` : null);

/**
 * Writes a note to an order, once for a key: for staff, or (`toCustomer`) for the customer, whom WooCommerce then sends it. The key ends the
 * note as a short sign, by which it is found again.
 */
export async function noteOnce(client: Client, order: string, text: string, key: string, toCustomer = false): Done {
  const path = orderPath(order);
  if (path === null) return err({ kind: 'gone' });
  const sign = `[${createHash('sha256').update(key).digest('hex').slice(0, 10)}]`;
  const kind = toCustomer ? 'customer' : 'internal';
  const notes = shapedAs(z.array(noteShape), 'notes', await client.get(`${path}/notes`, { type: kind }));
  if (!notes.ok) return notes;
  if (notes.value.some(({ note }) => note.includes(sign))) return ok({ reference: null });
  const made = await client.send('POST', `${path}/notes`, { note: `${text}\n${sign}`, customer_note: toCustomer });
  return made.ok ? ok({ reference: null }) : made;
}
