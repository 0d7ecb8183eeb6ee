import { useTranslation } from 'react-i18next';
import { Button, CopyableId, Icon, type IconName, Link, RelativeTime, useAgo } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { PersonName, personInSentence } from '../../conduct/person.tsx';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import type { ActRow } from './types.ts';

const ICONS: Record<ActRow['state'], IconName> = {
  waiting: 'clock',
  done: 'check',
  failed: 'alert',
  impossible: 'alert',
  cancelled: 'close',
};

/** One thing that was done in the shop's system: what, for whom, who wanted it, what the customer reads, and the ways on. */
export function Act({ act, showCustomer = false }: { act: ActRow; showCustomer?: boolean }) {
  const { t } = useTranslation('connections');
  const { t: words } = useTranslation('events');
  const shop = useShop();
  const ago = useAgo();
  const trouble = act.state === 'failed' || act.state === 'impossible';
  return (
    <li className="flex items-start gap-x-3 border-b border-line px-4 py-2.5 last:border-0">
      <Icon name={ICONS[act.state]} className={trouble ? 'mt-1 text-restrict' : 'mt-1 text-muted'} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="flex flex-wrap items-baseline gap-x-3 text-base text-ink">
          <span className="min-w-0 wrap-anywhere">{act.sentence}</span>
          {act.state === 'waiting' && <span className="text-sm text-muted">{t('acts.state.waiting')}</span>}
        </p>
        {act.problem !== null && <p className="text-sm text-ink wrap-anywhere">{act.problem}</p>}
        {act.words !== null && (
          <p className="text-sm text-muted">
            {act.customer === null
              ? t('acts.readsNobody')
              : t('acts.reads', { name: personInSentence(act.customer, words) })}{' '}
            <q className="text-ink wrap-anywhere">
              <bdi>{act.words}</bdi>
            </q>
          </p>
        )}
        <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          {showCustomer && act.customer !== null && (
            <Link
              quiet
              to="/shops/$shop/customers/$id"
              params={{ shop: shop.slug, id: act.customer.id }}
              className="inline-flex min-h-6 items-center"
            >
              <PersonName person={act.customer} />
            </Link>
          )}
          <RelativeTime at={act.doneAt ?? act.askedAt} />
          <span>
            {act.because === 'staff' && act.askedBy !== null
              ? t('acts.askedBy', { name: act.askedBy.name })
              : t('acts.byRule')}
          </span>
          {act.state === 'waiting' && act.attempts > 0 && act.nextAt !== null && (
            <span>{t('acts.next', { when: isolate(ago(act.nextAt)) })}</span>
          )}
          {act.reference !== null && <CopyableId value={act.reference} label={t('acts.reference')} />}
        </p>
        <Ways act={act} />
      </div>
    </li>
  );
}

const TOUCHED = [
  'GET /api/shops/:shop/acts',
  'GET /api/shops/:shop/customers/:id/shop',
  'GET /api/shops/:shop/connections',
  'GET /api/shops/:shop/connections/:id',
  'GET /api/shops/:shop/home',
] as const;

/** Try again, call off, or undo: where the world allows it. */
function Ways({ act }: { act: ActRow }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const retry = useAction('POST /api/shops/:shop/acts/:id/retry', {
    touches: TOUCHED,
    follows: true,
    says: () => t('acts.retried'),
  });
  const cancel = useAction('POST /api/shops/:shop/acts/:id/cancel', {
    touches: TOUCHED,
    says: () => t('acts.cancelled'),
  });
  const args = { params: { shop: shop.slug, id: act.id } };
  const open = act.state === 'waiting' || act.state === 'failed';
  const back = undoing(act);
  const mayOpen = open && shop.may('POST /api/shops/:shop/acts/:id/retry');
  const mayUndo = back !== null && shop.may('POST /api/shops/:shop/acts/:id/undo');
  if (!mayOpen && !mayUndo) return null;
  return (
    <div className="mt-1 flex flex-wrap gap-2">
      {mayOpen && act.state === 'failed' && (
        <Button pending={retry.isPending} onClick={() => retry.mutate(args)}>
          {t('acts.retry')}
        </Button>
      )}
      {mayOpen && (
        <Button
          look="quiet"
          className={act.state === 'failed' ? '' : '-ms-3'}
          pending={cancel.isPending}
          onClick={() => cancel.mutate(args)}
        >
          {t('acts.cancel')}
        </Button>
      )}
      {mayUndo && <Undo act={act} back={back} />}
    </div>
  );
}

/** What takes an act back; null: nothing does, or no more. */
const undoing = ({ undoneBy }: ActRow): 'hold_order' | 'release_order' | null =>
  undoneBy === 'hold_order' || undoneBy === 'release_order' ? undoneBy : null;

function Undo({ act, back }: { act: ActRow; back: 'hold_order' | 'release_order' }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const undo = useAction('POST /api/shops/:shop/acts/:id/undo', {
    touches: TOUCHED,
    follows: true,
    says: () => t('acts.undone'),
  });
  return (
    <Button
      icon="undo"
      look="quiet"
      className="-ms-3"
      pending={undo.isPending}
      onClick={() => undo.mutate({ params: { shop: shop.slug, id: act.id } })}
    >
      {t(`acts.undo.${back}`)}
    </Button>
  );
}
