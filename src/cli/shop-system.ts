import { guardedFetch } from '../adapters/net/guarded-fetch.ts';
import { Refusal } from '../adapters/refusal.ts';
import { createPlatforms } from '../adapters/shops/platforms.ts';
import type { Installation } from '../compose.ts';
import { workflowDeps } from '../compose-workflows.ts';
import type { Connection } from '../ports/platforms.ts';
import type { Shop } from '../ports.ts';
import { PolicyShelf } from '../workflows/console/policy-shelf.ts';
import type { ShopsDeps } from '../workflows/shops/deps.ts';
import { shopNamed } from './shop.ts';

/** What work with shop systems takes, on an open installation. */
export function shopsDeps(installation: Installation): ShopsDeps {
  const deps = workflowDeps(installation);
  return {
    ...deps,
    policies: new PolicyShelf(deps.store.policies),
    platforms: createPlatforms(),
    fetch: guardedFetch({ allowPrivate: installation.config.privateAddresses, largest: Number.MAX_SAFE_INTEGER }),
  };
}

/** A shop with the system it is connected to. Throws a `Refusal` when there is none. */
export async function connectedShop(
  installation: Installation,
  { store }: ShopsDeps,
  slug: string,
): Promise<{ readonly shop: Shop; readonly connection: Connection }> {
  const shop = await shopNamed(installation, slug);
  const connection = await store.connections.live(shop.id);
  if (connection === null)
    throw new Refusal(
      `The shop "${slug}" is connected to no shop system: connect one in the console, under Shop system.`,
    );
  return { shop, connection };
}
