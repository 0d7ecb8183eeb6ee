import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon, Menu, MenuChoice, MenuItem, MenuSeparator } from '../../ui/index.ts';
import { useMayAddShop, useShop, useShops } from '../session.tsx';
import { ShopFace } from './lazy-menus.tsx';

/** The way to one's other shops, and to another one. */
export default function ShopMenu() {
  const { t } = useTranslation();
  const shop = useShop();
  const mayAdd = useMayAddShop();
  const navigate = useNavigate();
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex control-height min-w-0 items-center gap-2.5 rounded-md px-2 text-base font-semibold hover:bg-hover"
        >
          <ShopFace />
          <Icon name="chevronDown" className="ms-auto text-faint" />
        </button>
      }
    >
      <MenuChoice
        label={t('shops')}
        value={shop.slug}
        onChange={(slug) => void navigate({ to: '/shops/$shop', params: { shop: slug } })}
        options={useShops().map((each) => ({ value: each.slug, label: each.name }))}
      />
      {mayAdd && (
        <>
          <MenuSeparator />
          <MenuItem icon="plus" onClick={() => void navigate({ to: '/add-shop' })}>
            {t('addShop')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
