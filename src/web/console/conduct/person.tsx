import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';

interface Somebody {
  readonly name: string | null;
  readonly externalId: string | null;
}

/** What to call somebody: their name, or their number where the name is not known or was erased. */
export function personName(person: Somebody, t: TFunction<'events'>): string {
  if (person.name !== null) return person.name;
  return person.externalId === null ? t('customer.erased') : t('customer.numbered', { number: person.externalId });
}

/** The same for the middle of a sentence: kept in its own direction. */
export function personInSentence(person: Somebody, t: TFunction<'events'>): string {
  return isolate(personName(person, t));
}

/** A person's name, in its own direction. */
export function PersonName({ person }: { person: Somebody }) {
  const { t } = useTranslation('events');
  return <bdi>{personName(person, t)}</bdi>;
}
