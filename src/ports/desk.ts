import type { ConnectionId, ShopId, StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';
import type { Shop, ShopSettings } from '../ports.ts';
import type { ShopToMake } from './staff.ts';

/** Shops of the installation. */
export interface ShopStore {
  bySlug(slug: string): Promise<Shop | null>;
  /** Makes a shop with its first policy version; with an owner where somebody made it. False: the slug is taken. */
  make(shop: ShopToMake, owner: StaffId | null): Promise<boolean>;
  change(shop: ShopId, change: ShopChange): Promise<Shop | null>;
}

export interface ShopChange {
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly languages?: readonly string[] | undefined;
  readonly jurisdictions?: readonly string[] | undefined;
  readonly settings?: Partial<ShopSettings> | undefined;
}

export type Scope = 'events:write' | 'decisions:write' | 'customers:read' | 'mail:write';

/** The shop system whose extension a key is for: under what its events are recorded, and what stands before its customer numbers. */
export interface KeyConnection {
  readonly id: ConnectionId;
  readonly source: string;
  readonly numberPrefix: string;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  /** Null: an ordinary key. */
  readonly connection: KeyConnection | null;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

export interface KeyStore {
  list(shop: ShopId): Promise<readonly ApiKey[]>;
  add(
    shop: ShopId,
    key: Omit<ApiKey, 'connection'> & {
      readonly connection: ConnectionId | null;
      readonly hash: Buffer;
      readonly createdBy: StaffId;
    },
  ): Promise<void>;
  /** False: the shop has no such key. Revoking twice keeps the first time. */
  revoke(shop: ShopId, id: string, at: Instant): Promise<boolean>;
  /** Revokes the keys of a connection's extension. */
  revokeOf(shop: ShopId, connection: ConnectionId, at: Instant): Promise<void>;
  /** The shop a key opens; null for unknown and revoked ones. */
  find(hash: Buffer): Promise<{ readonly shop: Shop; readonly key: ApiKey } | null>;
  touch(shop: ShopId, id: string, at: Instant): Promise<void>;
}

export type IdentifierType = 'external' | 'email' | 'phone';
