import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon, Menu, MenuChoice } from '../../ui/index.ts';
import { sessionQuery, useShop } from '../session.tsx';

/** Which shop this is; with several, the way to the others. */
export function ShopMenu() {
  const { t } = useTranslation();
  const shop = useShop();
  const navigate = useNavigate();
  const shops = useQuery(sessionQuery).data?.shops ?? [];
  const mark = (
    <span
      aria-hidden="true"
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-md bg-accent text-xs font-semibold text-on-accent"
    >
      {Array.from(shop.name.trim())[0]?.toUpperCase()}
    </span>
  );
  if (shops.length < 2) {
    return (
      <div className="flex control-height min-w-0 items-center gap-2.5 px-2 text-base font-semibold">
        {mark}
        <span className="truncate">{shop.name}</span>
      </div>
    );
  }
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex control-height min-w-0 items-center gap-2.5 rounded-md px-2 text-base font-semibold hover:bg-hover"
        >
          {mark}
          <span className="truncate">{shop.name}</span>
          <Icon name="chevronDown" className="ms-auto text-faint" />
        </button>
      }
    >
      <MenuChoice
        label={t('shops')}
        value={shop.slug}
        onChange={(slug) => void navigate({ to: '/shops/$shop', params: { shop: slug } })}
        options={shops.map((each) => ({ value: each.slug, label: each.name }))}
      />
    </Menu>
  );
}
