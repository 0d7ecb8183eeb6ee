import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AppealRow } from '../../../contracts/appeals.ts';
import { cx, type Formats, useFormats, useNow } from '../../ui/index.ts';
import { isolate } from '../../ui/isolate.ts';

export type Due = Pick<AppealRow, 'state' | 'dueAt' | 'overdue' | 'workingDays'>;

/** When an answer is due, as one would say it: in working days, because nobody answers on the others. */
export function dueWords(due: Due, t: TFunction<'common'>, formats: Formats, now: number): string {
  const date = isolate(formats.shortDate(due.dueAt, now));
  if (due.overdue)
    return due.workingDays < 0 ? t('due.late', { count: -due.workingDays }) : t('due.lateSince', { date });
  if (formats.dayKey(due.dueAt) === formats.dayKey(new Date(now).toISOString())) return t('due.today');
  return due.workingDays > 0 ? t('due.left', { count: due.workingDays }) : t('due.on', { date });
}

/** When an answer is due. What is late says so calmly: by its words and weight, not by an alarm. */
export function DueText({ due, className }: { due: Due; className?: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  return (
    <time
      dateTime={due.dueAt}
      title={formats.instant(due.dueAt)}
      className={cx('whitespace-nowrap', due.overdue && 'font-medium text-restrict', className)}
    >
      {dueWords(due, t, formats, now)}
    </time>
  );
}
