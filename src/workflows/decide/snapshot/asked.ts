import { normaliseEmail } from '../../../core/identity/email.ts';
import { normaliseExternalId, normalisePhone } from '../../../core/identity/identifier.ts';
import { type CountryCode, phoneRegion } from '../../../core/identity/region.ts';
import { domainOf } from '../../../core/lists/domain.ts';
import { normaliseNameAddress } from '../../../core/lists/name-address.ts';
import { normaliseDevice } from '../../../core/lists/normal.ts';
import { KEY_WORDS } from '../../../core/shared/key-table.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Shop, Vault } from '../../../ports.ts';
import { invalid, type Refused } from '../../desk/refused.ts';
import { readSubject } from '../../intake/subject.ts';
import type { KnownKeys } from '../../live/types.ts';
import type { DecisionWish } from '../types.ts';

/** External id, e-mail address, phone; then what only entries of lists know. */
const MOST_KEYS = 6;

/**
 * Who asks, as keys to look up. One object serves all requests, one after the other, so that a request makes nothing: what it holds is
 * true until the next `read`, and must not be used after waiting for anything.
 */
export class Asked implements KnownKeys {
  readonly keys = new Int32Array(MOST_KEYS * KEY_WORDS);
  /** What each identifier is. */
  readonly types: ('external' | 'email' | 'phone')[] = ['external', 'email', 'phone'];
  /** How many identifiers were given, strongest first. */
  count = 0;
  /** Which of them is the phone; -1: none. */
  phone = -1;
  /** Where the keys of the e-mail address and the phone stand; -1: there is none. */
  emailAt = -1;
  phoneAt = -1;
  /** In normal form. */
  email: string | null = null;
  phoneNumber: string | null = null;
  readonly #vault: Vault;
  readonly #regions = new WeakMap<Shop, { readonly region: CountryCode | null }>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Null: it names somebody. Else why it does not. */
  read(shop: Shop, customer: DecisionWish['customer']): Refused | null {
    this.count = 0;
    this.phone = -1;
    this.emailAt = -1;
    this.phoneAt = -1;
    this.email = null;
    this.phoneNumber = null;
    const region = this.#regionOf(shop);
    const { externalId, email, phone } = customer;
    if (externalId !== undefined) {
      const value = normaliseExternalId(externalId);
      if (value === null) return whyNot(customer, region);
      this.#put(shop, 'external', value);
    }
    if (email !== undefined) {
      this.email = normaliseEmail(email);
      if (this.email === null) return whyNot(customer, region);
      this.emailAt = this.#put(shop, 'email', this.email);
    }
    if (phone !== undefined) {
      this.phoneNumber = normalisePhone(phone, region);
      if (this.phoneNumber !== null) {
        this.phone = this.count;
        this.phoneAt = this.#put(shop, 'phone', this.phoneNumber);
      }
    }
    return this.count === 0 ? whyNot(customer, region) : null;
  }

  /** Puts the key of something else that an entry may name behind the identifiers; gives where it stands, or -1: there is none. */
  putDomain(shop: Shop): number {
    return this.#putOther(shop, 'email_domain', this.email === null ? null : domainOf(this.email));
  }

  putDevice(shop: Shop, device: string | undefined): number {
    return this.#putOther(shop, 'device', device === undefined ? null : normaliseDevice(device));
  }

  putNameAddress(shop: Shop, { name, address }: DecisionWish['customer']): number {
    const normal =
      name === undefined || address?.postcode === undefined
        ? null
        : normaliseNameAddress({ name, street: address.street, postcode: address.postcode });
    return this.#putOther(shop, 'name_address', normal);
  }

  #putOther(shop: Shop, type: 'email_domain' | 'device' | 'name_address', normal: string | null): number {
    if (normal === null) return -1;
    const at = this.count * KEY_WORDS;
    this.#vault.putIdentifierKey(shop.id, type, normal, this.keys, at);
    return at;
  }

  #put(shop: Shop, type: 'external' | 'email' | 'phone', value: string): number {
    const at = this.count * KEY_WORDS;
    this.#vault.putIdentifierKey(shop.id, type, value, this.keys, at);
    this.types[this.count] = type;
    this.count += 1;
    return at;
  }

  #regionOf(shop: Shop): CountryCode | null {
    const known = this.#regions.get(shop);
    if (known !== undefined) return known.region;
    const region = phoneRegion(shop.jurisdictions, shop.timeZone);
    this.#regions.set(shop, { region });
    return region;
  }
}

/** The same refusal as everywhere else. */
function whyNot(customer: DecisionWish['customer'], region: CountryCode | null): Refused {
  const subject = readIdentified(customer, region);
  return subject.ok ? invalid('customer', 'names nobody: send externalId, email or phone') : subject.error;
}

function readIdentified(
  { externalId, email, phone }: DecisionWish['customer'],
  region: CountryCode | null,
): Result<null, Refused> {
  const subject = readSubject({ externalId, email, phone }, region);
  return subject.ok ? ok(null) : err(invalid(subject.error.field, subject.error.message));
}
