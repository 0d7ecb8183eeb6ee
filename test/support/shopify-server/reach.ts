import { id } from '../../../src/core/shared/brand.ts';
import { instant } from '../../../src/core/shared/time.ts';
import { type Connection, defaultConnectionSettings, type Json, type Reach } from '../../../src/ports/platforms.ts';
import type { ShopifyServer } from './server.ts';

/** A connection to a shop on this machine, by the client credentials of its app. */
export function reachTo(
  server: ShopifyServer,
  more: Partial<Reach> = {},
  facts: Readonly<Record<string, Json>> = {},
): Reach {
  const connection: Connection = {
    id: id('11111111-1111-4111-8111-111111111111'),
    shop: id('22222222-2222-4222-8222-222222222222'),
    platform: 'shopify',
    state: 'active',
    address: server.shop.domain,
    source: 'shopify',
    numberPrefix: '',
    settings: defaultConnectionSettings,
    facts: { shop: 'gid://shopify/Shop/1', timeZone: 'Europe/Amsterdam', currency: 'EUR', plus: false, ...facts },
    createdAt: instant(0),
    checkedAt: null,
    reconciledTo: null,
  };
  return {
    connection,
    credentials: { clientId: server.clientId, clientSecret: server.clientSecret },
    hookUrl: 'https://fair.example.com/hooks/11111111-1111-4111-8111-111111111111',
    hookSecret: '',
    codeSecret: 'of the connection',
    fetch: server.fetch,
    now: instant(Date.parse('2026-04-10T10:00:00Z')),
    ...more,
  };
}
