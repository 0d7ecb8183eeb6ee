import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ButtonLink, Card, Icon, Section } from '../../../ui/index.ts';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { CheckResult } from './check-result.tsx';
import { usePlatformNames } from './names.ts';
import { SignInLink } from './sign-in-link.tsx';
import type { Connection } from './types.ts';

/** What about the connection needs a person, each with the way to put it right. Nothing at all when all is well. */
export function Needs({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const names = usePlatformNames(connection.platform);
  const { health, state } = connection;
  const missing = connection.check?.scopes.filter((scope) => !scope.granted).length ?? 0;
  const said = (count: number) => ({ ...names, count });
  const lines: { key: string; sentence: string; way: ReactNode }[] = [];
  if (state === 'reconnect') {
    lines.push({ key: 'reconnect', sentence: t('needs.reconnect', names), way: <Reconnect /> });
  }
  if (state === 'connecting') {
    lines.push({ key: 'connecting', sentence: t('needs.connecting'), way: <Finish connection={connection} /> });
  }
  if (connection.refused > 0) {
    lines.push({
      key: 'refused',
      sentence: t('needs.refused', said(connection.refused)),
      way: <Go tab="received" show="refused" words={t('needs.refusedDo')} />,
    });
  }
  if (connection.actsFailed > 0) {
    lines.push({
      key: 'acts',
      sentence: t('needs.acts', said(connection.actsFailed)),
      way: <Go tab="acts" show="failed" words={t('needs.actsDo')} />,
    });
  }
  if (connection.marks.failed > 0) {
    lines.push({ key: 'marks', sentence: t('needs.marks', said(connection.marks.failed)), way: null });
  }
  if (missing > 0) {
    lines.push({
      key: 'rights',
      sentence: t('needs.rights', said(missing)),
      way: <Go tab="settings" words={t('needs.rightsDo')} />,
    });
  }
  for (const each of health.rejected24h) {
    lines.push({
      key: each.reason,
      sentence: t('needs.rejected', { count: each.count, why: each.words }),
      way: null,
    });
  }
  if (lines.length === 0) return null;
  return (
    <Section title={t('needs.title')}>
      <Card>
        <ul>
          {lines.map((line) => (
            <li
              key={line.key}
              className="flex items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 last:border-0 max-sm:flex-wrap"
            >
              <span className="flex min-w-0 items-start gap-2.5 text-base text-ink">
                <Icon name="alert" className="mt-1 text-restrict" />
                <span className="min-w-0 wrap-anywhere">{line.sentence}</span>
              </span>
              {line.way}
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  );
}

function Go({ tab, show, words }: { tab: string; show?: string; words: string }) {
  const shop = useShop();
  return (
    <ButtonLink
      to="/shops/$shop/shop-system"
      params={{ shop: shop.slug }}
      search={{ tab, ...(show !== undefined && { show }) }}
    >
      {words}
    </ButtonLink>
  );
}

function Reconnect() {
  const { t } = useTranslation('connections');
  const shop = useShop();
  if (!shop.may('PATCH /api/shops/:shop/connections/:id'))
    return <span className="text-sm text-muted">{t('askOwner')}</span>;
  return (
    <ButtonLink
      look="primary"
      to="/shops/$shop/shop-system"
      params={{ shop: shop.slug }}
      search={{ tab: 'settings', again: 'yes' }}
    >
      {t('needs.reconnectDo')}
    </ButtonLink>
  );
}

/** What is left of connecting: to sign in there, or to see whether the extension answers by now. */
function Finish({ connection }: { connection: Connection }) {
  const shop = useShop();
  return (
    <div className="flex flex-wrap gap-2">
      {shop.may('PATCH /api/shops/:shop/connections/:id') && <SignInLink connection={connection} primary />}
      <Test connection={connection} />
    </div>
  );
}

/** Asks the platform now; what it says stands below, or (`quiet`) where the last test stands. */
export function Test({ connection, quiet = false }: { connection: Connection; quiet?: boolean }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const check = useAction('POST /api/shops/:shop/connections/:id/check', {
    touches: ['GET /api/shops/:shop/connections/:id', 'GET /api/shops/:shop/connections'],
  });
  if (!shop.may('POST /api/shops/:shop/connections/:id/check')) return null;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div>
        <Button
          pending={check.isPending}
          onClick={() => check.mutate({ params: { shop: shop.slug, id: connection.id } })}
        >
          {t(check.isPending ? 'connect.testing' : 'connect.test')}
        </Button>
      </div>
      <div role="status" className="empty:hidden">
        {check.data && !quiet && <CheckResult check={check.data} abilities={connection.abilities} />}
      </div>
    </div>
  );
}
