import { useTranslation } from 'react-i18next';
import {
  Button,
  ErrorState,
  OverlayBody,
  OverlayClose,
  RelativeTime,
  Sheet,
  SkeletonRows,
  useFormats,
} from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import type { Change } from './types.ts';

const SHOWN = 100;

/** Everything that was done to the lists, the latest first. */
export function ChangesSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('lists');
  const shop = useShop();
  const past = useApi('GET /api/shops/:shop/lists/changes', { params: { shop: shop.slug }, query: { limit: SHOWN } });
  return (
    <Sheet
      open
      onOpenChange={(next) => !next && onClose()}
      title={t('past.title')}
      description={t('past.description')}
      footer={
        <OverlayClose>
          <Button>{t('detail.close')}</Button>
        </OverlayClose>
      }
    >
      <OverlayBody>
        <ChangeList query={past} withKind />
      </OverlayBody>
    </Sheet>
  );
}

interface ChangeListProps {
  query: {
    readonly data: { readonly items: readonly Change[] } | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
  /** Says of each what kind of entry it was about. */
  withKind?: boolean;
}

export function ChangeList({ query, withKind = false }: ChangeListProps) {
  const { t } = useTranslation('lists');
  const formats = useFormats();
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={3} />;
  if (query.data.items.length === 0) return <p className="text-base text-muted">{t('past.empty')}</p>;
  return (
    <ol className="flex flex-col">
      {query.data.items.map((change) => (
        <li
          key={`${change.entry}-${change.at}-${change.what}`}
          className="flex items-baseline justify-between gap-3 border-b border-line py-1.5 text-base last:border-0"
        >
          <span className="min-w-0">
            {t(`change.${change.what}`, {
              name: isolate(change.by?.name ?? t('commandLine')),
              date: isolate(formats.date(change.until)),
            })}
            {withKind && (
              <span className="block text-sm text-muted">
                {t(`type.${change.type}`)} · {t(`does.${change.answer ?? 'allow'}`)}
              </span>
            )}
          </span>
          <RelativeTime at={change.at} className="text-sm text-faint" />
        </li>
      ))}
    </ol>
  );
}
