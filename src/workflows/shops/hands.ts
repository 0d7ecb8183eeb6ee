import type { PlatformName } from '../../core/enforcement/types.ts';

/** What a merchant carries over by hand after connecting, shown once: a webhook secret to paste, a key for our extension there. */
interface Hands {
  readonly hookSecret: boolean;
  readonly apiKey: boolean;
}

/** At Shopify both are set up by us; WooCommerce's webhooks are too, and its plug-in asks with a key. */
export const handsOver: Readonly<Record<PlatformName, Hands>> = {
  shopify: { hookSecret: false, apiKey: false },
  woocommerce: { hookSecret: false, apiKey: true },
  vendure: { hookSecret: true, apiKey: true },
  medusa: { hookSecret: true, apiKey: true },
  generic: { hookSecret: true, apiKey: true },
};
