import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ButtonLink, EmptyState, ErrorState, PageFill, PageHeader, Select, Table } from '../../../ui/index.ts';
import { oneAfterAnother } from '../../../ui/sentences.ts';
import { useApiPages } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { useView } from '../../view.ts';
import { useAppealColumns } from './columns.tsx';

const VIEW = { show: 'open' };

/** Who waits for another look, and until when? */
export default function AppealsPage() {
  const { t } = useTranslation('appeals');
  const shop = useShop();
  const navigate = useNavigate();
  const [view, setView] = useView(VIEW);
  const show = view.show === 'closed' ? 'closed' : 'open';
  const list = useApiPages('GET /api/shops/:shop/appeals', { params: { shop: shop.slug }, query: { show } });
  const columns = useAppealColumns(shop.slug, show);
  const counts = list.first;
  const answer = [
    show === 'closed' && t('answer.closed'),
    show === 'open' && counts && (counts.open === 0 ? t('answer.none') : t('answer.open', { count: counts.open })),
    show === 'open' && counts && counts.overdue > 0 && t('answer.late', { count: counts.overdue }),
  ].filter((each) => typeof each === 'string');
  return (
    <PageFill>
      <PageHeader
        title={t('title')}
        answer={oneAfterAnother(answer)}
        actions={
          <Select
            aria-label={t('show.label')}
            className="w-36"
            value={show}
            onChange={(event) => setView({ show: event.target.value })}
          >
            <option value="open">{t('show.open')}</option>
            <option value="closed">{t('show.closed')}</option>
          </Select>
        }
      />
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Table
          className="flex-1"
          label={t('title')}
          keep={`appeals-${show}`}
          rows={list.rows}
          rowKey={(row) => row.id}
          loading={list.isPending}
          loadingMore={list.isFetchingNextPage}
          onEnd={list.more}
          onOpen={(row) => void navigate({ to: '/shops/$shop/appeals/$id', params: { shop: shop.slug, id: row.id } })}
          columns={columns}
          empty={
            <EmptyState
              icon="speech"
              title={t(`empty.${show}`)}
              action={
                show === 'open' && (
                  <ButtonLink to="/shops/$shop/measures" params={{ shop: shop.slug }}>
                    {t('empty.toMeasures')}
                  </ButtonLink>
                )
              }
            >
              {t(`empty.${show}Hint`)}
            </EmptyState>
          }
        />
      )}
    </PageFill>
  );
}
