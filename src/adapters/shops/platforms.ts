import type { PlatformName } from '../../core/enforcement/types.ts';
import type { PlatformRegistry } from '../../ports/connections.ts';
import type { ShopPlatform } from '../../ports/platforms.ts';
import { generic } from './generic/platform.ts';
import { medusa } from './medusa/platform.ts';
import { shopify } from './shopify/platform.ts';
import { vendure } from './vendure/platform.ts';
import { woocommerce } from './woocommerce/platform.ts';

/** Every shop system that comes with Evenhand. */
const BUILT_IN: readonly ShopPlatform[] = [shopify, woocommerce, vendure, medusa, generic];

/** A registry of shop systems; without a list, of those that come with Evenhand. */
export function createPlatforms(all: readonly ShopPlatform[] = BUILT_IN): PlatformRegistry {
  const byName = new Map<PlatformName, ShopPlatform>(all.map((platform) => [platform.name, platform]));
  return {
    all,
    find: (name) => byName.get(name) ?? null,
    of(name) {
      const platform = byName.get(name);
      if (platform === undefined) throw new Error(`There is no shop system called ${name} here`);
      return platform;
    },
  };
}
