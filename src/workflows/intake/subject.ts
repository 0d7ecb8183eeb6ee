import type { CustomerReference } from '../../core/events/incoming.ts';
import { type Identifier, normaliseIdentifier } from '../../core/identity/identifier.ts';
import type { CountryCode } from '../../core/identity/region.ts';
import { type CustomerId, id } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Subject } from '../../ports/ledger.ts';
import type { FieldFault } from './explain.ts';

/**
 * Who an incoming event is about, in normal form. An e-mail address that is none is refused, since it would be somebody's
 * typing error. A phone number that cannot be understood is kept to show, but nobody is recognised by it.
 */
export function readSubject(reference: CustomerReference, region: CountryCode | null): Result<Subject, FieldFault> {
  const identifiers: Identifier[] = [];
  if (reference.externalId !== undefined) {
    const value = normaliseIdentifier('external', reference.externalId, region);
    if (value === null)
      return err({ field: 'customer.externalId', message: 'holds characters that cannot be written' });
    identifiers.push({ type: 'external', value });
  }
  if (reference.email !== undefined) {
    const value = normaliseIdentifier('email', reference.email, region);
    if (value === null) return err({ field: 'customer.email', message: 'is not an e-mail address' });
    identifiers.push({ type: 'email', value });
  }
  if (reference.phone !== undefined) {
    const value = normaliseIdentifier('phone', reference.phone, region);
    if (value !== null) identifiers.push({ type: 'phone', value });
    else if (identifiers.length === 0 && reference.id === undefined)
      return err({
        field: 'customer.phone',
        message: 'is not a phone number that can be dialled: write it with + and the country code',
      });
  }
  const { id: known, ...told } = reference;
  return ok({
    ...(known === undefined ? {} : { id: id<CustomerId>(known.toLowerCase()) }),
    identifiers,
    shown: withoutGaps(told),
  });
}

/** Without fields that are there and undefined. */
function withoutGaps<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
