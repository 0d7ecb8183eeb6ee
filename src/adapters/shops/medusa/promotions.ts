import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ShopAct } from '../../../core/enforcement/types.ts';
import { currencyExponent } from '../../../core/shared/money.ts';
import { ok } from '../../../core/shared/result.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { Json, MarkedCustomer } from '../../../ports/platforms.ts';
import type { Done } from './acts.ts';
import { type Api, idOf } from './api.ts';

const found = z.object({ promotions: z.array(z.looseObject({ code: z.string() })) });

/** A code that works once, for this customer where they have an account. The key makes the code, so that twice makes one. */
export async function giveDiscount(
  api: Api,
  { off, until }: Extract<ShopAct, { kind: 'give_discount' }>,
  customer: MarkedCustomer | null,
  key: string,
): Done {
  const code = codeOf(key);
  const known = await api.get('promotions', { code, fields: 'id,code' }, found);
  if (!known.ok) return known;
  if (known.value.promotions.some((promotion) => promotion.code === code)) return ok({ reference: code });
  const id = customer?.externalId ? idOf(customer.externalId) : null;
  const application: Json =
    'percent' in off
      ? { type: 'percentage', value: off.percent }
      : {
          type: 'fixed',
          value: off.amount.amount / 10 ** currencyExponent(off.amount.currency),
          currency_code: off.amount.currency.toLowerCase(),
        };
  const made = await api.post(
    'promotions',
    {
      code,
      type: 'standard',
      status: 'active',
      is_automatic: false,
      limit: 1,
      application_method: { target_type: 'order', allocation: 'across', ...application },
      ...(id === null ? {} : { rules: [{ attribute: 'customer.id', operator: 'eq', values: [id] }] }),
      ...(until === null ? {} : { campaign: { name: code, campaign_identifier: code, ends_at: formatInstant(until) } }),
    },
    z.looseObject({}),
  );
  return made.ok ? ok({ reference: code }) : made;
}

/** Twelve letters and digits that nobody guesses and everybody can type. */
function codeOf(key: string): string {
  const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
  const hash = createHash('sha256').update(`evenhand-discount:${key}`).digest();
  return `EH-${[...hash.subarray(0, 12)].map((byte) => letters[byte % letters.length]).join('')}`;
}
