import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Icon, Link, RelativeTime } from '../../../ui/index.ts';
import { PersonName } from '../../conduct/person.tsx';
import { useAction, useApiPages } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { StateList } from '../../state-list.tsx';
import { useView } from '../../view.ts';
import type { Connection, ReceivedRow } from './types.ts';

const SHOWN = ['all', 'refused', 'waiting', 'done'] as const;
const VIEW = { show: 'all' };

/** What came in, and what became of it. */
export function Received({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const [view, setView] = useView(VIEW);
  const show = SHOWN.find((each) => each === view.show) ?? 'all';
  const list = useApiPages('GET /api/shops/:shop/connections/:id/received', {
    params: { shop: shop.slug, id: connection.id },
    query: show === 'all' ? {} : { state: show },
  });
  return (
    <StateList
      title={t('tabs.received')}
      hint={t('received.answer')}
      filter={{
        label: t('received.filter'),
        options: SHOWN.map((each) => ({ value: each, label: t(`received.${each}`) })),
      }}
      show={show}
      onShow={(next) => setView({ show: next })}
      list={list}
      loading={t('loading')}
      empty={{
        icon: 'download',
        title: t(show === 'all' ? 'received.empty' : 'received.none'),
        hint: t(show === 'all' ? 'received.emptyHint' : 'received.noneHint'),
      }}
      row={(row) => <Row key={row.id} connection={connection.id} row={row} />}
    />
  );
}

const ICONS = { waiting: 'clock', done: 'check', refused: 'alert' } as const;

function Row({ connection, row }: { connection: string; row: ReceivedRow }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const retry = useAction('POST /api/shops/:shop/connections/:id/received/:other/retry', {
    touches: [
      'GET /api/shops/:shop/connections/:id/received',
      'GET /api/shops/:shop/connections/:id',
      'GET /api/shops/:shop/home',
    ],
    follows: true,
    says: () => t('received.retried'),
  });
  const refused = row.state === 'refused';
  const may = refused && shop.may('POST /api/shops/:shop/connections/:id/received/:other/retry');
  return (
    <li className="flex items-start gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 last:border-0 max-sm:flex-wrap">
      <Icon name={ICONS[row.state]} className={refused ? 'mt-1 text-restrict' : 'mt-1 text-muted'} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3 text-base text-ink">
          <code dir="ltr" className="font-mono text-sm wrap-anywhere">
            {row.topic}
          </code>
          <span className={refused ? 'text-sm font-medium text-restrict' : 'text-sm text-muted'}>
            {t(`received.${row.state}`)}
          </span>
        </p>
        {row.problem !== null && <p className="text-sm text-ink wrap-anywhere">{row.problem}</p>}
        <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          <RelativeTime at={row.receivedAt} />
          {row.state === 'done' && (
            <span>{row.added === 0 ? t('received.addedNone') : t('received.added', { count: row.added })}</span>
          )}
          {row.attempts > 1 && <span>{t('received.attempts', { count: row.attempts })}</span>}
          {row.customers.length > 0 && (
            <span>
              {row.customers.map((customer, index) => (
                <Fragment key={customer.id}>
                  {index > 0 && ', '}
                  <Link
                    quiet
                    to="/shops/$shop/customers/$id"
                    params={{ shop: shop.slug, id: customer.id }}
                    className="inline-flex min-h-6 items-center"
                  >
                    <PersonName person={customer} />
                  </Link>
                </Fragment>
              ))}
            </span>
          )}
        </p>
      </div>
      {may && (
        <Button
          pending={retry.isPending}
          onClick={() => retry.mutate({ params: { shop: shop.slug, id: connection, other: row.id } })}
        >
          {t('received.retry')}
        </Button>
      )}
    </li>
  );
}
