import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasureView } from '../../../../contracts/customers.ts';
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  PageFill,
  PageHeader,
  Select,
  Table,
  toast,
} from '../../../ui/index.ts';
import { LiftDialog } from '../../conduct/lift-dialog.tsx';
import { saveMeasures } from '../../files.ts';
import { useApiPages } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { useView } from '../../view.ts';
import { useMeasureColumns } from './columns.tsx';

const VIEW = { state: 'active', type: '', ending: '' };
const STATES = ['active', 'suspended', 'expired', 'lifted', 'voided'] as const;
const TYPES = ['warning', 'restriction', 'block'] as const;

/** What is in force, and until when? */
export default function MeasuresPage() {
  const { t } = useTranslation(['measures', 'events']);
  const shop = useShop();
  const navigate = useNavigate();
  const [view, setView] = useView(VIEW);
  const state = STATES.find((each) => each === view.state) ?? 'active';
  const ending = state === 'active' && view.ending === 'week' ? 'week' : undefined;
  const type = TYPES.find((each) => each === view.type);
  const [lifting, setLifting] = useState<MeasureView | null>(null);
  const list = useApiPages('GET /api/shops/:shop/measures', {
    params: { shop: shop.slug },
    query: { state, ...(type && { type }), ...(ending && { ending }) },
  });
  const save = useMutation({
    mutationFn: () => saveMeasures(shop.slug, { state }),
    onError: (error) => toast({ title: error.message, meaning: 'failed' }),
  });
  const mayLift = shop.may('POST /api/shops/:shop/measures/:id/lift');
  const columns = useMeasureColumns(
    shop.slug,
    state === 'active' || state === 'suspended',
    mayLift ? setLifting : null,
  );
  return (
    <PageFill>
      <PageHeader
        title={t('title')}
        answer={t(state === 'active' ? 'answer' : 'answerPast')}
        actions={
          <>
            <Select
              aria-label={t('state')}
              className="w-48 max-md:w-54"
              value={ending ?? state}
              onChange={({ target: { value } }) =>
                setView(value === 'week' ? { state: 'active', ending: value } : { state: value, ending: '' })
              }
            >
              {([STATES[0], 'week', ...STATES.slice(1)] as const).map((each) => (
                <option key={each} value={each}>
                  {t(`states.${each}`)}
                </option>
              ))}
            </Select>
            <Select
              aria-label={t('typeFilter')}
              className="w-36 max-md:w-33"
              value={type ?? ''}
              onChange={(event) => setView({ type: event.target.value })}
            >
              <option value="">{t('allTypes')}</option>
              {TYPES.map((each) => (
                <option key={each} value={each}>
                  {t(`events:measureType.${each}`)}
                </option>
              ))}
            </Select>
            {shop.may('POST /api/shops/:shop/customers/:id/measures') && (
              <Button icon="download" pending={save.isPending} onClick={() => save.mutate()}>
                <span className="sr-only">{t('exportLong')}</span>
                <span aria-hidden="true">{t('export')}</span>
              </Button>
            )}
          </>
        }
      />
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Table
          className="flex-1"
          label={t('title')}
          keep="measures"
          rows={list.rows}
          rowKey={(row) => row.id}
          loading={list.isPending}
          loadingMore={list.isFetchingNextPage}
          onEnd={list.more}
          onOpen={(row) =>
            void navigate({ to: '/shops/$shop/customers/$id', params: { shop: shop.slug, id: row.customer.id } })
          }
          columns={columns}
          empty={
            state === 'active' && type === undefined && ending === undefined ? (
              <EmptyState
                icon="measure"
                title={t('empty.title')}
                action={
                  <ButtonLink to="/shops/$shop/review" params={{ shop: shop.slug }}>
                    {t('empty.action')}
                  </ButtonLink>
                }
              >
                {t('empty.hint')}
              </EmptyState>
            ) : (
              <EmptyState
                icon="measure"
                title={t('empty.none')}
                action={<Button onClick={() => setView(VIEW)}>{t('empty.clear')}</Button>}
              >
                {t('empty.noneHint')}
              </EmptyState>
            )
          }
        />
      )}
      {lifting && <LiftDialog shop={shop.slug} measure={lifting} onClose={() => setLifting(null)} />}
    </PageFill>
  );
}
