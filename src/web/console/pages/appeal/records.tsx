import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppealDetail } from '../../../../contracts/appeals.ts';
import { Button, Link, RelativeTime, Section, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { NoticeDialog } from '../../conduct/notice/notice-dialog.tsx';
import { noticeTitle } from '../../conduct/notice/notice-title.ts';

/** Earlier appeals about the same measure. */
export function Earlier({ shop, earlier }: { shop: string; earlier: AppealDetail['earlier'] }) {
  const { t } = useTranslation('appeals');
  const formats = useFormats();
  if (earlier.length === 0) return null;
  return (
    <Section level={3} title={t('earlier')}>
      <ul className="flex flex-col gap-1 text-base">
        {earlier.map((each) => (
          <li key={each.id}>
            <Link to="/shops/$shop/appeals/$id" params={{ shop, id: each.id }}>
              {t('earlierOne', {
                type: t(`type.${each.type}`),
                date: isolate(formats.date(each.filedAt)),
                state: t(`state.${each.state}`),
              })}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the customer was told about the appeal; each notice opens word for word. */
export function Told({ shop, notices }: { shop: string; notices: AppealDetail['notices'] }) {
  const { t } = useTranslation(['appeals', 'events']);
  const { t: words } = useTranslation('events');
  const [reading, setReading] = useState<string | null>(null);
  if (notices.length === 0) return null;
  return (
    <Section level={3} title={t('told')}>
      <ul className="-ms-3 flex flex-col">
        {notices.map((notice) => (
          <li key={notice.id} className="flex flex-wrap items-center">
            <Button look="quiet" icon="mail" onClick={() => setReading(notice.id)}>
              {noticeTitle(notice.kind, words)}
            </Button>
            <RelativeTime at={notice.issuedAt} className="ms-3 text-sm text-muted" />
          </li>
        ))}
      </ul>
      {reading !== null && <NoticeDialog shop={shop} notice={reading} onClose={() => setReading(null)} />}
    </Section>
  );
}
