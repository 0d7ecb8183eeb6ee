import { useTranslation } from 'react-i18next';
import { ErrorState, Loading, Page, PageHeader, Skeleton, Tabs, useAgo } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { useView } from '../../view.ts';
import { Abilities } from './abilities.tsx';
import { ActsTab } from './acts-tab.tsx';
import { ConnectionSettings } from './connection-settings.tsx';
import { usePlatformNames } from './names.ts';
import { Overview } from './overview.tsx';
import { Received } from './received.tsx';
import type { Connection, ConnectionRow, Made, PlatformName } from './types.ts';

const TABS = ['overview', 'received', 'acts', 'abilities', 'settings'] as const;
type Tab = (typeof TABS)[number];
const VIEW = { tab: 'overview' };

interface ConnectedProps {
  row: ConnectionRow;
  onMade: (made: Made, platform: PlatformName) => void;
}

/** The shop's connection: how it does first, then what needs a person, then the rest. */
export function Connected({ row, onMade }: ConnectedProps) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const [view, setView] = useView(VIEW);
  const tab = TABS.find((each) => each === view.tab) ?? 'overview';
  const detail = useApi(
    'GET /api/shops/:shop/connections/:id',
    { params: { shop: shop.slug, id: row.id } },
    { every: (data) => (data === undefined || moves(data) ? 2_000 : 30_000) },
  );
  const shown = detail.data ?? row;
  const counts: Partial<Record<Tab, number>> = { received: shown.refused, acts: shown.actsFailed };
  return (
    <Page>
      <PageHeader
        crumb={
          <>
            {t(`platform.${row.platform}`)} · <bdi>{row.address}</bdi>
          </>
        }
        title={t('title')}
        answer={<StateSentence row={shown} />}
      />
      <Tabs
        label={t('tabs.label')}
        value={tab}
        onChange={(next) => setView({ tab: next, show: '' } as { tab: string })}
        tabs={TABS.map((each) => {
          const count = counts[each] ?? 0;
          return { value: each, label: t(`tabs.${each}`), ...(count > 0 && { count }) };
        })}
      >
        {detail.data ? (
          <Panel tab={tab} connection={detail.data} onMade={onMade} />
        ) : detail.error ? (
          <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />
        ) : (
          <Loading label={t('loading')}>
            <div className="flex flex-col gap-6">
              <Skeleton className="h-28 w-full" />
              <Skeleton className="h-56 w-full" />
            </div>
          </Loading>
        )}
      </Tabs>
    </Page>
  );
}

/** Something about it may be different in a moment. */
const moves = (connection: Connection) =>
  connection.state === 'connecting' || connection.runs.some((run) => run.state === 'running');

interface PanelProps {
  tab: Tab;
  connection: Connection;
  onMade: ConnectedProps['onMade'];
}

function Panel({ tab, connection, onMade }: PanelProps) {
  switch (tab) {
    case 'overview':
      return <Overview connection={connection} />;
    case 'received':
      return <Received connection={connection} />;
    case 'acts':
      return <ActsTab platform={connection.platform} />;
    case 'abilities':
      return (
        <div className="max-w-3xl">
          <Abilities platform={connection.platform} abilities={connection.abilities} level={2} />
        </div>
      );
    case 'settings':
      return <ConnectionSettings connection={connection} onMade={onMade} />;
  }
}

/** How the connection does, in one sentence. */
function StateSentence({ row }: { row: Pick<ConnectionRow, 'platform' | 'state' | 'lastReceivedAt'> }) {
  const { t } = useTranslation('connections');
  const names = usePlatformNames(row.platform);
  const ago = useAgo();
  if (row.state !== 'active') return t(`state.${row.state}`, names);
  if (row.lastReceivedAt === null) return t('state.activeQuiet', names);
  return t('state.active', { ...names, when: isolate(ago(row.lastReceivedAt)) });
}
