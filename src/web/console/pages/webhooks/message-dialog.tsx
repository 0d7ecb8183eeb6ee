import { useTranslation } from 'react-i18next';
import { CopyableId, Dialog, ErrorState, Loading, OverlayBody, Skeleton } from '../../../ui/index.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import type { Endpoint, Sent } from './types.ts';

interface MessageDialogProps {
  endpoint: Endpoint;
  row: Sent;
  onClose: () => void;
}

/** One message, word for word. */
export function MessageDialog({ endpoint, row, onClose }: MessageDialogProps) {
  const { t } = useTranslation('webhooks');
  const shop = useShop();
  const message = useApi('GET /api/shops/:shop/webhooks/:id/sent/:other', {
    params: { shop: shop.slug, id: endpoint.id, other: row.id },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('sent.detailTitle')}
      description={t('sent.detailAnswer')}
      className="max-w-2xl"
    >
      <OverlayBody>
        {message.error ? (
          <ErrorState error={message.error} onRetry={() => void message.refetch()} />
        ) : message.data ? (
          <>
            <div className="flex min-w-0">
              <CopyableId value={row.id} label={t('sent.id')} />
            </div>
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
              tabIndex={0}
              dir="ltr"
              translate="no"
              className="max-h-[50vh] overflow-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs text-ink"
            >
              {pretty(message.data.body)}
            </pre>
          </>
        ) : (
          <Loading label={t('loading')}>
            <Skeleton className="h-48 w-full" />
          </Loading>
        )}
      </OverlayBody>
    </Dialog>
  );
}

/** Over several lines, for eyes. What is no JSON stays as it is. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
