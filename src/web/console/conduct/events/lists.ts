import type { EventBody } from '../../../../contracts/events.ts';
import { isolate } from '../../../ui/isolate.ts';
import { details, type Tools } from './presenter.ts';

type Entry = EventBody<'entry.added'>;

/** The ledger does not say whom an entry recognises: the Lists page does, as long as it is there. */
const of =
  (what: 'added' | 'changed' | 'extended' | 'removed') =>
  (body: Entry, { t, formats }: Tools) => ({
    icon: 'list' as const,
    meaning: 'neutral' as const,
    title: t(`entry.${what}.${body.list}`),
    details: details(
      t(`entry.type.${body.type}`),
      body.answer && t(`entry.answer.${body.answer}`),
      what !== 'removed' && t('measure.until', { date: isolate(formats.date(body.until)) }),
    ),
  });

export const entryPresenters = {
  'entry.added': of('added'),
  'entry.changed': of('changed'),
  'entry.extended': of('extended'),
  'entry.removed': of('removed'),
} as const;
