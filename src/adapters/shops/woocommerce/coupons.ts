import { createHash } from 'node:crypto';
import type { ShopAct } from '../../../core/enforcement/types.ts';
import { currencyExponent } from '../../../core/shared/money.ts';
import { ok } from '../../../core/shared/result.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { MarkedCustomer } from '../../../ports/platforms.ts';
import type { Done } from './acts.ts';
import { decimalText } from './amounts.ts';
import { type Client, isRefusal } from './client.ts';

/** Letters and figures that nobody mixes up. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 12;

/** Makes a coupon for one customer and one use. The code follows from the key: asked again, the same one is found. */
export async function giveDiscount(
  client: Client,
  { off, until }: Extract<ShopAct, { kind: 'give_discount' }>,
  customer: MarkedCustomer | null,
  key: string,
): Done {
  const code = `eh-${codeOf(key)}`;
  const made = await client.send('POST', 'wc/v3/coupons', {
    code,
    description: 'Evenhand',
    ...('percent' in off
      ? { discount_type: 'percent', amount: String(off.percent) }
      : {
          discount_type: 'fixed_cart',
          amount: decimalText({ units: BigInt(off.amount.amount), scale: currencyExponent(off.amount.currency) }),
        }),
    individual_use: true,
    usage_limit: 1,
    ...(customer?.email ? { email_restrictions: [customer.email] } : {}),
    ...(until === null ? {} : { date_expires_gmt: formatInstant(until).slice(0, 19) }),
  });
  if (made.ok || isRefusal(made.error, 'woocommerce_rest_coupon_code_already_exists')) return ok({ reference: code });
  return made;
}

function codeOf(key: string): string {
  const bytes = createHash('sha256').update(`coupon ${key}`).digest();
  return [...bytes.subarray(0, LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]).join('');
}
