import type { CustomerReference } from '../../../core/events/incoming.ts';
import type { ReadingContext } from '../../../ports/platforms.ts';

interface Person {
  readonly id: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly name: string | null;
  readonly language: string | null;
  /** Where they live, as far as the record says. */
  readonly home: Pick<CustomerReference, 'address'>;
}

/** Whom a record is about; null: nobody can be told from it. */
export function referenceOf(
  { id, email, phone, name, language, home }: Person,
  context: Pick<ReadingContext, 'customerNumber'>,
): CustomerReference | null {
  const reference = {
    ...(id === null ? {} : { externalId: context.customerNumber(id) }),
    ...filled('email', email, 3, 254),
    ...filled('phone', phone, 3, 40),
  };
  if (Object.keys(reference).length === 0) return null;
  const tag = languageTag(language);
  return {
    ...reference,
    ...filled('name', name, 1, 200),
    ...(tag === null ? {} : { language: tag }),
    ...home,
  };
}

/** "fr-CA" and the like; null: it is no language tag. */
export const languageTag = (text: string | null): string | null =>
  text !== null && text.length <= 35 && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text) ? text : null;

function filled<K extends string>(
  key: K,
  value: string | null,
  least: number,
  most: number,
): Partial<Record<K, string>> {
  const text = value?.trim() ?? '';
  return text.length < least || text.length > most ? {} : ({ [key]: text } as Record<K, string>);
}
