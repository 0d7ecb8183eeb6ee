import type { FailureMode } from './core/decisions/types.ts';
import type { PrivatePart } from './core/events/event.ts';
import type { Surface } from './core/events/measures.ts';
import type { EntryType } from './core/lists/types.ts';
import type { ShopId } from './core/shared/brand.ts';
import type { Instant } from './core/shared/time.ts';

/** The world's time. Only composition roots make a real one; tests set theirs. */
export interface Clock {
  now(): Instant;
}

/** Fresh random ids (UUID version 7, so that index pages fill in order). */
export interface Ids {
  next<T extends string>(): T;
}

/** A shop as workflows know it. */
export interface Shop {
  readonly id: ShopId;
  readonly slug: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly settings: ShopSettings;
}

export interface ShopSettings {
  /** Approving a block takes a second person. */
  readonly secondApprovalForBlocks: boolean;
  readonly supportEmail: string | null;
  /** A restriction does not bite while an appeal against it is overdue. */
  readonly suspendWhileOverdue: boolean;
  /** Public address of this installation, for links in notices ("https://fair.example.com"); null: no links can be made. */
  readonly publicUrl: string | null;
  /** How the shop looks to its customers: a colour as #rrggbb; null: our own. */
  readonly accentColour: string | null;
  /** It is an online platform, such as a marketplace, and neither micro nor small: more law binds it then. */
  readonly onlinePlatform: boolean;
  /** Its withdrawal function works without signing in, so that a block of sign-in does not close it. */
  readonly withdrawalWithoutSignIn: boolean;
  /** What each surface does while it cannot be known what is in force. */
  readonly surfaces: Readonly<Record<Surface, SurfaceSettings>>;
}

export interface SurfaceSettings {
  readonly mode: FailureMode;
  /** For so long what was known last is believed without asking. */
  readonly staleAfterSeconds: number;
}

const OPEN: SurfaceSettings = { mode: 'open', staleAfterSeconds: 300 };

export const defaultShopSettings: ShopSettings = {
  secondApprovalForBlocks: false,
  supportEmail: null,
  suspendWhileOverdue: false,
  publicUrl: null,
  accentColour: null,
  onlinePlatform: false,
  withdrawalWithoutSignIn: false,
  surfaces: { purchase: OPEN, return: OPEN, contact: OPEN, review: OPEN, login: OPEN },
};

/** What is kept as a keyed hash: identifiers of customers, what else an entry of a list recognises somebody by, and what is counted at the moment. */
export type HashedType = EntryType | 'card' | 'address' | 'order';

export type PortalPurpose = 'link' | 'signature' | 'code' | 'session' | 'address' | 'caller' | 'shop';

/** Secrets of the installation at work: keyed hashes to match by, encryption to show by. */
export interface Vault {
  /** Keyed hash of a normalised identifier, separate for every shop. */
  identifierHash(shop: ShopId, type: HashedType, normalised: string): Buffer;
  /** The same hash as eight big-endian 32-bit words, written into `into` from place `at`: for where it must be fast. */
  putIdentifierKey(shop: ShopId, type: HashedType, normalised: string, into: Int32Array, at: number): void;
  searchToken(shop: ShopId, prefix: string): Buffer;
  /** Keyed hash of something secret that opens a customer's portal, or of who tries to open it; separate for every shop and purpose. */
  portalHash(shop: ShopId, purpose: PortalPurpose, text: string): Buffer;
  /** Fresh randomness that nobody can foretell. */
  randomBytes(count: number): Buffer;
  contentHash(shop: ShopId, canonical: string): Buffer;
  /** Seals with the installation's own key (staff, allow-list). */
  seal(plain: string): Buffer;
  open(sealed: Buffer): string;
  newCustomerKey(): { readonly key: Buffer; readonly wrapped: Buffer };
  unwrap(wrapped: Buffer): Buffer;
  sealFor(customerKey: Buffer, data: PrivatePart): Buffer;
  openFor(customerKey: Buffer, sealed: Buffer): PrivatePart;
  /** The same for anything else that is a customer's: what they were told, files they sent. */
  sealBytesFor(customerKey: Buffer, bytes: Uint8Array): Buffer;
  openBytesFor(customerKey: Buffer, sealed: Buffer): Buffer;
}
