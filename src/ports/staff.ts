import type { ShopId, StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';
import type { Shop } from '../ports.ts';

export type Role = 'owner' | 'manager' | 'agent' | 'auditor';

export interface StaffPerson {
  readonly id: StaffId;
  readonly name: string;
  readonly email: string;
}

/** Somebody's work for one shop. */
export interface Membership {
  readonly shop: Shop;
  readonly role: Role;
}

/** A signed-in browser. Holds everything a request needs to know about who is asking. */
export interface StaffSession {
  readonly tokenHash: Buffer;
  readonly csrf: string;
  readonly staff: StaffPerson;
  /** Only shops the person works for now. */
  readonly memberships: readonly Membership[];
  readonly lastSeenAt: Instant;
}

export interface NewSession {
  readonly tokenHash: Buffer;
  readonly csrf: string;
  readonly staff: StaffId;
  readonly at: Instant;
  readonly expiresAt: Instant;
}

export interface NewPerson extends StaffPerson {
  readonly passwordHash: string;
}

export interface Colleague extends StaffPerson {
  readonly role: Role;
  readonly createdAt: Instant;
  readonly disabledAt: Instant | null;
}

/** A shop about to be made, with the policy it starts with. */
export interface ShopToMake {
  readonly shop: Shop;
  readonly policySource: string;
  readonly at: Instant;
}

/** Who works here. E-mail addresses are found by keyed hash and kept sealed. */
export interface StaffStore {
  anyStaff(): Promise<boolean>;
  /** Whether somebody works or has worked for any shop. */
  everWorked(id: StaffId): Promise<boolean>;
  /**
   * Makes the first person, with the shop if one is given, as owner of every shop there is. Nothing is made when there is
   * staff already (of two at once only one wins) or the slug belongs to another shop.
   */
  makeFirstOwner(owner: NewPerson, shop: ShopToMake | null): Promise<'made' | 'staff-exists' | 'slug-taken'>;
  /** Null: nobody has this address. */
  findPassword(address: { email: string } | { id: StaffId }): Promise<{ id: StaffId; passwordHash: string } | null>;
  setPassword(id: StaffId, passwordHash: string): Promise<void>;
  colleagues(shop: ShopId): Promise<readonly Colleague[]>;
  colleague(shop: ShopId, id: StaffId): Promise<Colleague | null>;
  /** Adds a person, or lets one who already works for another shop here work for this one too (keeping name and password). */
  addColleague(
    shop: ShopId,
    person: NewPerson,
    role: Role,
    at: Instant,
  ): Promise<{ status: 'added'; id: StaffId } | { status: 'already-here' }>;
  /** Refuses to leave the shop without an owner who can sign in. */
  changeColleague(
    shop: ShopId,
    id: StaffId,
    change: { role?: Role | undefined; disabled?: boolean | undefined },
    at: Instant,
  ): Promise<'changed' | 'not-here' | 'last-owner'>;
}

export interface SessionStore {
  open(session: NewSession): Promise<void>;
  /** Null when there is none, or it has ended: by its own end or by nobody using it since `seenAfter`. */
  find(tokenHash: Buffer, now: Instant, seenAfter: Instant): Promise<StaffSession | null>;
  touch(tokenHash: Buffer, at: Instant): Promise<void>;
  close(tokenHash: Buffer): Promise<void>;
  /** Signs a person out everywhere. */
  closeAll(staff: StaffId): Promise<void>;
  removeEnded(now: Instant, seenAfter: Instant): Promise<void>;
}

/** How often something may be tried. Subjects are keyed hashes; nobody's address is kept. */
export interface AttemptStore {
  /**
   * Counts a try against every subject, unless one has used up its limit since `after`: then nothing is counted and the
   * instant of its oldest counted try is given. Of two at once, the second sees the first.
   */
  admit(
    subjects: readonly { readonly hash: Buffer; readonly limit: number }[],
    now: Instant,
    after: Instant,
  ): Promise<{ admitted: true } | { admitted: false; oldest: Instant }>;
  forget(subject: Buffer): Promise<void>;
}

/** Passwords and tokens. */
export interface Credentials {
  hashPassword(password: string): Promise<string>;
  /** With no hash to compare with it does the same work and says no. */
  verifyPassword(hash: string | null, password: string): Promise<boolean>;
  /** 256 random bits as text. */
  newToken(): string;
  /** How a token is kept: it has so much randomness that a plain hash cannot be guessed back. */
  tokenHash(token: string): Buffer;
  /** Keyed hash of an e-mail address, whatever its case. */
  addressHash(email: string): Buffer;
  /** Keyed hash of where a request came from (an IPv6 caller by its /64, which is what one connection is given). */
  callerHash(ip: string): Buffer;
}
