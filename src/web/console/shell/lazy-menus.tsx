import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/index.ts';
import { useMayAddShop, useShop, useShops, useStaff } from '../session.tsx';

/* Menus are not needed to read a page: their code comes after it, and until then stands a picture of their button. */
const Account = lazy(() => import('./account-menu.tsx'));
const Shops = lazy(() => import('./shop-menu.tsx'));

/** The face of the account button in the sidebar. */
export function AccountFace() {
  const { t } = useTranslation();
  const staff = useStaff();
  return (
    <>
      <Icon name="person" />
      <span className="truncate">{staff?.name ?? t('account.label')}</span>
      <Icon name="chevronUp" className="ms-auto text-faint" />
    </>
  );
}

/** The mark and the name of the shop on screen. */
export function ShopFace() {
  const shop = useShop();
  return (
    <>
      <span
        aria-hidden="true"
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-md bg-accent text-xs font-semibold text-on-accent"
      >
        {Array.from(shop.name.trim())[0]?.toUpperCase()}
      </span>
      <bdi className="truncate">{shop.name}</bdi>
    </>
  );
}

const face = 'flex control-height min-w-0 grow items-center gap-2.5 rounded-md px-2.5 text-sm text-muted';

export function AccountMenu(props: { onShortcuts?: () => void; compact?: boolean }) {
  const waiting: ReactNode = props.compact ? (
    <span className="inline-flex control-square items-center justify-center text-muted">
      <Icon name="person" />
    </span>
  ) : (
    <span className={face}>
      <AccountFace />
    </span>
  );
  return (
    <Suspense fallback={waiting}>
      <Account {...props} />
    </Suspense>
  );
}

/** Which shop this is; with others, or when one may be added, the way there. */
export function ShopMenu() {
  const several = useShops().length > 1;
  const mayAdd = useMayAddShop();
  const name = (
    <div className="flex control-height min-w-0 items-center gap-2.5 px-2 text-base font-semibold">
      <ShopFace />
    </div>
  );
  if (!several && !mayAdd) return name;
  return (
    <Suspense fallback={name}>
      <Shops />
    </Suspense>
  );
}
