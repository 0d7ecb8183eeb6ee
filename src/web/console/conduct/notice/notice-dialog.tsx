import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  buttonClass,
  Dialog,
  ErrorState,
  Icon,
  Loading,
  OverlayBody,
  Skeleton,
  useFormats,
} from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { printAddress } from '../../files.ts';
import { useApi } from '../../query.ts';
import { NoticeDocument } from './notice-document.tsx';

interface NoticeDialogProps {
  shop: string;
  notice: string;
  onClose: () => void;
  /** Stands above the notice: where it is on its way. */
  about?: ReactNode;
  /** Stands beside Print. */
  actions?: ReactNode;
}

/** A notice as it was issued, word for word. */
export function NoticeDialog({ shop, notice, onClose, about, actions }: NoticeDialogProps) {
  const { t } = useTranslation('notices');
  const formats = useFormats();
  const issued = useApi('GET /api/shops/:shop/notices/:id', { params: { shop, id: notice } });
  const { data } = issued;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      className="max-w-2xl!"
      title={data ? <bdi lang={data.document.language}>{data.document.subject}</bdi> : t('kept.title')}
      description={
        data &&
        t('kept.issued', {
          when: isolate(formats.instant(data.issuedAt)),
          language: isolate(formats.language(data.document.language)),
        })
      }
      footer={
        <>
          {actions}
          <PrintLink shop={shop} notice={notice} />
        </>
      }
    >
      <OverlayBody>
        {about}
        {issued.error ? (
          <ErrorState error={issued.error} onRetry={() => void issued.refetch()} />
        ) : data ? (
          <NoticeDocument notice={data.document} level={2} />
        ) : (
          <Loading label={t('loading')}>
            <Skeleton className="h-80 w-full" />
          </Loading>
        )}
      </OverlayBody>
    </Dialog>
  );
}

/** Opens the page made for paper in a window of its own. */
export function PrintLink({ shop, notice }: { shop: string; notice: string }) {
  const { t } = useTranslation('notices');
  return (
    <a href={printAddress(shop, notice)} target="_blank" rel="noreferrer" className={buttonClass('secondary')}>
      <Icon name="print" />
      {t('kept.print')}
    </a>
  );
}
