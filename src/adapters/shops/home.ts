import type { CustomerReference } from '../../core/events/incoming.ts';
import type { PostalAddress } from '../../core/events/person.ts';

type Text = string | null | undefined;

/** A postal address as a platform keeps it. What is empty is not there. */
export interface PlatformAddress {
  readonly first: Text;
  readonly last: Text;
  /** Street and house number; below it what is left of the number, a flat, or anything else. */
  readonly line1: Text;
  readonly line2: Text;
  readonly postcode: Text;
  readonly city: Text;
  readonly country: Text;
}

type Home = Pick<CustomerReference, 'address'>;

/**
 * Where the buyer of an order lives: where the bill goes. Parcels go to friends, neighbours and parcel shops, so that where one goes counts only
 * where no bill says anything and the buyer's own name (`buyer`) is on it. Empty: nothing says it.
 */
export function homeOfBuyer(buyer: Text, bill: PlatformAddress | null, parcel: PlatformAddress | null): Home {
  const billed = bill === null ? {} : homeAt(bill);
  if (billed.address !== undefined || parcel === null) return billed;
  return plain(buyer) !== '' && plain(buyer) === plain(nameOn(parcel)) ? homeAt(parcel) : {};
}

/** Where the holder of an account lives: the address the account keeps, unless another name is on it. Empty: nothing says it. */
export function homeOfHolder(holder: Text, kept: PlatformAddress | null): Home {
  if (kept === null) return {};
  const on = plain(nameOn(kept));
  return on === '' || on === plain(holder) ? homeAt(kept) : {};
}

/** First and last name, as one; null: there is neither. */
export function fullName(first: Text, last: Text): string | null {
  const name = [first, last]
    .map((part) => (part ?? '').trim())
    .filter((part) => part !== '')
    .join(' ');
  return name === '' ? null : name.slice(0, 200);
}

const nameOn = ({ first, last }: PlatformAddress): string | null => fullName(first, last);

/** The address, where it names a street. */
function homeAt({ line1, line2, postcode, city, country }: PlatformAddress): Home {
  const street = cut([cut(line1, 200), numberIn(line2)].filter((part) => part !== undefined).join(' '), 200);
  if (street === undefined) return {};
  const [code, town, land] = [cut(postcode, 20), cut(city, 120), cut(country, 60)?.toUpperCase()];
  const address: PostalAddress = {
    street,
    ...(code === undefined ? {} : { postcode: code }),
    ...(town === undefined ? {} : { city: town }),
    ...(land !== undefined && /^[A-Z]{2}$/.test(land) ? { country: land } : {}),
  };
  return { address };
}

/** A second line that tells homes apart ("Apt 4", "12 hs"). One without a number says something else, and a long number is a telephone's. */
const numberIn = (line: Text): string | undefined =>
  /\d/.test(line ?? '') && !/\d{6}/.test((line ?? '').replaceAll(/[\s+()/-]/g, '')) ? cut(line, 60) : undefined;

const cut = (text: Text, most: number): string | undefined => (text ?? '').trim().slice(0, most).trim() || undefined;

const plain = (text: Text): string =>
  (text ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
