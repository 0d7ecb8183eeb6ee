import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Icon, type IconName, RelativeTime, useAgo, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { useAction, useApiPages } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { StateList } from '../../state-list.tsx';
import { useView } from '../../view.ts';
import { MessageDialog } from './message-dialog.tsx';
import { type Endpoint, type Sent, topicKey } from './types.ts';

const SHOWN = ['all', 'waiting', 'sent', 'failed'] as const;
const VIEW = { show: 'all' };

/** What was sent there, and what the receiver answered. */
export function SentList({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks');
  const shop = useShop();
  const [view, setView] = useView(VIEW);
  const [reading, setReading] = useState<Sent | null>(null);
  const show = SHOWN.find((each) => each === view.show) ?? 'all';
  const list = useApiPages('GET /api/shops/:shop/webhooks/:id/sent', {
    params: { shop: shop.slug, id: endpoint.id },
    query: show === 'all' ? {} : { state: show },
  });
  const mayRead = shop.may('GET /api/shops/:shop/webhooks/:id/sent/:other');
  return (
    <StateList
      title={t('sent.title')}
      hint={t('sent.answer')}
      filter={{
        label: t('sent.filter'),
        options: SHOWN.map((each) => ({
          value: each,
          label: each === 'all' ? t('sent.all') : t(`sent.state.${each}`),
        })),
      }}
      show={show}
      onShow={(next) => setView({ show: next })}
      list={list}
      loading={t('loading')}
      empty={{
        icon: 'external',
        title: t(show === 'all' ? 'sent.empty' : 'sent.none'),
        hint: t(show === 'all' ? 'sent.emptyHint' : 'sent.noneHint'),
      }}
      row={(row) => <Row key={row.id} endpoint={endpoint} row={row} onRead={mayRead ? () => setReading(row) : null} />}
    >
      {!mayRead && <p className="text-sm text-muted">{t('sent.mayNotRead')}</p>}
      {reading && <MessageDialog endpoint={endpoint} row={reading} onClose={() => setReading(null)} />}
    </StateList>
  );
}

const ICONS: Record<Sent['state'], IconName> = { waiting: 'clock', sent: 'check', failed: 'alert', cancelled: 'close' };

function Row({ endpoint, row, onRead }: { endpoint: Endpoint; row: Sent; onRead: (() => void) | null }) {
  const { t } = useTranslation('webhooks');
  const shop = useShop();
  const formats = useFormats();
  const ago = useAgo();
  const retry = useAction('POST /api/shops/:shop/webhooks/:id/sent/:other/retry', {
    touches: ['GET /api/shops/:shop/webhooks/:id/sent', 'GET /api/shops/:shop/webhooks'],
    follows: true,
    says: () => t('sent.resent'),
  });
  const failed = row.state === 'failed';
  const may = row.state !== 'waiting' && shop.may('POST /api/shops/:shop/webhooks/:id/sent/:other/retry');
  const answered =
    row.status === null
      ? null
      : row.ms === null
        ? t('sent.answeredOnly', { status: row.status })
        : t('sent.answered', { status: row.status, ms: formats.count(row.ms) });
  return (
    <li className="flex items-start gap-x-3 gap-y-2 border-b border-line px-4 py-2.5 last:border-0 max-sm:flex-wrap">
      <Icon name={ICONS[row.state]} className={failed ? 'mt-1 text-restrict' : 'mt-1 text-muted'} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3 text-base text-ink">
          <span>{t(`topic.${topicKey(row.topic)}`)}</span>
          <span className={failed ? 'text-sm font-medium text-restrict' : 'text-sm text-muted'}>
            {t(`sent.state.${row.state}`)}
          </span>
        </p>
        {row.problem !== null && <p className="text-sm text-ink wrap-anywhere">{row.problem}</p>}
        <p className="tabular flex flex-wrap gap-x-3 text-sm text-muted">
          <RelativeTime at={row.sentAt ?? row.createdAt} />
          {answered !== null && <span>{answered}</span>}
          {row.attempts > 1 && <span>{t('sent.tries', { count: row.attempts })}</span>}
          {row.state === 'waiting' && row.nextAt !== null && (
            <span>{t('sent.next', { when: isolate(ago(row.nextAt)) })}</span>
          )}
        </p>
      </div>
      <span className="flex gap-1">
        {may && (
          <Button
            look={failed ? 'secondary' : 'quiet'}
            pending={retry.isPending}
            onClick={() => retry.mutate({ params: { shop: shop.slug, id: endpoint.id, other: row.id } })}
          >
            {t('sent.resend')}
          </Button>
        )}
        {onRead && (
          <Button look="quiet" onClick={onRead}>
            {t('sent.open')}
          </Button>
        )}
      </span>
    </li>
  );
}
