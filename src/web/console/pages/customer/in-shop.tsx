import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerDetail } from '../../../../contracts/customers.ts';
import {
  Button,
  Card,
  ErrorState,
  Icon,
  Link,
  Menu,
  MenuItem,
  SkeletonRows,
  type Standing,
  StandingMark,
  useAgo,
} from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { personInSentence } from '../../conduct/person.tsx';
import { useApi } from '../../query.ts';
import type { Shop } from '../../session.tsx';
import { Act } from '../shop-system/act.tsx';
import { usePlatformNames } from '../shop-system/names.ts';
import type { PlatformName } from '../shop-system/types.ts';
import { ASKED_KINDS, type AskedKind } from './act-body.ts';
import { ActDialog } from './act-dialog.tsx';
import type { InShopView } from './in-shop-view.ts';

const FIRST = 3;

/** What the shop's system was told of the customer, what was done there, and what can be. Nothing at all without a connection. */
export function InShop({ shop, customer }: { shop: Shop; customer: CustomerDetail }) {
  const { t } = useTranslation('connections');
  const there = useApi(
    'GET /api/shops/:shop/customers/:id/shop',
    { params: { shop: shop.slug, id: customer.id } },
    { every: (data) => (data && isMoving(data) ? 2_000 : false) },
  );
  if (there.data && there.data.connection === null) return null;
  return (
    <Card>
      <h3 className="px-4 pt-3 pb-1 text-sm text-muted">{t('customer.title')}</h3>
      {there.error && !there.data ? (
        <ErrorState error={there.error} onRetry={() => void there.refetch()} />
      ) : there.data?.connection ? (
        <Known shop={shop} customer={customer} view={there.data} platform={there.data.connection.platform} />
      ) : (
        <SkeletonRows rows={2} />
      )}
    </Card>
  );
}

const isMoving = (view: InShopView) =>
  view.marks?.waiting === true || view.acts.some((act) => act.state === 'waiting' && act.attempts === 0);

interface KnownProps {
  shop: Shop;
  customer: CustomerDetail;
  view: InShopView;
  platform: PlatformName;
}

function Known({ shop, customer, view, platform }: KnownProps) {
  const { t } = useTranslation('connections');
  const { t: words } = useTranslation('events');
  const names = usePlatformNames(platform);
  const [doing, setDoing] = useState<AskedKind | null>(null);
  const [all, setAll] = useState(false);
  const can = ASKED_KINDS.filter((kind) => view.may.includes(kind));
  const may = shop.may('POST /api/shops/:shop/customers/:id/acts') && !customer.erased;
  const shown = all ? view.acts : view.acts.slice(0, FIRST);
  const lost = view.connection?.state === 'reconnect';
  return (
    <>
      {lost ? (
        <p className="px-4 pt-1 pb-2 text-base text-ink">
          <Icon name="alert" className="me-1.5 inline size-3.5 text-restrict" />
          {t('customer.reconnect', names)}{' '}
          <Link to="/shops/$shop/shop-system" params={{ shop: shop.slug }}>
            {t('customer.openConnection')}
          </Link>
        </p>
      ) : (
        <Marks view={view} platform={platform} />
      )}
      {view.acts.length > 0 && (
        <ul className="border-t border-line">
          {shown.map((act) => (
            <Act key={act.id} act={act} />
          ))}
        </ul>
      )}
      {view.acts.length > shown.length && (
        <p className="px-3 pb-2">
          <Button look="quiet" onClick={() => setAll(true)}>
            {t('customer.more', { count: view.acts.length - shown.length })}
          </Button>
        </p>
      )}
      {may && can.length > 0 && !lost && (
        <div className="border-t border-line px-4 py-2.5">
          <Menu trigger={<Button icon="shop">{t('customer.do')}</Button>}>
            {can.map((kind) => (
              <MenuItem key={kind} onClick={() => setDoing(kind)}>
                {t(`act.name.${kind}`)}
              </MenuItem>
            ))}
          </Menu>
        </div>
      )}
      {doing !== null && (
        <ActDialog
          shop={shop}
          customer={customer.id}
          name={personInSentence(customer, words)}
          kind={doing}
          view={view}
          platform={platform}
          onClose={() => setDoing(null)}
        />
      )}
    </>
  );
}

const STANDING_OF_MARK = {
  warned: 'warned',
  restricted: 'restricted',
  blocked: 'blocked',
} as const satisfies Record<string, Standing>;

/** What the platform knows of the customer's standing. */
function Marks({ view, platform }: { view: InShopView; platform: PlatformName }) {
  const { t } = useTranslation('connections');
  const ago = useAgo();
  const names = usePlatformNames(platform);
  const { marks } = view;
  if (marks === null) return <p className="px-4 pt-1 pb-3 text-base text-ink">{t('customer.none', names)}</p>;
  return (
    <div className="px-4 pt-1 pb-3">
      {marks.as === null ? (
        <p className="text-base text-ink">{t('customer.none', names)}</p>
      ) : (
        <p className="flex items-start gap-2 text-base font-medium text-ink">
          <StandingMark standing={STANDING_OF_MARK[marks.as]} className="mt-1.5" />
          <span>{t(`customer.as.${marks.as}`, names)}</span>
        </p>
      )}
      {marks.waiting ? (
        <p className="text-sm text-muted">{t('customer.waiting')}</p>
      ) : (
        marks.appliedAt !== null && (
          <p className="text-sm text-muted">{t('customer.since', { when: isolate(ago(marks.appliedAt)) })}</p>
        )
      )}
      {marks.problem !== null && <p className="text-sm text-restrict wrap-anywhere">{marks.problem}</p>}
    </div>
  );
}
