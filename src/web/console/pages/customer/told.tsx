import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Button, Card, cx, ErrorState, Icon, RelativeTime, SkeletonRows } from '../../../ui/index.ts';
import { NoticeDialog } from '../../conduct/notice/notice-dialog.tsx';
import { useApi } from '../../query.ts';

type Row = ResponseOf<'GET /api/shops/:shop/customers/:id/notices'>['items'][number];

const FIRST = 4;

/** What the customer was told: each notice opens as it was issued. */
export function Told({ shop, customer }: { shop: string; customer: string }) {
  const { t } = useTranslation('notices');
  const notices = useApi('GET /api/shops/:shop/customers/:id/notices', { params: { shop, id: customer } });
  const [all, setAll] = useState(false);
  const [reading, setReading] = useState<string | null>(null);
  const rows = notices.data?.items ?? [];
  const shown = all ? rows : rows.slice(0, FIRST);
  return (
    <Card>
      <h3 className="px-4 pt-3 pb-1 text-sm text-muted">{t('kept.title')}</h3>
      {notices.error ? (
        <ErrorState error={notices.error} onRetry={() => void notices.refetch()} />
      ) : notices.data === undefined ? (
        <SkeletonRows rows={2} />
      ) : rows.length === 0 ? (
        <p className="px-4 pt-1 pb-3 text-base text-ink">{t('kept.none')}</p>
      ) : (
        <ul className="flex flex-col pb-1">
          {shown.map((row) => (
            <ToldRow key={row.id} row={row} onOpen={() => setReading(row.id)} />
          ))}
        </ul>
      )}
      {rows.length > shown.length && (
        <p className="px-3 pb-2">
          <Button look="quiet" onClick={() => setAll(true)}>
            {t('kept.more', { count: rows.length - shown.length })}
          </Button>
        </p>
      )}
      {reading !== null && <NoticeDialog shop={shop} notice={reading} onClose={() => setReading(null)} />}
    </Card>
  );
}

function ToldRow({ row, onOpen }: { row: Row; onOpen: () => void }) {
  const { t } = useTranslation('notices');
  const trouble = row.state === 'failed' || row.state === 'bounced';
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="flex w-full flex-col px-4 py-1.5 text-start hover:bg-hover focus-visible:-outline-offset-2 max-md:min-h-11"
      >
        <bdi lang={row.language} className="max-w-full truncate text-base text-ink">
          {row.subject}
        </bdi>
        <span className={cx('flex items-center gap-1.5 text-sm', trouble ? 'font-medium text-restrict' : 'text-muted')}>
          {trouble && <Icon name="alert" className="size-3.5" />}
          {t(`kept.state.${row.state ?? 'none'}`)}
          <RelativeTime at={row.issuedAt} className="font-normal text-muted" />
        </span>
      </button>
    </li>
  );
}
