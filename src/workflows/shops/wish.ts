import type { PlatformName } from '../../core/enforcement/types.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Connection, Credentials, ShopPlatform } from '../../ports/platforms.ts';
import { defaultConnectionSettings } from '../../ports/platforms.ts';
import type { Shop } from '../../ports.ts';
import { invalid, type Refused } from '../desk/refused.ts';
import type { ShopsDeps } from './deps.ts';

/** What somebody typed to connect a shop system. */
export interface ConnectionWish {
  readonly platform: PlatformName;
  readonly address: string;
  readonly credentials: Credentials;
}

export interface ReadWish {
  readonly platform: ShopPlatform;
  readonly address: string;
  readonly credentials: Credentials;
}

/** Reads what was typed, or says which field cannot be. */
export function readWish({ platforms }: Pick<ShopsDeps, 'platforms'>, wish: ConnectionWish): Result<ReadWish, Refused> {
  const platform = platforms.find(wish.platform);
  if (platform === null) return err(invalid('platform', 'is not available here'));
  const address = platform.readAddress(wish.address);
  if (address === null) return err(invalid('address', 'is not an address of such a shop'));
  const credentials = readCredentials(platform, wish.credentials);
  return credentials.ok ? ok({ platform, address, credentials: credentials.value }) : credentials;
}

/** Credentials by the platform's fields; what was left empty is left out. */
export function readCredentials(platform: ShopPlatform, typed: Credentials): Result<Credentials, Refused> {
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(typed)) {
    if (!platform.fields.some((field) => field.name === name))
      return err(invalid(`credentials.${name}`, 'is not known here'));
    if (value.trim() !== '') read[name] = value.trim();
  }
  const missing = platform.fields.find(({ name, required }) => required && read[name] === undefined);
  return missing === undefined ? ok(read) : err(invalid(`credentials.${missing.name}`, 'is missing'));
}

/** Whether the merchant is to sign in at the platform: it offers that, and what was typed is not enough. */
export const signsIn = ({ authorise }: ShopPlatform, credentials: Credentials): boolean =>
  authorise?.needed(credentials) ?? false;

/** A connection that does not exist yet. */
export function newConnection(
  { ids, clock }: Pick<ShopsDeps, 'ids' | 'clock'>,
  shop: Shop,
  { platform, address }: Pick<ReadWish, 'platform' | 'address'>,
  before: readonly Connection[],
): Connection {
  const source = freeSource(platform.name, before);
  return {
    id: ids.next(),
    shop: shop.id,
    platform: platform.name,
    state: 'connecting',
    address,
    source,
    // Numbers of the first are those of the shop's files; a later system counts its customers anew.
    numberPrefix: before.length === 0 ? '' : `${source}:`,
    settings: defaultConnectionSettings,
    facts: {},
    createdAt: clock.now(),
    checkedAt: null,
    reconciledTo: null,
  };
}

function freeSource(platform: PlatformName, before: readonly Connection[]): string {
  const taken = new Set(before.map(({ source }) => source));
  if (!taken.has(platform)) return platform;
  let number = 2;
  while (taken.has(`${platform}-${number}`)) number += 1;
  return `${platform}-${number}`;
}
