import { z } from 'zod';
import type { ConnectionCheck, Reach } from '../../../ports/platforms.ts';
import { API_VERSION, ask } from './api.ts';
import { SHOP } from './queries.ts';
import { grantedScopes, SCOPES } from './scopes.ts';

export const shopShape = z.looseObject({
  shop: z.looseObject({
    id: z.string(),
    name: z.string(),
    currencyCode: z.string(),
    ianaTimezone: z.string(),
    myshopifyDomain: z.string(),
    plan: z.looseObject({ publicDisplayName: z.string(), shopifyPlus: z.boolean(), partnerDevelopment: z.boolean() }),
  }),
  currentAppInstallation: z.looseObject({ accessScopes: z.array(z.looseObject({ handle: z.string() })) }),
});

/** Whether the token works, what it may do, and what the plan allows. Changes nothing. */
export async function check(reach: Reach): Promise<ConnectionCheck> {
  const asked = await ask(reach, SHOP, {}, shopShape);
  if (!asked.ok)
    return {
      fault: asked.error,
      shopName: null,
      currency: null,
      timeZone: null,
      version: null,
      scopes: SCOPES.map((scope) => ({ ...scope, granted: false })),
      notes: asked.error.kind === 'unauthorised' ? ['token'] : [],
    };
  const { shop, currentAppInstallation } = asked.value.data;
  const granted = grantedScopes(currentAppInstallation.accessScopes.map(({ handle }) => handle));
  const secret = reach.credentials.clientSecret ?? '';
  return {
    fault: null,
    shopName: shop.name,
    currency: shop.currencyCode,
    timeZone: shop.ianaTimezone,
    version: API_VERSION,
    scopes: SCOPES.map((scope) => ({ ...scope, granted: granted.has(scope.name) })),
    notes: [
      ...(secret === '' ? ['secret_missing'] : []),
      ...(shop.plan.shopifyPlus || shop.plan.partnerDevelopment ? [] : ['checkout_needs_plus']),
      // On these plans Shopify shows an app of the shop's own no names and addresses.
      ...(/^(?:basic|starter)\b/i.test(shop.plan.publicDisplayName) ? ['plan_without_people'] : []),
      ...(granted.has('read_all_orders') ? [] : ['sixty_days']),
      'privacy_topics',
    ],
  };
}
