import type { TFunction } from 'i18next';

/** The last part of the words' keys, in which no full stop may stand. */
export const NOTICE_KINDS = {
  'measure.started': 'measure_started',
  'measure.changed': 'measure_changed',
  'measure.lifted': 'measure_lifted',
  'measure.expired': 'measure_expired',
  'measure.voided': 'measure_voided',
  'appeal.acknowledged': 'appeal_acknowledged',
  'appeal.information_asked': 'appeal_information_asked',
  'appeal.decided': 'appeal_decided',
  'appeal.overdue': 'appeal_overdue',
  'link.bound': 'link_bound',
  'link.freed': 'link_freed',
  'objection.acknowledged': 'objection_acknowledged',
  'objection.decided': 'objection_decided',
} as const;

/** What a notice of this kind told, for staff. */
export function noticeTitle(kind: string, t: TFunction<'events'>): string {
  return Object.hasOwn(NOTICE_KINDS, kind)
    ? t(`notice.kind.${NOTICE_KINDS[kind as keyof typeof NOTICE_KINDS]}`)
    : t('notice.issued');
}
