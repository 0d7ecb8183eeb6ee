import type { TFunction } from 'i18next';
import type { OutboxRowView } from '../../../../contracts/notices.ts';

const KINDS = {
  'measure.started': 'measure_started',
  'measure.changed': 'measure_changed',
  'measure.lifted': 'measure_lifted',
  'measure.expired': 'measure_expired',
  'measure.voided': 'measure_voided',
  'appeal.acknowledged': 'appeal_acknowledged',
  'appeal.information_asked': 'appeal_information_asked',
  'appeal.decided': 'appeal_decided',
  'appeal.overdue': 'appeal_overdue',
  'team.blocked': 'team_blocked',
  'team.appeal_filed': 'team_appeal_filed',
  'portal.code': 'portal_code',
  'portal.link': 'portal_link',
} as const;

/** What a message tells, for staff. */
export function messageTitle(row: Pick<OutboxRowView, 'kind'>, t: TFunction<'outbox'>): string {
  return t(`kind.${Object.hasOwn(KINDS, row.kind) ? KINDS[row.kind as keyof typeof KINDS] : 'other'}`);
}
