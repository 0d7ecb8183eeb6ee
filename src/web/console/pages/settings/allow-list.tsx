import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Button, Card, DateText, EmptyState, ErrorState, Section, SkeletonRows } from '../../../ui/index.ts';
import { keyOf, useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { NewAllowed } from './new-allowed.tsx';

type Entry = ResponseOf<'GET /api/shops/:shop/allow-list'>['items'][number];

/** Who is let through whatever the policy says, why and until when. */
export function AllowList() {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const list = useApi('GET /api/shops/:shop/allow-list', { params: { shop: shop.slug } });
  const [adding, setAdding] = useState(false);
  const may = shop.may('POST /api/shops/:shop/allow-list');
  return (
    <Section
      title={t('allow.title')}
      hint={t('allow.hint')}
      actions={
        may && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('allow.add')}
          </Button>
        )
      }
    >
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Card>
          {!list.data ? (
            <SkeletonRows rows={2} />
          ) : list.data.items.length === 0 ? (
            <EmptyState icon="check" title={t('allow.empty')}>
              {t('allow.emptyHint')}
            </EmptyState>
          ) : (
            <ul>
              {list.data.items.map((entry) => (
                <EntryRow key={entry.id} entry={entry} may={may} />
              ))}
            </ul>
          )}
        </Card>
      )}
      {may && <NewAllowed open={adding} onOpenChange={setAdding} />}
    </Section>
  );
}

function EntryRow({ entry, may }: { entry: Entry; may: boolean }) {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const remove = useAction<'DELETE /api/shops/:shop/allow-list/:id', 'POST /api/shops/:shop/allow-list'>(
    'DELETE /api/shops/:shop/allow-list/:id',
    {
      touches: ['GET /api/shops/:shop/allow-list'],
      optimistic: (cache, { params }) => {
        const key = keyOf('GET /api/shops/:shop/allow-list', { params: { shop: shop.slug } });
        cache.setQueryData<{ items: Entry[] }>(
          key,
          (list) => list && { items: list.items.filter((each) => each.id !== params.id) },
        );
      },
      says: () => t('allow.removed'),
      undo: () => ({
        route: 'POST /api/shops/:shop/allow-list',
        args: {
          params: { shop: shop.slug },
          body: { type: entry.type, value: entry.value, reason: entry.reason, until: entry.until },
        },
        says: t('allow.putBack'),
      }),
    },
  );
  return (
    <li className="flex items-center gap-x-4 gap-y-1 border-b max-sm:flex-wrap border-line px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <p className="truncate text-base font-medium">
          <bdi>{entry.value}</bdi>{' '}
          <span className="text-sm font-normal text-muted">{t(`allow.type.${entry.type}`)}</span>
        </p>
        <p className="text-sm text-muted">
          <bdi>{entry.reason}</bdi> · {t('allow.by', { name: entry.createdBy })}
        </p>
      </div>
      <span className="text-sm text-muted max-sm:flex-1 sm:text-end">
        {t('allow.until')} <DateText at={entry.until} />
      </span>
      {may && (
        <Button
          look="quiet"
          aria-label={t('allow.removeOf', { value: entry.value })}
          onClick={() => remove.mutate({ params: { shop: shop.slug, id: entry.id } })}
        >
          {t('allow.remove')}
        </Button>
      )}
    </li>
  );
}
