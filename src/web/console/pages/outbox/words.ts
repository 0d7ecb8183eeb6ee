import type { TFunction } from 'i18next';
import type { OutboxRowView } from '../../../../contracts/notices.ts';
import { NOTICE_KINDS } from '../../conduct/notice/notice-title.ts';

const KINDS = {
  ...NOTICE_KINDS,
  'team.blocked': 'team_blocked',
  'team.appeal_filed': 'team_appeal_filed',
  'team.objection_filed': 'team_objection_filed',
  'team.order_held': 'team_order_held',
  'team.webhook_off': 'team_webhook_off',
  'portal.code': 'portal_code',
  'portal.link': 'portal_link',
} as const;

/** What a message tells, for staff. */
export function messageTitle(row: Pick<OutboxRowView, 'kind'>, t: TFunction<'outbox'>): string {
  return t(`kind.${Object.hasOwn(KINDS, row.kind) ? KINDS[row.kind as keyof typeof KINDS] : 'other'}`);
}
