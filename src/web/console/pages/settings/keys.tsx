import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import {
  Badge,
  Button,
  Card,
  Dialog,
  EmptyState,
  ErrorState,
  Note,
  OverlayBody,
  OverlayClose,
  RelativeTime,
  Section,
  SkeletonRows,
  useFormats,
} from '../../../ui/index.ts';
import { useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { NewKey } from './new-key.tsx';
import { scopeKey } from './scope-key.ts';

type Key = ResponseOf<'GET /api/shops/:shop/keys'>['items'][number];

/** Which systems may talk to Evenhand for this shop. */
export function Keys() {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const may = shop.may('GET /api/shops/:shop/keys');
  const keys = useApi('GET /api/shops/:shop/keys', { params: { shop: shop.slug } }, { enabled: may });
  const [adding, setAdding] = useState(false);
  if (!may) return <Note>{t('keys.mayNot')}</Note>;
  return (
    <Section
      title={t('keys.title')}
      hint={t('keys.hint')}
      actions={
        <Button icon="plus" onClick={() => setAdding(true)}>
          {t('keys.add')}
        </Button>
      }
    >
      {keys.error ? (
        <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />
      ) : (
        <Card>
          {!keys.data ? (
            <SkeletonRows rows={2} />
          ) : keys.data.items.length === 0 ? (
            <EmptyState icon="key" title={t('keys.empty')}>
              {t('keys.emptyHint')}
            </EmptyState>
          ) : (
            <ul>
              {keys.data.items.map((key) => (
                <KeyRow key={key.id} item={key} />
              ))}
            </ul>
          )}
        </Card>
      )}
      <NewKey open={adding} onOpenChange={setAdding} />
    </Section>
  );
}

function KeyRow({ item }: { item: Key }) {
  const { t } = useTranslation('settings');
  const formats = useFormats();
  return (
    <li className="flex items-center gap-x-4 gap-y-1 border-b max-sm:flex-wrap border-line px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <p className="flex flex-wrap items-center gap-2 text-base font-medium">
          <bdi className="truncate">{item.name}</bdi>
          <code className="font-mono text-xs font-normal text-muted">{`${item.prefix}…`}</code>
          {item.revokedAt && <Badge>{t('keys.revoked')}</Badge>}
        </p>
        <p className="text-sm text-muted">
          {t('keys.scopes')} {formats.list(item.scopes.map((scope) => t(`keys.scope.${scopeKey(scope)}`)))}
        </p>
      </div>
      <span className="text-sm text-muted max-sm:flex-1 sm:text-end">
        {t('keys.used')} {item.lastUsedAt ? <RelativeTime at={item.lastUsedAt} /> : t('keys.never')}
      </span>
      {!item.revokedAt && <Revoke item={item} />}
    </li>
  );
}

function Revoke({ item }: { item: Key }) {
  const { t } = useTranslation(['settings', 'common']);
  const shop = useShop();
  const [open, setOpen] = useState(false);
  const revoke = useAction('DELETE /api/shops/:shop/keys/:id', {
    touches: ['GET /api/shops/:shop/keys'],
    says: () => t('keys.revokedNow', { name: item.name }),
  });
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button look="quiet" aria-label={t('keys.revokeOf', { name: item.name })}>
          {t('keys.revoke')}
        </Button>
      }
      title={t('keys.revokeTitle', { name: item.name })}
      footer={
        <>
          <OverlayClose>
            <Button>{t('common:cancel')}</Button>
          </OverlayClose>
          <Button
            look="danger"
            pending={revoke.isPending}
            onClick={() =>
              revoke.mutate({ params: { shop: shop.slug, id: item.id } }, { onSuccess: () => setOpen(false) })
            }
          >
            {t('keys.revoke')}
          </Button>
        </>
      }
    >
      <OverlayBody>
        <p className="text-base text-muted">{t('keys.revokeAnswer')}</p>
      </OverlayBody>
    </Dialog>
  );
}
