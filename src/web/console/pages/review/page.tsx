import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ButtonLink, cx, EmptyState, ErrorState, PageFill, PageHeader, Select } from '../../../ui/index.ts';
import { usePhone } from '../../../ui/use-phone.ts';
import { api } from '../../api.ts';
import { useNotice } from '../../conduct/notice/use-notice.ts';
import { keyOf, useApi, useApiPages } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { useView } from '../../view.ts';
import { AnswerBar } from './answer-bar.tsx';
import { Case } from './case.tsx';
import { Dialogs } from './dialogs.tsx';
import { Queue } from './queue.tsx';
import { CaseSkeleton, QueueSkeleton } from './skeleton.tsx';
import { type Answer, useAnswer } from './use-answer.ts';
import { useDesk } from './use-desk.ts';

const VIEW = { status: 'open', gravity: '', waitingFor: '' };
const STATUSES = ['open', 'approved', 'declined', 'withdrawn'] as const;
/** Some of the open ones: for whom they wait. */
const WAITING = ['me', 'second'] as const;
const GRAVITIES = ['grave', 'serious', 'minor'] as const;

/** Is this fair? The cases on one side, the open one on the other. */
export default function ReviewPage() {
  const { t } = useTranslation(['review', 'events']);
  const shop = useShop();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { id } = useParams({ strict: false });
  const phone = usePhone();
  const [view, setView] = useView(VIEW);
  const status = STATUSES.find((each) => each === view.status) ?? 'open';
  const gravity = GRAVITIES.find((each) => each === view.gravity);
  const waitingFor = status === 'open' ? WAITING.find((each) => each === view.waitingFor) : undefined;

  const params = { shop: shop.slug };
  const list = useApiPages('GET /api/shops/:shop/review', {
    params,
    query: { status, ...(gravity && { gravity }), ...(waitingFor && { waitingFor }) },
  });
  const detail = useApi(
    'GET /api/shops/:shop/review/:id',
    { params: { ...params, id: id ?? '' } },
    { enabled: id !== undefined },
  );
  const notice = useNotice('POST /api/shops/:shop/review/:id/notice', {
    shop: shop.slug,
    id: id ?? '',
    enabled: detail.data?.status === 'open' && detail.data.type !== 'watch',
  });
  const refused = notice.refused;
  const shown = useMemo(
    () =>
      refused && detail.data
        ? { ...detail.data, may: { ...detail.data.may, approve: false, why: t('act.wording') } }
        : detail.data,
    [detail.data, refused, t],
  );

  const answer = useAnswer(shop.slug, {
    onLeave: (left) => desk.onLeave(left),
    onReturn: (back) => desk.onReturn(back),
  });
  const desk = useDesk({
    shop: shop.slug,
    rows: list.rows,
    current: id,
    detail: shown,
    onApprove: (about) => answer.mutate({ kind: 'approve', about, said: notice.said }),
  });

  // On a wide screen a case always lies open; on a phone the list comes first.
  const firstId = list.rows[0]?.id;
  useEffect(() => {
    if (id === undefined && firstId !== undefined && !phone)
      void navigate({
        to: '/shops/$shop/review/$id',
        params: { shop: shop.slug, id: firstId },
        search: (before) => before,
        replace: true,
      });
  }, [id, firstId, phone, navigate, shop.slug]);

  // The case after this one is fetched ahead, so that it is there when this one has been answered.
  const at = list.rows.findIndex((row) => row.id === id);
  const following = at === -1 ? undefined : list.rows[at + 1]?.id;
  useEffect(() => {
    if (following === undefined) return;
    const args = { params: { shop: shop.slug, id: following } };
    void cache.prefetchQuery({
      queryKey: keyOf('GET /api/shops/:shop/review/:id', args),
      queryFn: ({ signal }) => api('GET /api/shops/:shop/review/:id', args, signal),
    });
  }, [cache, following, shop.slug]);

  const send = (next: Answer) => {
    desk.stopAsking();
    answer.mutate(next);
  };

  return (
    <PageFill>
      {id !== undefined && phone ? (
        <h1 className="sr-only">{t('title')}</h1>
      ) : (
        <PageHeader
          title={t('title')}
          answer={list.first && t('answer', { count: list.first.open })}
          actions={
            <>
              <Select
                aria-label={t('filter.status')}
                className="w-36 max-md:w-46"
                value={waitingFor ?? status}
                onChange={({ target: { value } }) =>
                  setView(
                    WAITING.some((each) => each === value)
                      ? { status: 'open', waitingFor: value }
                      : { status: value, waitingFor: '' },
                  )
                }
              >
                {[STATUSES[0], ...WAITING, ...STATUSES.slice(1)].map((each) => (
                  <option key={each} value={each}>
                    {t(`filter.${each}`)}
                  </option>
                ))}
              </Select>
              <Select
                aria-label={t('filter.gravity')}
                className="w-32"
                value={gravity ?? ''}
                onChange={(event) => setView({ gravity: event.target.value })}
              >
                <option value="">{t('filter.all')}</option>
                {GRAVITIES.map((each) => (
                  <option key={each} value={each}>
                    {t(`filter.${each}`)}
                  </option>
                ))}
              </Select>
            </>
          }
        />
      )}
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.rows.length === 0 && !list.isPending && id === undefined ? (
        waitingFor !== undefined ? (
          <EmptyState
            icon="review"
            title={t(`empty.${waitingFor}`)}
            action={<Button onClick={() => setView(VIEW)}>{t('empty.clear')}</Button>}
          >
            {t(`empty.${waitingFor}Hint`)}
          </EmptyState>
        ) : (
          <NothingWaits shop={shop.slug} open={status === 'open' && gravity === undefined} />
        )
      ) : (
        <div
          className={cx(
            'flex min-h-0 grow overflow-hidden rounded-lg border border-line bg-surface max-md:-mx-4 max-md:-mb-4 max-md:rounded-none max-md:border-x-0 max-md:border-b-0',
            id !== undefined && 'max-md:-mt-9 max-md:border-t-0',
          )}
        >
          <div
            className={cx(
              'flex w-80 shrink-0 flex-col border-e border-line max-md:w-full max-md:border-e-0',
              id !== undefined && 'max-md:hidden',
            )}
          >
            <div className="min-h-0 grow overflow-y-auto">
              {list.isPending ? (
                <QueueSkeleton />
              ) : (
                <Queue
                  shop={shop.slug}
                  rows={list.rows}
                  current={id}
                  focusRow={desk.focusRow}
                  onOpen={desk.readCase}
                  more={list.more}
                  loadingMore={list.isFetchingNextPage}
                />
              )}
            </div>
            <p className="border-t border-line px-3.5 py-2 text-xs text-muted max-md:hidden">{t('keysHint')}</p>
          </div>
          <div className={cx('flex min-w-0 grow flex-col', id === undefined && 'max-md:hidden')}>
            <div className="border-b border-line px-2 py-1 md:hidden">
              <Button look="quiet" icon="chevronStart" onClick={() => desk.onPress('back')}>
                {t('backToList')}
              </Button>
            </div>
            <div className="min-h-0 grow overflow-y-auto px-4 py-5 md:px-6">
              {detail.error ? (
                <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />
              ) : shown ? (
                <Case key={shown.id} shop={shop.slug} detail={shown} notice={notice} heading={desk.heading} />
              ) : id === undefined && !list.isPending ? (
                <EmptyState icon="review" title={t('empty.noCase')}>
                  {t('empty.noCaseHint')}
                </EmptyState>
              ) : (
                <CaseSkeleton />
              )}
            </div>
            {shown && <AnswerBar detail={shown} asking={desk.asking} onPress={desk.onPress} />}
          </div>
        </div>
      )}
      {shown && (
        <Dialogs shop={shop.slug} asking={desk.asking} about={shown} onClose={desk.stopAsking} onAnswer={send} />
      )}
    </PageFill>
  );
}

function NothingWaits({ shop, open }: { shop: string; open: boolean }) {
  const { t } = useTranslation('review');
  if (!open)
    return (
      <EmptyState icon="review" title={t('empty.other')}>
        {t('empty.otherHint')}
      </EmptyState>
    );
  return (
    <EmptyState
      icon="review"
      title={t('empty.open')}
      action={
        <>
          <ButtonLink to="/shops/$shop/customers" params={{ shop }}>
            {t('empty.toCustomers')}
          </ButtonLink>
          <ButtonLink to="/shops/$shop/policy" params={{ shop }} look="quiet">
            {t('empty.toPolicy')}
          </ButtonLink>
        </>
      }
    >
      {t('empty.openHint')}
    </EmptyState>
  );
}
