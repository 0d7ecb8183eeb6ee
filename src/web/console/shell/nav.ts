import type { ParseKeys } from 'i18next';
import type { IconName } from '../../ui/index.ts';

interface Place {
  readonly to:
    | '/shops/$shop'
    | '/shops/$shop/review'
    | '/shops/$shop/appeals'
    | '/shops/$shop/customers'
    | '/shops/$shop/links'
    | '/shops/$shop/measures'
    | '/shops/$shop/lists'
    | '/shops/$shop/outbox'
    | '/shops/$shop/policy'
    | '/shops/$shop/imports'
    | '/shops/$shop/shop-system'
    | '/shops/$shop/settings';
  readonly icon: IconName;
  readonly label: ParseKeys<'common'>;
  readonly keys: string;
  /** Stands in the bar at the bottom of a phone; the others are behind "More". */
  readonly onPhone: boolean;
  /** What waits there is counted beside it. */
  readonly counts?: 'proposals' | 'appeals' | 'mail' | 'shopSystem' | 'links';
}

/** Where one can go, in this order, with the keys that lead there. */
export const PLACES: readonly Place[] = [
  { to: '/shops/$shop', icon: 'home', label: 'nav.home', keys: 'g h', onPhone: true },
  { to: '/shops/$shop/review', icon: 'review', label: 'nav.review', keys: 'g r', onPhone: true, counts: 'proposals' },
  { to: '/shops/$shop/appeals', icon: 'speech', label: 'nav.appeals', keys: 'g a', onPhone: false, counts: 'appeals' },
  { to: '/shops/$shop/customers', icon: 'people', label: 'nav.customers', keys: 'g c', onPhone: true },
  {
    to: '/shops/$shop/links',
    icon: 'link',
    label: 'nav.links',
    keys: 'g d',
    onPhone: false,
    counts: 'links',
  },
  { to: '/shops/$shop/measures', icon: 'measure', label: 'nav.measures', keys: 'g m', onPhone: false },
  { to: '/shops/$shop/lists', icon: 'list', label: 'nav.lists', keys: 'g l', onPhone: false },
  { to: '/shops/$shop/outbox', icon: 'mail', label: 'nav.outbox', keys: 'g o', onPhone: false, counts: 'mail' },
  { to: '/shops/$shop/policy', icon: 'policy', label: 'nav.policy', keys: 'g p', onPhone: true },
  { to: '/shops/$shop/imports', icon: 'upload', label: 'nav.imports', keys: 'g i', onPhone: false },
  {
    to: '/shops/$shop/shop-system',
    icon: 'plug',
    label: 'nav.shopSystem',
    keys: 'g y',
    onPhone: false,
    counts: 'shopSystem',
  },
  { to: '/shops/$shop/settings', icon: 'settings', label: 'nav.settings', keys: 'g s', onPhone: false },
];
