import type { PostalAddress } from '../../core/events/person.ts';

/** An address in one line, as it was written. */
export const addressLine = ({ street, postcode, city, country }: PostalAddress): string =>
  [street, [postcode, city].filter((part) => part !== undefined).join(' '), country]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
