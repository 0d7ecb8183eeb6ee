import { Dialog as Base } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx, Icon, type IconName, KeyHint, StandingBadge, useFormats } from '../../ui/index.ts';
import { useApi } from '../query.ts';
import { useMayAddShop, useShop, useShops } from '../session.tsx';
import { chooseTheme } from '../theme.ts';
import { PLACES } from './nav.ts';
import { recentPlaces, rememberPlace } from './recent.ts';

interface Entry {
  id: string;
  group: string;
  icon: IconName;
  label: string;
  detail?: React.ReactNode;
  keys?: string;
  run: () => void;
}

const MOST_SHOPS = 5;

/** Ctrl/⌘ K: pages, customers, other shops, things to do and where one has been, by typing. */
export default function Palette({
  onOpenChange,
  onShortcuts,
}: {
  onOpenChange: (open: boolean) => void;
  onShortcuts: () => void;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const shop = useShop();
  const shops = useShops();
  const mayAddShop = useMayAddShop();
  const navigate = useNavigate();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const wanted = text.trim().toLocaleLowerCase();
  const sought = useDeferredValue(wanted);
  const found = useApi(
    'POST /api/shops/:shop/customers/search',
    { params: { shop: shop.slug }, body: { q: sought, limit: 6 } },
    { enabled: sought.length >= 2, keep: true },
  );

  const openCustomer = (customer: string, name: string) => {
    rememberPlace(shop.slug, { customer, name });
    void navigate({ to: '/shops/$shop/customers/$id', params: { shop: shop.slug, id: customer } });
  };
  const matches = (label: string) => label.toLocaleLowerCase().includes(wanted);
  const entries: Entry[] = [
    ...(wanted === ''
      ? recentPlaces(shop.slug).map(({ customer, name }) => ({
          id: `recent-${customer}`,
          group: t('palette.recent'),
          icon: 'clock' as const,
          label: name,
          run: () => openCustomer(customer, name),
        }))
      : []),
    ...PLACES.map(({ to, icon, label, keys }) => ({
      id: to,
      group: t('palette.pages'),
      icon,
      keys,
      label: t(label),
      run: () => void navigate({ to, params: { shop: shop.slug } }),
    })).filter((entry) => matches(entry.label)),
    ...(sought.length >= 2 && wanted.length >= 2 ? (found.data?.items ?? []) : []).map((customer) => {
      const name = customer.name ?? customer.externalId ?? t('unnamed');
      return {
        id: customer.id,
        group: t('palette.customers'),
        icon: 'person' as const,
        label: name,
        detail: (
          <span className="flex items-center gap-3 text-sm text-muted">
            <span className="max-sm:hidden">{formats.money(customer.orderedValue, { short: true })}</span>
            <StandingBadge standing={customer.standing} plain />
          </span>
        ),
        run: () => openCustomer(customer.id, name),
      };
    }),
    ...shops
      .filter((each) => each.slug !== shop.slug && matches(each.name))
      .slice(0, MOST_SHOPS)
      .map(({ slug, name }) => ({
        id: `shop-${slug}`,
        group: t('shops'),
        icon: 'home' as const,
        label: name,
        run: () => void navigate({ to: '/shops/$shop', params: { shop: slug } }),
      })),
    ...[
      ...(mayAddShop
        ? [
            {
              id: 'add-shop',
              icon: 'plus' as const,
              label: t('addShop'),
              run: () => void navigate({ to: '/add-shop' }),
            },
          ]
        : []),
      { id: 'light', icon: 'sun' as const, label: t('palette.light'), run: () => chooseTheme('light') },
      { id: 'dark', icon: 'moon' as const, label: t('palette.dark'), run: () => chooseTheme('dark') },
      { id: 'keys', icon: 'keyboard' as const, label: t('shortcuts.title'), keys: '?', run: onShortcuts },
    ]
      .filter((entry) => matches(entry.label))
      .map((entry) => ({ ...entry, group: t('palette.actions') })),
  ];
  const active = Math.min(at, entries.length - 1);
  const choose = (entry: Entry) => {
    onOpenChange(false);
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = (active + step + entries.length) % entries.length;
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      const entry = entries[active];
      if (entry) choose(entry);
    }
  };

  return (
    <Base.Root open onOpenChange={(open) => onOpenChange(open)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-overlay" />
        <Base.Popup className="fixed inset-x-4 top-[12vh] z-50 mx-auto flex max-h-[70vh] max-w-xl flex-col overflow-hidden rounded-lg bg-raised shadow-lg max-md:top-3">
          <Base.Title className="sr-only">{t('palette.open')}</Base.Title>
          <div className="flex items-center gap-3 border-b border-line px-4">
            <Icon name="search" className="text-muted" />
            <input
              role="combobox"
              aria-label={t('palette.placeholder')}
              aria-expanded="true"
              aria-controls={`${id}-list`}
              aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
              placeholder={t('palette.placeholder')}
              className="h-12 w-full bg-transparent text-lg text-ink outline-none"
            />
          </div>
          <div id={`${id}-list`} role="listbox" aria-label={t('palette.results')} className="overflow-y-auto p-2">
            {entries.map((entry, index) => (
              <div key={entry.id} role="presentation">
                {entry.group !== entries[index - 1]?.group && (
                  <div role="presentation" className="px-2 pt-2 pb-1 text-xs text-faint">
                    {entry.group}
                  </div>
                )}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's above */}
                <div
                  id={`${id}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === active}
                  onMouseMove={() => setAt(index)}
                  onClick={() => choose(entry)}
                  className={cx(
                    'flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2 text-base text-ink max-md:min-h-11',
                    index === active && 'bg-selected',
                  )}
                >
                  <Icon name={entry.icon} className="text-muted" />
                  <span className="grow truncate">{entry.label}</span>
                  {entry.detail}
                  {entry.keys && <KeyHint keys={entry.keys} />}
                </div>
              </div>
            ))}
          </div>
          <div
            role="status"
            className={cx(entries.length > 0 ? 'sr-only' : 'px-4 pb-6 text-center text-base text-muted')}
          >
            {entries.length > 0 ? t('palette.count', { count: entries.length }) : t('palette.nothing', { text })}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
