import type { TFunction } from 'i18next';
import type { AppealDetail } from '../../../../contracts/appeals.ts';
import type { Formats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { oneAfterAnother } from '../../../ui/sentences.ts';

const DAY = 86_400_000;

/** Why one may not decide, and from when on; null: nothing is in the way. */
export function hindrance(
  { may }: Pick<AppealDetail, 'may'>,
  t: TFunction<'appeals'>,
  formats: Formats,
  now: number,
): string | null {
  if (may.decide) return null;
  const from = may.from === null ? null : fromWhen(may.from, t, formats, now);
  const parts = [may.why, from].filter((each) => each !== null);
  if (parts.length > 0) return oneAfterAnother(parts);
  return may.take || may.ask ? t('act.hint') : t('act.none');
}

/** "You may decide from tomorrow 10:04 on." */
function fromWhen(at: string, t: TFunction<'appeals'>, formats: Formats, now: number): string {
  const day = formats.dayKey(at);
  const time = isolate(formats.time(at));
  if (day === formats.dayKey(new Date(now).toISOString())) return t('act.fromToday', { time });
  if (day === formats.dayKey(new Date(now + DAY).toISOString())) return t('act.fromTomorrow', { time });
  return t('act.from', { when: isolate(`${formats.date(at)}, ${formats.time(at)}`) });
}
