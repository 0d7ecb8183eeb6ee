import { useTranslation } from 'react-i18next';
import type { Home } from '../../../../contracts/review.ts';
import { Link, Note } from '../../../ui/index.ts';
import { useShop } from '../../session.tsx';
import { needsOf } from '../../shell/shop-system.ts';

/** What about the shop system, or the webhooks to others, needs a person: each with the way there. */
export function ShopTrouble({ home }: { home: Home }) {
  const { t } = useTranslation('home');
  const { shopSystem: system, webhooksOff } = home;
  if (needsOf(system) + webhooksOff === 0 && system?.state !== 'connecting') return null;
  return (
    <div className="flex flex-col gap-2">
      {system?.state === 'reconnect' && (
        <Trouble sentence={t('shop.reconnect')} way={t('shop.reconnectDo')} search={{ tab: 'overview' }} />
      )}
      {system?.state === 'connecting' && (
        <Trouble sentence={t('shop.connecting')} way={t('shop.connectingDo')} search={{ tab: 'overview' }} />
      )}
      {system && system.actsFailed > 0 && (
        <Trouble
          sentence={t('shop.acts', { count: system.actsFailed })}
          way={t('shop.look')}
          search={{ tab: 'acts', show: 'failed' }}
        />
      )}
      {system && system.refused > 0 && (
        <Trouble
          sentence={t('shop.refused', { count: system.refused })}
          way={t('shop.look')}
          search={{ tab: 'received', show: 'refused' }}
        />
      )}
      {webhooksOff > 0 && <WebhooksOff count={webhooksOff} />}
    </div>
  );
}

interface TroubleProps {
  sentence: string;
  way: string;
  search: Readonly<Record<string, string>>;
}

function Trouble({ sentence, way, search }: TroubleProps) {
  const shop = useShop();
  return (
    <Note meaning="watch">
      {sentence}{' '}
      <Link to="/shops/$shop/shop-system" params={{ shop: shop.slug }} search={search}>
        {way}
      </Link>
    </Note>
  );
}

function WebhooksOff({ count }: { count: number }) {
  const { t } = useTranslation('home');
  const shop = useShop();
  return (
    <Note meaning="watch">
      {t('shop.webhooksOff', { count })}{' '}
      <Link to="/shops/$shop/settings" params={{ shop: shop.slug }} search={{ tab: 'webhooks' }}>
        {t('shop.webhooksLook')}
      </Link>
    </Note>
  );
}
